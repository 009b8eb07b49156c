"""What a parent sees before they share: their own fortnight as the group would count it, and an example group.

For the switch's page (role `web`): `own_rows(person, purpose, now)` beside `example(purpose)`; `colluders_withstood`
says how many may collude.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attachment_app.accounts.models import Person
from journal import aggregates

from .bands import colluders_withstood
from .change import People
from .engine import Unit, Values, summarise
from .models import ArticleRead, Purpose
from .models.window import LENGTH, number_at
from .panels import PANELS
from .reading import DID, TITLES, Part, panels_of

EXAMPLE = 24  # parents in the example group: enough for every panel
# How many of the twenty-four a measure holds for, by the row's place in its panel.
HOLDS = (17, 11, 8, 6)


@dataclass(frozen=True)
class OwnRow:
    """One row: whether this parent would be one of those who did. Nobody else ever sees this."""

    panel: str
    title: str
    did: str
    counts: bool


def own_rows(person: Person, purpose: Purpose, now: datetime) -> list[OwnRow]:
    """The last fourteen days of `person`, row by row, as a group's summary would take them."""
    mine = _own(person, purpose, now)
    return [
        OwnRow(panel.name, str(TITLES[panel.name]), str(DID[panel.name, row]), bool(measures & mine))
        for panel in PANELS
        if panel.purpose == purpose
        for row, measures in panel.rows.items()
    ]


def example(purpose: Purpose) -> list[Part]:
    """The panels that an invented group of twenty-four would see, made by the same engine."""
    people = [UUID(int=number) for number in range(1, EXAMPLE + 1)]
    unit = Unit(UUID(int=0), 10, {purpose: dict.fromkeys(people, UUID(int=0))}, {})
    return panels_of(summarise(unit, _invented).frozen)


def withstood(contributors: int) -> int:
    """How many colluding or invented members determine nobody among so many contributors; 0 below the least floor."""
    return max(0, colluders_withstood(contributors))


def _own(person: Person, purpose: Purpose, now: datetime) -> frozenset[str]:
    if purpose == Purpose.EXCHANGES:
        return aggregates.practice([person.pk], now - LENGTH, now).get(person.pk, frozenset())
    if purpose == Purpose.OWN:
        return aggregates.own([person.pk], now - LENGTH, now).get(person.pk, frozenset())
    read = ArticleRead.objects.visible_to(person).filter(window_number__gte=number_at(now - LENGTH))
    return frozenset(f"topic:{topic}" for topic in read.values_list("topic", flat=True))


def _invented(purpose: Purpose, people: People) -> Values:
    """Of the parents in a row, each measure holds for the first so many."""
    found: dict[UUID, frozenset[str]] = {}
    for place, one in enumerate(sorted(people)):
        rows = [
            measures
            for panel in PANELS
            if panel.purpose == purpose
            for measures, holds in zip(panel.rows.values(), HOLDS, strict=False)
            if place < holds
        ]
        found[one] = frozenset().union(*rows)
    return found
