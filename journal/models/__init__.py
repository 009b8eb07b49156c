from .break_ import Break, Trigger
from .exchange import Exchange
from .kind import CONTEXT, EXCHANGES, FamilyKind, Kind
from .pause import Pause
from .private import Feeling, Note, OwnState
from .reminder import EVERY_DAY, Reminder, When
from .step import Result, Step

__all__ = [
    "CONTEXT",
    "EVERY_DAY",
    "EXCHANGES",
    "Break",
    "Exchange",
    "FamilyKind",
    "Feeling",
    "Kind",
    "Note",
    "OwnState",
    "Pause",
    "Reminder",
    "Result",
    "Step",
    "Trigger",
    "When",
]
