"""Towns of random groups for the adversary: who is in them window by window, what they do, and what is released.

The releases come from the engine itself (engine.summarise, change.choose, pools.form), without the database, so that
thousands of groups take seconds; tests/groups/test_closing.py holds the database's way to the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from attachment_app.groups import engine, pools
from attachment_app.groups.change import RESTS, People
from attachment_app.groups.engine import Summary, Unit, Values
from attachment_app.groups.models.consent import COUNTED, Purpose
from attachment_app.groups.models.window import TERM
from attachment_app.groups.panels import BY_NAME, PANELS
from tests.groups.adversary import INCLUDED, Row, Sight, withstood

# For each row one measure that stands for it, and for no other row of its panel.
MEASURE: dict[Row, str] = {
    (panel.name, row): sorted(measures)[-1 if (panel.name, row) == ("state", "hard") else 0]
    for panel in PANELS
    for row, measures in panel.rows.items()
}
MEASURE["state", "hard"] = "state:tense"
ROWS = list(MEASURE)
# How likely a row is in a group: often nobody or everybody, for that is where bands tell most.
RATES = (0, 0, 0.1, 0.3, 0.5, 0.7, 0.9, 1, 1)


@dataclass
class Group:
    id: UUID
    facilitator: UUID
    floor: int
    people: set[UUID]
    rates: dict[Row, float]
    shares_pool: bool
    churn: float


@dataclass
class Town:
    """`habits`: a person's answers are the same in every window. `sizes`: how many contribute to a group at first."""

    random: Random
    groups: int
    sizes: tuple[int, ...] = (7, 8, 9, 10, 11)
    habits: bool = True
    invented: int | None = None  # so many in each group answer as the adversary tells them; None: those of the promise
    churn: float = 0.35
    overlap: bool = False  # people count in two groups at a time: what the database forbids
    recomputed: bool = False  # releases change after they were made: what the database forbids
    beside: bool = False  # a pool's groups are released alone, too
    made: list[Group] = field(default_factory=list)
    answers: dict[UUID, frozenset[Row]] = field(default_factory=dict)
    colluders: set[UUID] = field(default_factory=set)
    then: list[dict[UUID, frozenset[Row]]] = field(default_factory=list)  # the answers as each window found them
    remembered: list[tuple[int, Purpose, People]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ids = (UUID(int=number) for number in count(1))
        leaders = [next(self.ids) for _leader in range(max(3, self.groups // 3))]
        for _group in range(self.groups):
            self._found(self.random.choice(leaders))

    def live(self, windows: int) -> "list[Sight]":
        """What is seen of so many windows."""
        seen: list[Sight] = []
        for window in range(windows):
            if window:
                self._a_fortnight_passes()
            self.then.append(dict(self.answers))
            seen += self._close(window)
        return seen

    # --- people ---------------------------------------------------------------
    def _found(self, leader: UUID) -> None:
        draw = self.random
        size = draw.choice(self.sizes)
        floor = 8 if draw.random() < 0.3 else 10
        same = draw.random() < 0.2  # everybody gives the same answer to everything
        rate = draw.choice((0, 1))
        rates = {row: rate if same else draw.choice(RATES) for row in ROWS}
        made = Group(next(self.ids), leader, floor, set(), rates, draw.random() < 0.7, self.churn * draw.random())
        self.made.append(made)
        told = draw.choice(("yes", "no", "mixed"))
        if self.overlap and self.made[:-1] and draw.random() < 0.5:  # the same parents, and one more
            made.people |= draw.choice(self.made[:-1]).people
            size = 1
        for place in range(size):
            most = withstood(size) if self.invented is None else self.invented
            self._join(made, told if place < most else "")

    def _join(self, to: Group, told: str = "") -> UUID:
        who = next(self.ids)
        to.people.add(who)
        if told:
            self.colluders.add(who)
        self.answers[who] = self._answer(to, told)
        return who

    def _answer(self, of: Group, told: str) -> frozenset[Row]:
        if told:
            said = {row for row in ROWS if told == "yes" or (told == "mixed" and self.random.random() < 0.5)}
        else:
            said = {row for row in ROWS if self.random.random() < of.rates[row]}
        for _step in INCLUDED:
            for first, second in INCLUDED:
                if first in said and second not in said:
                    said.discard(first)
        return frozenset(said)

    def _a_fortnight_passes(self) -> None:
        for one in self.made:
            if self.random.random() < one.churn:
                for _joiner in range(self.random.choice((1, 1, 1, 2, 5))):
                    self._join(one)
            if self.random.random() < one.churn and len(one.people) > 1:
                leavers = self.random.sample(sorted(one.people), min(self.random.choice((1, 1, 2, 5)), len(one.people)))
                if not self.overlap:
                    one.people -= set(leavers)
                if self.random.random() < 0.3 or self.overlap:  # some come to another group
                    self.random.choice(self.made).people.update(leavers)
            if not self.habits:
                for who in sorted(one.people - self.colluders):
                    self.answers[who] = self._answer(one, "")

    # --- releases -------------------------------------------------------------
    def _close(self, window: int) -> Iterator[Sight]:
        if window % TERM == 0:
            self.pools = self._pools()
        pooled = {group.id for some in self.pools for group in some}
        alone = [[one] for one in self.made if self.beside or one.id not in pooled]
        for together in (*alone, *self.pools):
            is_pool = len(together) > 1
            people = {who: one.id for one in together for who in sorted(one.people) if not is_pool or one.shares_pool}
            yield from self._release(window, self._unit(together, people, is_pool))
            if self.recomputed and people:
                yield from self._again(window, together, people, is_pool)

    def _pools(self) -> list[list[Group]]:
        by_id = {one.id: one for one in self.made}
        small = [
            pools.Small(one.id, one.facilitator, len(one.people))
            for one in self.made
            if (self.beside or len(one.people) < one.floor) and one.shares_pool and one.people
        ]
        return [[by_id[one.group] for one in some] for some in pools.form(small)]

    def _unit(self, together: list[Group], people: Mapping[UUID, UUID], is_pool: bool) -> Unit:
        return Unit(
            id=together[0].id,
            floor=10 if is_pool else together[0].floor,
            contributors=dict.fromkeys(COUNTED, people),
            remembered={purpose: self._remembered(purpose) for purpose in COUNTED},
            facilitators={one.id: one.facilitator for one in together},
            is_pool=is_pool,
        )

    def _remembered(self, purpose: Purpose) -> list[People]:
        return list(dict.fromkeys(people for _window, of, people in reversed(self.remembered) if of == purpose))

    def _release(self, window: int, unit: Unit, forget: bool = True) -> Iterator[Sight]:
        summary = engine.summarise(unit, self._values)
        if forget:
            self.remembered = [one for one in self.remembered if one[0] > window - RESTS - 1]
        self.remembered += [(window, purpose, people) for purpose, people in summary.counted.items()]
        yield from sights(summary, window)

    def _again(self, window: int, together: list[Group], people: dict[UUID, UUID], is_pool: bool) -> Iterator[Sight]:
        """The same window once more after somebody mended their log: the new answer is a person of its own."""
        before, kept = list(self.remembered), dict(self.answers)
        who = self.random.choice(sorted(people))
        self.answers[who] = frozenset(ROWS) - self.answers[who]
        changed = self._unit(together, people, is_pool)
        for sight in self._release(window, changed, forget=False):
            mended = (sight.people - {who}) | {("mended", window, who)} if who in sight.people else sight.people
            yield Sight(sight.window, frozenset(mended), sight.panel, sight.rows)
        self.remembered, self.answers = before, kept

    def _values(self, _purpose: Purpose, people: People) -> Values:
        return {who: frozenset(MEASURE[row] for row in self.answers[who]) for who in people}


def sights(summary: Summary, window: int) -> Iterator[Sight]:
    """What is seen of a release: the panels in its frozen form, and that others of the purpose are not there."""
    there: dict[str, Any] = {one["panel"]: one["rows"] for one in summary.frozen["panels"]}
    for purpose, people in summary.counted.items():
        for panel in PANELS:
            if panel.purpose == purpose:
                rows = dict(map(tuple, there.get(panel.name, [])))
                shown = tuple((row, rows.get(row, "hidden")) for row in BY_NAME[panel.name].rows) if rows else ()
                yield Sight(window, people, panel.name, shown)
