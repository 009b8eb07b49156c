"""Which stage a child is at, where the site may speak of it. A preset, that the reader changes with a tap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from attachment_app.accounts.models import Child
from attachment_app.accounts.models.child import ChildState
from attachment_app.lib.ages import months

from .models import Stage

_UNTIL = (  # months of age below which a stage holds
    (3, Stage.MONTHS_0_3),
    (6, Stage.MONTHS_3_6),
    (12, Stage.MONTHS_6_12),
    (24, Stage.MONTHS_12_24),
    (36, Stage.MONTHS_24_36),
)


@dataclass(frozen=True)
class Preset:
    stage: str
    child: Child


def stage_of(child: Child, today: date) -> Stage | None:
    """The stage of a child who is expected or with us. None for one who is lost or not with us now, for an age that
    is not known, and from three years on. A baby born before the due date is counted from the due date.
    """
    if child.state == ChildState.EXPECTED:
        return Stage.BEFORE_BIRTH
    if child.state != ChildState.WITH_US or not child.birth_month:
        return None
    since = max(child.birth_month, child.due_date or child.birth_month)
    age = max(0, months(since, today)) if months(child.birth_month, today) >= 0 else -1
    return next((stage for until, stage in _UNTIL if 0 <= age < until), None)


def preset(children: Iterable[Child], today: date) -> Preset | None:
    """The stage of the youngest child whose stage is known; None where the site is silent."""
    known = [(stage, child) for child in children if (stage := stage_of(child, today))]
    order = list(Stage)
    return min((Preset(*one) for one in known), key=lambda one: order.index(Stage(one.stage)), default=None)
