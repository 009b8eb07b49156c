"""What a facilitator's page shows of the releases: the newest fortnight, and the one before where both may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from .bands import Band
from .models import Release
from .models.window import SETTLES, bounds, number_at
from .panels import PANELS
from .reading import TITLES, Part, Row, panels_of
from .starters import Offered, after

COLOURS = {
    "kinds": "feeding",
    "occasions": "feeding",
    "connection": "play",
    "second_idea": "soothing",
    "found_together": "soothing",
    "tried": "soothing",
    "articles": "play",
    "state": "break",
    "breaks": "break",
}


@dataclass(frozen=True)
class Fortnight:
    """A window as days, both inclusive. Days are UTC's: a window begins for everybody at the same instant."""

    starts: date
    ends: date
    is_pool: bool

    @classmethod
    def of(cls, release: Release) -> "Fortnight":
        starts, ends = bounds(release.window_number)
        return cls(starts.date(), (ends - timedelta(days=1)).date(), release.pool_id is not None)


@dataclass(frozen=True)
class Line:
    """A row, and the same row of the fortnight before where that may be shown."""

    row: Row
    before: Row | None


@dataclass(frozen=True)
class Sheet:
    """One panel: `lead` is a plain sentence, `starter` one way to talk about it."""

    part: Part
    lines: Sequence[Line]
    starter: Offered | None
    colour: str

    @property
    def is_single(self) -> bool:
        """Of one row: its sentence is its label."""
        return len(self.lines) == 1

    @property
    def lead(self) -> str:
        order = list(Band)[::-1]
        return min(self.part.rows, key=lambda row: order.index(row.band)).statement


@dataclass(frozen=True)
class Summary:
    """`shown` is the newest fortnight with anything in it; `is_quiet` where the newest one has nothing."""

    shown: Fortnight | None = None
    before: Fortnight | None = None
    sheets: Sequence[Sheet] = ()
    is_quiet: bool = True
    left_out: Sequence[str] = field(default_factory=list)

    @property
    def contributors(self) -> str:
        """“10–14”, of the first panel; a panel with other contributors says so itself."""
        return self.sheets[0].part.contributors if self.sheets else ""

    def others(self, found: Sequence[Offered]) -> list[Offered]:
        """The starters that no panel has."""
        taken = [sheet.starter for sheet in self.sheets]
        return [one for one in found if one not in taken]


def summary(releases: Sequence[Release], found: Sequence[Offered], today: date) -> Summary:
    """Of a group's releases, the newest first. Pure."""
    with_parts = [(release, parts) for release in releases if (parts := panels_of(release.panels))]
    if not with_parts:
        return Summary()
    (newest, parts), *earlier = with_parts
    older, older_parts = next(
        ((one, some) for one, some in earlier if {part.name for part in some} & {part.name for part in parts}),
        (None, []),
    )
    before = {part.name: part for part in older_parts}
    there = {part.name for part in parts}
    return Summary(
        shown=Fortnight.of(newest),
        before=Fortnight.of(older) if older else None,
        sheets=_sheets(parts, before, found, today),
        is_quiet=newest != releases[0],
        left_out=[str(TITLES[panel.name]) for panel in PANELS if panel.name not in there],
    )


def _sheets(parts: Sequence[Part], before: Mapping[str, Part], found: Sequence[Offered], today: date) -> list[Sheet]:
    """Each panel beside what it was, with a starter that none before it has."""
    sheets: list[Sheet] = []
    left = list(found)
    for part in parts:
        earlier = {row.name: row for row in before[part.name].rows} if part.name in before else {}
        lines = [Line(row, earlier.get(row.name)) for row in part.rows]
        starter = after(part.name, left, today)
        left = [one for one in left if one != starter]
        sheets.append(Sheet(part, lines, starter, COLOURS[part.name]))
    return sheets


def next_look(now: datetime) -> tuple[date, date]:
    """The last day of the fortnight that is running, and the day on which its summary is made."""
    _starts, ends = bounds(number_at(now))
    return (ends - timedelta(days=1)).date(), (ends + SETTLES).astimezone(UTC).date()


def counts_from(now: datetime) -> date:
    """The first day from which a yes that is said now can be counted: the next fortnight's."""
    return bounds(number_at(now) + 1)[0].date()
