"""A facilitator who tries. Written from the published rules; nothing of the release code is imported here.

What they have: every panel of every release, shown or withheld; the list of who was counted in each (more than the
guest list that a facilitator holds: let them even know who shares); how a release is made; and the answers of some
members, who are friends or accounts that they invented. What they suppose: that a parent who did a thing in one window
did it in the others of the same twelve weeks (`habits`), or nothing of the kind (each window by itself).

People who stand in the same releases cannot be told apart, so the puzzle has one whole number for each such class and
row: how many of them did it. It is solved exactly, by narrowing bounds and, where that leaves a question, by search. A
parent is found out where their class must be 0, or must be all of it.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

Person = Hashable
Row = tuple[str, str]  # panel and row
Var = tuple[int, Row]  # class and row
HIDDEN = "hidden"

# Who did the first did the second: logging a try is logging a soothing, and so on.
INCLUDED: Sequence[tuple[Row, Row]] = (
    (("found_together", "found_together"), ("second_idea", "second_idea")),
    (("second_idea", "second_idea"), ("kinds", "soothing")),
    *((("tried", row), ("kinds", "soothing")) for row in ("moving", "close", "quiet", "needs")),
    (("state", "too_much"), ("state", "hard")),
)
STRICT = {"state": ("fine", "tired", "hard", "too_much"), "breaks": ("taken",)}


@dataclass(frozen=True)
class Sight:
    """One panel of one release: who was counted, and each row's band or HIDDEN; no rows where the panel was withheld.

    `window` and `when` tell two looks at the same window apart, where a release changes after it was made.
    """

    window: int
    people: frozenset[Person]
    panel: str
    rows: tuple[tuple[str, str], ...]


def withstood(n: int) -> int:
    """The promise: nobody is determined by so many colluding or invented members."""
    return -(-n // 3) - 2


def sides(n: int) -> int:
    return max(5, withstood(n) // 2 + 2)


def interval(band: str, n: int) -> tuple[int, int]:
    """The counts for which the band is shown: under a third, over two thirds, and between."""
    fits = {
        "few": lambda k: Fraction(k, n) < Fraction(1, 3),
        "most": lambda k: Fraction(k, n) > Fraction(2, 3),
        "half": lambda k: Fraction(1, 3) <= Fraction(k, n) <= Fraction(2, 3),
    }[band]
    counts = [k for k in range(n + 1) if fits(k)]
    return counts[0], counts[-1]


@dataclass
class Sum:
    """`low <= sum of these numbers <= high`."""

    of: tuple[Var, ...]
    low: int
    high: int


Bounds = dict[Var, tuple[int, int]]


class TooHard(Exception):
    """The search took too long to be sure that something is possible."""


STEPS, HASTY = 100, 1  # of one search; hasty: bounds alone


def found_out(
    sights: Iterable[Sight], known: Mapping[Person, frozenset[Row]], most_each: int = 1, *, is_hasty: bool = False
) -> dict[tuple[Person, Row], bool]:
    """What the sights and the answers of colluders (`known`: the rows that hold for them) tell about the others.

    `most_each`: how much one parent can add to a row's count; 1 where each counts once. What is told is certain; that
    nothing else can be told is, too, unless `is_hasty`: then bounds are narrowed, nothing is searched. Raises TooHard.
    """
    told: dict[tuple[Person, Row], bool] = {}
    for together in _apart(list(dict.fromkeys(sights)), known):
        told |= _Puzzle(together, known, most_each, is_hasty).solve()
    return told


def _apart(sights: list[Sight], known: Mapping[Person, frozenset[Row]]) -> Iterator[list[Sight]]:
    """Sights that have no unknown person in common, or no row that bears on another, are puzzles of their own."""
    waiting = list(sights)
    while waiting:
        together, grew = [waiting.pop()], True
        while grew:
            people = frozenset().union(*(one.people for one in together)) - known.keys()
            panels = {_family(one.panel) for one in together}
            near = [one for one in waiting if _family(one.panel) in panels and one.people & people]
            waiting = [one for one in waiting if one not in near]
            together += near
            grew = bool(near)
        yield together


def _family(panel: str) -> str:
    """Panels whose rows include each other belong together."""
    return "soothing" if panel in ("kinds", "second_idea", "found_together", "tried") else panel


class _Puzzle:
    def __init__(
        self, sights: list[Sight], known: Mapping[Person, frozenset[Row]], most_each: int, is_hasty: bool
    ) -> None:
        self.known, self.most_each, self.is_hasty = known, most_each, is_hasty
        sets = list(dict.fromkeys(one.people for one in sights))
        classes: dict[frozenset[int], list[Person]] = {}
        for person in frozenset().union(*sets) - known.keys():
            classes.setdefault(frozenset(i for i, some in enumerate(sets) if person in some), []).append(person)
        self.classes = list(classes.values())
        self.within = {some: [c for c, of in enumerate(classes) if i in of] for i, some in enumerate(sets)}
        self.sure: list[Sum] = []
        self.either: list[list[Sum]] = []  # of each list one at least holds
        self.rows: set[Row] = set()
        for sight in sights:
            self._look(sight)

    def _look(self, sight: Sight) -> None:
        n = len(sight.people)
        if not sight.rows:
            self._hidden_panel(sight, n)
        for row, band in sight.rows:
            self.rows.add((sight.panel, row))
            if band == HIDDEN:
                self.either.append(self._one_sided(sight, row, n))
                continue
            low, high = interval(band, n)
            if band == "most":
                high *= self.most_each
            if sight.panel in STRICT:
                low, high = max(low, sides(n)), min(high, n - sides(n))
            self.sure.append(self._sum(sight, row, low, high))

    def _hidden_panel(self, sight: Sight, n: int) -> None:
        """Withheld for too few people it tells nothing; with twenty of them, that some row is one-sided."""
        if sight.panel in STRICT and n >= 20:
            rows = STRICT[sight.panel]
            self.rows |= {(sight.panel, row) for row in rows}
            self.either.append([side for row in rows for side in self._one_sided(sight, row, n)])

    def _one_sided(self, sight: Sight, row: str, n: int) -> list[Sum]:
        return [self._sum(sight, row, 0, sides(n) - 1), self._sum(sight, row, n - sides(n) + 1, n)]

    def _sum(self, sight: Sight, row: str, low: int, high: int) -> Sum:
        mine = sum(1 for one in sight.people if (sight.panel, row) in self.known.get(one, ()))
        mine *= self.most_each  # a colluder adds as much as they can
        of = tuple((c, (sight.panel, row)) for c in self.within[sight.people])
        return Sum(of, low - mine, high - mine)

    def solve(self) -> dict[tuple[Person, Row], bool]:
        worlds = [world for some in product(*self.either) if (world := self._world(list(some)))]
        told: dict[tuple[Person, Row], bool] = {}
        for c, people in enumerate(self.classes):
            for row in self.rows:
                var, whole = (c, row), len(people) * self.most_each
                if not any(self._possible(world, {var: (1, whole)}) for world in worlds):
                    told |= {(person, row): False for person in people}
                elif self.most_each == 1 and not any(self._possible(world, {var: (0, whole - 1)}) for world in worlds):
                    told |= {(person, row): True for person in people}
        return told

    def _possible(self, world: "World", said: "Bounds") -> bool:
        try:
            return _possible(world, said, iter(range(HASTY if self.is_hasty else STEPS)))
        except TooHard:
            if self.is_hasty:
                return True
            raise

    def _world(self, chosen: list[Sum]) -> "tuple[Bounds, list[Sum], list[tuple[Var, Var]]] | None":
        bounds = {(c, row): (0, len(of) * self.most_each) for c, of in enumerate(self.classes) for row in self.rows}
        below = []
        if self.most_each == 1:
            pairs = [(a, b) for a, b in INCLUDED if a in self.rows and b in self.rows]
            below = [((c, a), (c, b)) for c in range(len(self.classes)) for a, b in pairs]
        narrowed = _narrow(bounds, [*self.sure, *chosen], below)
        return (narrowed, [*self.sure, *chosen], below) if narrowed is not None else None


World = tuple[Bounds, list[Sum], list[tuple[Var, Var]]]


def _possible(world: World, said: Bounds, steps: Iterator[int]) -> bool:
    """Whether the numbers can be chosen so that all holds and `said` too: narrow, then try. Raises TooHard."""
    if next(steps, None) is None:
        raise TooHard
    bounds, sums, below = world
    narrowed = _narrow(bounds | {var: _both(bounds[var], given) for var, given in said.items()}, sums, below)
    if narrowed is None:
        return False
    unsure = [var for var, (low, high) in narrowed.items() if low < high]
    if not unsure:
        return True
    var = min(unsure, key=lambda one: narrowed[one][1] - narrowed[one][0])
    low, high = narrowed[var]
    return any(_possible((narrowed, sums, below), {var: (value, value)}, steps) for value in range(low, high + 1))


def _both(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return max(one[0], other[0]), min(one[1], other[1])


def _narrow(bounds: Bounds, sums: list[Sum], below: list[tuple[Var, Var]]) -> Bounds | None:
    """Bounds as narrow as each condition by itself makes them; None where nothing fits."""
    bounds, moved = dict(bounds), True
    if any(low > high for low, high in bounds.values()):
        return None

    def tighten(var: Var, low: int, high: int) -> bool:
        nonlocal moved
        before = bounds[var]
        bounds[var] = after = _both(before, (low, high))
        moved = moved or after != before
        return after[0] <= after[1]

    while moved:
        moved = False
        for one in sums:
            lows, highs = sum(bounds[var][0] for var in one.of), sum(bounds[var][1] for var in one.of)
            if lows > one.high or highs < one.low:
                return None
            for var in one.of:
                low, high = bounds[var]
                if not tighten(var, one.low - (highs - high), one.high - (lows - low)):
                    return None
        for a, b in below:
            if not (tighten(a, 0, bounds[b][1]) and tighten(b, bounds[a][0], bounds[b][1])):
                return None
    return bounds
