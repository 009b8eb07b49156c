from .exchange import Exchange, Kind
from .step import Result, Step

__all__ = ["Exchange", "Kind", "Result", "Step"]
