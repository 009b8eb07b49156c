from .break_ import Break, Ending, Trigger
from .contact import Contact
from .exchange import Exchange
from .kind import CONTEXT, EXCHANGES, FamilyKind, Kind
from .pause import Pause
from .plan import Plan
from .private import Feeling, Note, OwnState
from .reminder import EVERY_DAY, Reminder, When
from .step import Result, Step

__all__ = [
    "CONTEXT",
    "EVERY_DAY",
    "EXCHANGES",
    "Break",
    "Contact",
    "Ending",
    "Exchange",
    "FamilyKind",
    "Feeling",
    "Kind",
    "Note",
    "OwnState",
    "Pause",
    "Plan",
    "Reminder",
    "Result",
    "Step",
    "Trigger",
    "When",
]
