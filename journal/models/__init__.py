from .exchange import Exchange
from .kind import CONTEXT, EXCHANGES, FamilyKind, Kind
from .pause import Pause
from .private import Feeling, Note, OwnState
from .step import Result, Step

__all__ = [
    "CONTEXT",
    "EXCHANGES",
    "Exchange",
    "FamilyKind",
    "Feeling",
    "Kind",
    "Note",
    "OwnState",
    "Pause",
    "Result",
    "Step",
]
