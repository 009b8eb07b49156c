"""decide() over weeks of made-up lives, looked at afterwards by rules that were written down apart from it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from attachment_app.delivery import decide as rules
from tests.delivery.lives import live
from tests.delivery.rules import broken

SHORT, LONG, PARTS = 250, 6_000, 8
NEVER, EVER = timedelta(0), timedelta(days=4000)


def look(seeds: range) -> Counter[str]:
    """How often each reason was given. Raises AssertionError with the first seed whose life broke a rule."""
    reasons: Counter[str] = Counter()
    for seed in seeds:
        life = live(seed)
        reasons += life.reasons
        assert not (found := broken(life.told)), (seed, found[:5])
    return reasons


def test_it_works() -> None:
    reasons = look(range(SHORT))
    assert not {reason.value for reason in rules.Reason} - set(reasons), "a reason that no life came to"
    assert reasons["due"] > 10 * SHORT  # rules that forbid everything would break none


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_thousands_of_lives(part: int) -> None:
    each = LONG // PARTS
    look(range(1_000_000 + part * each, 1_000_000 + (part + 1) * each))


def test_a_life_is_the_same_again() -> None:
    assert live(7).told == live(7).told


def nothing(*_given: Any) -> Iterator[rules.Decision]:
    return iter(())


def kinds(**changed: Any) -> dict[str, rules.Rules]:
    return {kind: replace(rule, **changed) for kind, rule in rules.RULES.items()}


# Each rule taken away: what stands instead, and the words with which the other telling of the rules must complain.
TAKEN_AWAY: list[tuple[str, Any, str]] = [
    ("_wishes", nothing, "they had stopped all"),
    ("_wishes", nothing, "they had not asked for it"),
    ("_wishes", nothing, "not spoken of"),
    ("_wishes", nothing, "in their pause"),
    ("_wishes", nothing, "after the closing note"),
    ("_times", nothing, "more than an hour late"),
    ("is_quiet", lambda *_given: False, "in quiet hours"),
    ("GENTLE_A_DAY", 99, "a second gentle one"),
    ("ALL_A_DAY", 99, "more than two on a day"),
    ("ALL_A_WEEK", 99, "more than seven in a week"),
    ("SPACING", NEVER, "less than four hours"),
    ("RECEPTIVE_AFTER", NEVER, "something themselves"),
    ("TIMER_COUNTS_FOR", NEVER, "a timer of theirs"),
    ("UNANSWERED_HALF", 99, "not half as often"),
    ("UNANSWERED_STOP", 99, "five in a row"),
    ("GENTLE_REMEMBERED", rules.REMEMBERED, "five in a row"),
    ("IDLE", EVER, "somebody who is not here"),
    ("GONE", EVER, "another after thirty days"),
    ("VARIETY", NEVER, "the same text twice"),
    ("_limits", nothing, "than they want"),
    ("RULES", kinds(a_day=0, apart=NEVER), "more offers"),
    ("RULES", kinds(a_day=0, apart=NEVER), "a second check"),
    ("RULES", kinds(a_day=0, apart=NEVER), "rest twice"),
    ("RULES", kinds(a_day=0, apart=NEVER), "“how are you” twice"),
    ("_pace", lambda state: "usual", "not half as often"),
]


@pytest.mark.parametrize(("name", "instead", "words"), TAKEN_AWAY, ids=[f"{one[0]}: {one[2]}" for one in TAKEN_AWAY])
def test_a_rule_that_is_taken_away_is_noticed(
    monkeypatch: pytest.MonkeyPatch, name: str, instead: int | timedelta | Callable[..., Any], words: str
) -> None:
    monkeypatch.setattr(rules, name, instead)
    for seed in range(SHORT):
        if any(words in complaint for complaint in broken(live(seed).told)):
            return
    raise AssertionError("nothing was noticed")
