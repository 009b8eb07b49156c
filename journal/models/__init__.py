from .exchange import Exchange, Kind
from .private import Feeling, Note, OwnState
from .step import Result, Step

__all__ = ["Exchange", "Feeling", "Kind", "Note", "OwnState", "Result", "Step"]
