"""From contributors, values and what is remembered to what a facilitator may read. Pure: no clock, no database.

`summarise` is all of it. What it returns is frozen as it stands (Summary.frozen): bands and words for how many
contributed, no count, no total, nobody's key. The order of rows is fixed and tells nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from .bands import FEWEST_FOR_OWN, Band, band, contributors_in_words, is_two_sided
from .change import Choice, People, Reason, choose
from .models.consent import COUNTED, Purpose
from .models.group import FLOOR, FLOOR_LEAST
from .panels import PANELS, Panel

Values = Mapping[UUID, frozenset[str]]  # the measures that hold for a parent; nobody's is the empty one
FORM = 1  # of what is frozen


@dataclass(frozen=True)
class Unit:
    """A group, or groups in a pool, as one window finds it.

    `contributors` by purpose: who may be counted, and in which group. `remembered` by purpose: see change.choose.
    `floor` is the group's; a pool's is FLOOR.
    """

    id: UUID
    floor: int
    contributors: Mapping[Purpose, Mapping[UUID, UUID]]
    remembered: Mapping[Purpose, Sequence[People]]
    facilitators: Mapping[UUID, UUID | None] = field(default_factory=dict)  # of a pool's groups
    is_pool: bool = False


@dataclass(frozen=True)
class Shown:
    """A panel that is shown: for each row its band."""

    panel: Panel
    contributors: str
    rows: Mapping[str, Band]


@dataclass(frozen=True)
class Summary:
    shown: Sequence[Shown]
    counted: Mapping[Purpose, People]  # to be remembered
    reasons: Sequence[tuple[Purpose, Reason]]  # one or more for each purpose

    @property
    def frozen(self) -> dict[str, Any]:
        """What is stored, and all that is ever read."""
        panels = [
            {"panel": one.panel.name, "contributors": one.contributors, "rows": [[*row] for row in one.rows.items()]}
            for one in self.shown
        ]
        return {"form": FORM, "panels": panels}


def summarise(unit: Unit, values_of: Callable[[Purpose, People], Values]) -> Summary:
    """`values_of` is asked only about people who will be counted, after it is certain who they are."""
    shown: list[Shown] = []
    counted: dict[Purpose, People] = {}
    reasons: list[tuple[Purpose, Reason]] = []
    for purpose in COUNTED:
        choice = who(unit, purpose)
        if not choice.people:
            reasons.append((purpose, choice.reason))
            continue
        counted[purpose] = choice.people
        values = values_of(purpose, choice.people)
        of_purpose = [panel_of(panel, choice.people, values) for panel in PANELS if panel.purpose == purpose]
        shown += [one for one in of_purpose if one]
        reasons += [
            (purpose, reason) for reason in sorted({Reason.SHOWN if one else Reason.ONE_SIDED for one in of_purpose})
        ]
    return Summary(shown, counted, reasons)


def who(unit: Unit, purpose: Purpose) -> Choice:
    """Whom to count, or why nobody."""
    may = unit.contributors.get(purpose, {})
    floor = FLOOR if unit.is_pool else max(FLOOR_LEAST, unit.floor)
    choice = choose(frozenset(may), unit.remembered.get(purpose, ()), floor)
    if unit.is_pool and choice.people and not is_even([may[one] for one in choice.people], unit.facilitators):
        return Choice(frozenset(), Reason.POOL_UNEVEN)
    if purpose == Purpose.OWN and 0 < len(choice.people) < FEWEST_FOR_OWN:
        return Choice(frozenset(), Reason.TOO_FEW_FOR_OWN)
    return choice


def is_even(groups: Sequence[UUID], facilitators: Mapping[UUID, UUID | None]) -> bool:
    """Whether a pool of contributors (each one's group) has two facilitators, and no group that gives half or more."""
    leaders = {facilitators.get(group) for group in groups} - {None}
    return len(leaders) >= 2 and all(2 * groups.count(group) < len(groups) for group in set(groups))


def panel_of(panel: Panel, people: People, values: Values) -> Shown | None:
    """The panel's bands over `people`, each of whom counts once a row; None where the stricter rule hides it."""
    n = len(people)
    counts = {
        row: sum(1 for one in people if measures & values.get(one, frozenset())) for row, measures in panel.rows.items()
    }
    if panel.is_own and not own_panel(counts, n):
        return None
    return Shown(panel, contributors_in_words(n), {row: band(count, n) for row, count in counts.items()})


def own_panel(counts: Mapping[str, int], n: int) -> bool:
    """Whether a panel of state or breaks may be shown: every row of it is two-sided, or none is shown.

    Hiding a second row (the smallest shown) instead would not do: with “hard: a few” beside it, a hidden “too much”
    can only be the small side, and four who said so themselves would know that nobody else did.
    """
    return all(is_two_sided(count, n) for count in counts.values())
