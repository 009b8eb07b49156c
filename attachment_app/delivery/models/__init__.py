from .message import BACK_OFF, GIVE_UP, LEASE, Channel, Message, Outcome
from .occurrence import Answer, Kind, Occurrence, State
from .standing import LockScreen, Pace, Standing
from .subscription import PushSubscription

__all__ = [
    "BACK_OFF",
    "GIVE_UP",
    "LEASE",
    "Answer",
    "Channel",
    "Kind",
    "LockScreen",
    "Message",
    "Occurrence",
    "Outcome",
    "Pace",
    "PushSubscription",
    "Standing",
    "State",
]
