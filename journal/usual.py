"""What is usual: the details of the last exchange of the same kind, offered for a second tap and never filled in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import Exchange, Kind
from .vocabulary import Side

OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


@dataclass(frozen=True)
class Usual:
    """The last feed's details; `other_side` is the side that was not first then, where one side was."""

    method: str
    side: str
    amount_ml: int | None
    last: Exchange

    @property
    def other_side(self) -> str:
        return str(OTHER.get(Side(self.side), "")) if self.side else ""

    @property
    def other_words(self) -> str:
        return str(Side(self.other_side).label) if self.other_side else ""


def usual(exchange: Exchange) -> Usual | None:
    """What the feed before this one was like. None for other kinds, where nothing was said, or where it is said."""
    if exchange.kind != Kind.FEEDING or exchange.method or exchange.side or exchange.amount_ml:
        return None
    before = (
        Exchange.objects.filter(family_id=exchange.family_id, child_id=exchange.child_id, kind=Kind.FEEDING)
        .filter(removed_at=None, started_at__lte=exchange.started_at)
        .exclude(pk=exchange.pk)
        .exclude(method="", side="", amount_ml=None)
        .latest_first()
        .first()
    )
    return Usual(before.method, before.side, before.amount_ml, before) if before else None


def take(exchange: Exchange, found: Usual, side: str = "") -> None:
    """Write the usual into `exchange`; `side` says another side than last time's."""
    exchange.method, exchange.amount_ml = found.method, found.amount_ml
    exchange.side = side if side in Side.values else found.side
    exchange.save(update_fields=["method", "amount_ml", "side"])


def words(found: Usual, amount: str) -> str:
    """“Bottle, 120 ml”; `amount` as the person reads it."""
    parts = [found.last.get_method_display(), found.last.get_side_display().lower(), amount]
    return _(", ").join(part for part in parts if part)
