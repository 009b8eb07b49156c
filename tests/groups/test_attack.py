"""The promise: up to ceil(n/3) - 2 colluding or invented members learn no other parent's answer. Attacked.

The adversary (tests/groups/adversary.py) solves what towns of random groups release (tests/groups/town.py). Each
defence is taken away once at the end (WITHOUT), and then somebody is found out.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import Any

import pytest

from attachment_app.groups import change, engine
from attachment_app.groups.bands import Band, band, each_side
from attachment_app.groups.change import RESTS, Choice, Reason
from attachment_app.groups.engine import Shown
from attachment_app.groups.panels import Panel
from tests.groups import adversary
from tests.groups.adversary import HIDDEN, Person, Row, Sight, found_out, interval, sides, withstood
from tests.groups.town import Town

PLAY = ("kinds", "play")


def look(people: Sequence[Person], band: str, window: int = 0) -> Sight:
    return Sight(window, frozenset(people), "kinds", (("play", band),))


def spans(seen: Sequence[Sight], habits: bool) -> Iterator[list[Sight]]:
    """What bears on one another: each window by itself, or any seven in a row where habits last."""
    last = max((one.window for one in seen), default=-1)
    length = RESTS + 1 if habits else 1
    for first in range(max(1, last + 2 - length)):
        yield [one for one in seen if first <= one.window < first + length]


def attack(town: Town, windows: int, most_each: int = 1, *, is_hasty: bool = False) -> dict[Any, bool]:
    """What all that the town releases tells about people who do not collude, and it is true."""
    told: dict[Any, bool] = {}
    done: set[Any] = set()
    for span in spans(town.live(windows), town.habits):
        for sets in connected(span):
            key = frozenset(Sight(0 if town.habits else one.window, one.people, one.panel, one.rows) for one in sets)
            if key in done:
                continue
            done.add(key)
            people = frozenset().union(*(one.people for one in sets))
            most = max(0, withstood(min(len(one.people) for one in sets)))
            answers = town.then[sets[0].window]
            colluders = who_collude(town, people, most) if most_each == 1 else {min(people)}
            known = {who: answers[who] for who in colluders}
            found = found_out(key, known, most_each, is_hasty=is_hasty)
            assert all(says == (row in answers[who]) for (who, row), says in found.items() if who in answers)
            told |= found
    return told


def connected(span: Sequence[Sight]) -> list[list[Sight]]:
    """By who is in them."""
    parts: list[tuple[set[Any], list[Sight]]] = []
    for people in dict.fromkeys(one.people for one in span):
        mine = [one for one in span if one.people == people]
        touching = [part for part in parts if part[0] & people]
        whole: tuple[set[Any], list[Sight]] = (set(people), list(mine))
        for part in touching:
            whole = (whole[0] | part[0], whole[1] + part[1])
        parts = [part for part in parts if part not in touching] + [whole]
    return [sights for _people, sights in parts]


def who_collude(town: Town, people: frozenset[Person], most: int) -> set[Any]:
    """The invented ones first, then anybody, up to the number of the promise."""
    here = sorted(who for who in people if who in town.colluders)[:most]
    others = sorted(who for who in people if who not in town.colluders and who in town.answers)
    return {*here, *town.random.sample(others, min(len(others), most - len(here)))}


def told_by(seed: int, windows: int = 12, **town: Any) -> dict[Any, bool]:
    return attack(Town(Random(seed), **town), windows)


SIZES: dict[str, dict[str, Any]] = {
    "small": {},
    "middling": {"sizes": (10, 12, 13, 15, 16)},
    "large": {"sizes": (20, 21, 24, 30, 36)},
    "tiny": {"sizes": (2, 3, 4, 5, 6)},
    "quiet": {"churn": 0.0},
    "lively": {"churn": 1.0},
    "free": {"habits": False},
    "free-large": {"habits": False, "sizes": (20, 24, 33, 36)},
    "honest": {"invented": 0},
    "overlap": {"overlap": True},
    "beside": {"beside": True, "sizes": (8, 9, 10, 11)},
}


@pytest.mark.parametrize("kind", SIZES)
def test_it_works(kind: str) -> None:
    assert told_by(1, groups=12, **SIZES[kind]) == {}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_two_thousand_groups(seed: int) -> None:
    for number, kind in enumerate(SIZES):
        assert told_by(1000 * (number + 1) + seed, groups=10, **SIZES[kind]) == {}, kind


def test_the_towns_show_something() -> None:
    """An attack on nothing would succeed at nothing."""
    seen = [one for kind in SIZES for one in Town(Random(1), 12, **SIZES[kind]).live(12)]
    shown = {(one.panel, row, what) for one in seen for row, what in one.rows}
    assert {what for _panel, _row, what in shown} == {"few", "half", "most"}
    assert {panel for panel, _row, _what in shown} >= {"kinds", "occasions", "articles", "state", "breaks"}
    assert any(not one.rows for one in seen if one.panel == "state")
    assert len({one.people for one in seen}) > 80


# --- the adversary is no fool ---------------------------------------------------


def test_three_who_did_not_and_most_of_ten_prove_the_other_seven() -> None:
    known: dict[Person, frozenset[Row]] = {who: frozenset() for who in range(3)}
    told = found_out([look(range(10), "most")], known)
    assert told == {(who, PLAY): True for who in range(3, 10)}


def test_one_who_joined_alone_is_found_out() -> None:
    told = found_out([look(range(11), "few"), look(range(12), "half", 1)], {})
    assert told == {(11, PLAY): True}


def test_five_who_joined_together_are_found_out() -> None:
    """Why “changed by five or more” is not enough."""
    told = found_out([look(range(10), "half"), look(range(15), "most", 1)], {})
    assert told == {(who, PLAY): True for who in range(10, 15)}


def test_two_groups_and_a_third_that_holds_both_find_out_the_odd_one() -> None:
    told = found_out([look(range(10), "few"), look(range(10, 20), "few"), look(range(21), "half")], {})
    assert told == {(20, PLAY): True}


def test_what_one_row_says_about_another() -> None:
    people = frozenset(range(20))
    rows = (("fine", "half"), ("tired", "half"), ("hard", "few"), ("too_much", HIDDEN))
    hard: frozenset[Row] = frozenset({("state", "hard"), ("state", "too_much")})
    told = found_out([Sight(0, people, "state", rows)], dict.fromkeys(range(4), hard))
    assert told.items() >= {((who, ("state", "too_much")), False) for who in range(4, 20)}


def test_the_solver_agrees_with_trying_everything() -> None:
    draw = Random(7)
    for _puzzle in range(60):
        people = range(draw.randint(4, 7))
        truth = {who: draw.random() < 0.5 for who in people}
        seen = []
        for _look in range(draw.randint(1, 3)):
            some = draw.sample(people, draw.randint(3, len(people)))
            count = sum(truth[who] for who in some)
            seen.append(
                look(
                    some,
                    next(
                        b
                        for b in ("few", "half", "most")
                        if interval(b, len(some))[0] <= count <= interval(b, len(some))[1]
                    ),
                )
            )
        known = {who: frozenset({PLAY} if truth[who] else ()) for who in people if draw.random() < 0.2}
        assert found_out(seen, known) == tried_everything(seen, known, people)


def tried_everything(seen: Sequence[Sight], known: Any, people: Sequence[int]) -> dict[Any, bool]:
    worlds = []
    for bits in product((False, True), repeat=len(people)):
        fits = all(bits[who] == (PLAY in rows) for who, rows in known.items())
        for one in seen:
            low, high = interval(one.rows[0][1], len(one.people))
            fits = fits and low <= sum(bits[who] for who in one.people) <= high  # type: ignore[index]
        if fits:
            worlds.append(bits)
    watched = frozenset().union(*(one.people for one in seen)) - known.keys()
    return {(who, PLAY): worlds[0][who] for who in watched if len({world[who] for world in worlds}) == 1}  # type: ignore[index]


# --- where the promise ends -----------------------------------------------------


@pytest.mark.parametrize("n", range(8, 41))
def test_one_colluder_more_is_enough(n: int) -> None:
    all_of: frozenset[Row] = frozenset({PLAY})
    for colluders, finds in ((withstood(n), False), (withstood(n) + 1, True)):
        few = found_out([look(range(n), "few")], dict.fromkeys(range(colluders), all_of))
        most = found_out([look(range(n), "most")], {who: frozenset() for who in range(colluders)})
        assert bool(few) is bool(most) is finds, (n, colluders)


@pytest.mark.parametrize("n", range(20, 61))
def test_what_a_hidden_panel_tells(n: int) -> None:
    """However the colluders answer, “few or nearly all” is left open."""
    hidden = [Sight(0, frozenset(range(n)), "breaks", ())]
    for yes in range(withstood(n) + 1):
        known = {who: frozenset({("breaks", "taken")} if who < yes else ()) for who in range(withstood(n))}
        assert found_out(hidden, known) == {}
    assert sides(n) == each_side(n) >= 5


def test_five_on_each_side_are_too_few_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten of 36 may collude: four who did and six who did not know that a hidden panel means “nobody else”."""
    monkeypatch.setattr(adversary, "sides", lambda _n: 5)
    known = {who: frozenset({("breaks", "taken")} if who < 4 else ()) for who in range(10)}
    told = found_out([Sight(0, frozenset(range(36)), "breaks", ())], known)
    assert told == {(who, ("breaks", "taken")): False for who in range(10, 36)}


# --- each defence, taken away once ----------------------------------------------


def _rows_are_hidden_one_by_one(panel: Panel, people: Any, values: Any) -> Any:
    n, counts = len(people), _counted(panel, people, values)
    kept = {row: count for row, count in counts.items() if not panel.is_own or sides(n) <= count <= n - sides(n)}
    return Shown(panel, "", {row: band(count, n) for row, count in kept.items()}) if kept else None


def _everything_that_was_logged_is_counted(panel: Panel, people: Any, values: Any) -> Any:
    """The invented one logs it three times."""
    if panel.is_own:
        return None
    first = min(people)
    counts = {row: 2 * bool(of & values[first]) for row, of in panel.rows.items()}
    counts = {row: count + counts[row] for row, count in _counted(panel, people, values).items()}
    return Shown(panel, "", {row: band(count, len(people)) for row, count in counts.items()})


def _counted(panel: Panel, people: Any, values: Any) -> dict[str, int]:
    return {row: sum(1 for one in people if of & values[one]) for row, of in panel.rows.items()}


def _whoever_is_here(now: Any, remembered: Any, floor: int) -> Choice:
    return Choice(now, Reason.SHOWN) if len(now) >= floor else Choice(frozenset(), Reason.TOO_FEW)


def _unless_one_to_four_changed(now: Any, remembered: Any, floor: int) -> Choice:
    """Against the last release alone, and over those who stayed where they reach the floor."""
    last = next((one for one in remembered if one & now), frozenset())
    changed = len(last ^ now) if last else 0
    return _whoever_is_here(last & now if 1 <= changed <= 4 else now, (), floor)


def _no_floor(now: Any, remembered: Any, floor: int) -> Choice:
    return change.choose(now, remembered, 1)


# What is taken away: where, by what it is replaced, in which town, and how much one parent can add.
WITHOUT: dict[str, tuple[str, Any, dict[str, Any], int]] = {
    "complementary suppression": ("panel_of", _rows_are_hidden_one_by_one, SIZES["large"] | {"invented": 4}, 1),
    "freezing": ("", None, {"recomputed": True}, 1),
    "the change rule": ("choose", _whoever_is_here, {"sizes": (10, 11, 12)}, 1),
    "the change rule, but for one to four": ("choose", _unless_one_to_four_changed, {"sizes": (10, 11, 12)}, 1),
    "the change rule, in two groups at a time": ("choose", _whoever_is_here, {"overlap": True, "habits": False}, 1),
    "the change rule, in pools beside groups": ("choose", _whoever_is_here, SIZES["beside"] | {"habits": False}, 1),
    "the floor": ("choose", _no_floor, SIZES["tiny"], 1),
    "distinct parents": (
        "panel_of",
        _everything_that_was_logged_is_counted,
        {"sizes": (10, 11, 12), "invented": 1, "churn": 0.0},
        3,
    ),
}


@pytest.mark.parametrize("defence", WITHOUT)
def test_without_it_somebody_is_found_out(monkeypatch: pytest.MonkeyPatch, defence: str) -> None:
    name, instead, town, most_each = WITHOUT[defence]
    if name:
        monkeypatch.setattr(engine, name, instead)
    assert any(attack(Town(Random(seed), 8, **town), 3, most_each, is_hasty=True) for seed in range(30))


@pytest.mark.parametrize("defence", WITHOUT)
def test_with_it_nobody_is(defence: str) -> None:
    _name, _instead, town, _most_each = WITHOUT[defence]
    assert not any(attack(Town(Random(seed), 12, **town | {"recomputed": False}), 12) for seed in range(3))


def test_the_bands_of_the_adversary_are_those_of_the_site() -> None:
    for n in range(8, 60):
        for k in range(n + 1):
            low, high = interval(band(k, n), n)
            assert low <= k <= high and band(k, n) in Band
