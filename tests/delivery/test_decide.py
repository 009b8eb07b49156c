"""Each reason for which a message goes, waits or is dropped, right at its edges."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from attachment_app.delivery.decide import CLOSING, RULES, Decision, Past, Reason, State, Verdict, decide, is_quiet
from attachment_app.delivery.models import Kind, Pace

LONDON, APIA = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Apia")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # three in the afternoon in London, a Tuesday
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STATE = State(
    kind=Kind.GENTLE, due_at=NOW, expires_at=NOW + HOUR, zone=LONDON, last_active_at=NOW - 2 * HOUR, texts=("a", "b")
)


def gentle(ago: timedelta, text: str = "", is_answered: bool = True) -> Past:
    return Past(Kind.GENTLE, NOW - ago, text, is_answered)


def days_ago(*days: float, kind: str = Kind.GENTLE, is_answered: bool = True) -> tuple[Past, ...]:
    return tuple(Past(kind, NOW - day * DAY, "", is_answered) for day in days)


def verdict(**changed: Any) -> tuple[str, str]:
    now = changed.pop("now", NOW)
    decision = decide(replace(STATE, **changed), now)
    return decision.verdict.value, decision.reason.value


def test_it_works() -> None:
    assert decide(STATE, NOW) == Decision(Verdict.SEND, Reason.DUE, text="a", pace=Pace.USUAL)


UNREAD = {"is_answered": False}
GENTLE_EDGES: list[tuple[str, dict[str, Any], str, str]] = [
    ("stopped", {"is_stopped": True}, "drop", "stopped"),
    ("a child that is not spoken of", {"is_child_spoken_of": False}, "drop", "child"),
    ("paused a second longer", {"paused_until": NOW + SECOND}, "drop", "paused"),
    ("the pause is over", {"paused_until": NOW}, "send", "due"),
    ("closed", {"is_closed": True}, "drop", "closed"),
    ("stopped by five unread", {"pace": Pace.STOPPED}, "drop", "unanswered"),
    ("as late as may be", {"expires_at": NOW}, "send", "due"),
    ("a second later", {"expires_at": NOW - SECOND}, "drop", "late"),
    ("quiet from now", {"quiet_from": time(15)}, "drop", "quiet"),
    ("quiet from a minute later", {"quiet_from": time(15, 1)}, "send", "due"),
    ("quiet until now", {"quiet_from": time(9), "quiet_until": time(15)}, "send", "due"),
    ("quiet for a minute more", {"quiet_from": time(9), "quiet_until": time(15, 1)}, "drop", "quiet"),
    ("no quiet hours", {"quiet_from": time(15), "quiet_until": time(15)}, "send", "due"),
    ("it is night where they are", {"zone": APIA}, "drop", "quiet"),
    ("one today", {"past": (gentle(15 * HOUR),)}, "drop", "day"),
    ("one yesterday at the last second", {"past": (gentle(15 * HOUR + SECOND),)}, "send", "due"),
    ("two in the week", {"past": days_ago(1, 6)}, "send", "due"),
    ("three in the week", {"past": days_ago(1, 2, 6)}, "drop", "week"),
    ("the third fell out of it", {"past": days_ago(1, 2, 7)}, "send", "due"),
    ("one a week is enough", {"past": days_ago(6), "gentle_a_week": 1}, "drop", "week"),
    ("two of others today", {"past": days_ago(0.2, 0.5, kind=Kind.CHECK)}, "drop", "day_of_all"),
    ("one of others today", {"past": days_ago(0.2, kind=Kind.CHECK)}, "send", "due"),
    ("offers on the page do not count", {"past": days_ago(0.1, 0.2, kind=Kind.OFFER)}, "send", "due"),
    ("seven of others", {"past": days_ago(1, 2, 3, 4, 5, 6, 6.1, kind=Kind.CHECK)}, "drop", "week_of_all"),
    ("six of others", {"past": days_ago(1, 2, 3, 4, 5, 6, kind=Kind.CHECK)}, "send", "due"),
    ("two unread", {"past": days_ago(2, 3, **UNREAD), "gentle_a_week": 3}, "send", "due"),
    ("three unread", {"past": days_ago(8, 9, 10, **UNREAD)}, "drop", "half"),
    ("three unread, a fortnight ago", {"past": days_ago(12, 13, 14, **UNREAD)}, "send", "due"),
    ("half as often", {"past": days_ago(8, 9, 10), "pace": Pace.HALF}, "drop", "half"),
    ("half as often, and there is room", {"past": days_ago(8, 9), "pace": Pace.HALF}, "send", "due"),
    ("five unread", {"past": days_ago(8, 9, 20, 30, 40, **UNREAD)}, "drop", "unanswered"),
    ("unread from before “as before”", {"past": days_ago(8, 9, **UNREAD), "woken_at": NOW - DAY}, "send", "due"),
    ("ten days away, one this week", {"last_active_at": NOW - 10 * DAY, "past": days_ago(6)}, "drop", "idle"),
    ("not quite ten days", {"last_active_at": NOW - 10 * DAY + SECOND, "past": days_ago(6)}, "send", "due"),
    ("ten days away, none this week", {"last_active_at": NOW - 10 * DAY, "past": days_ago(7)}, "send", "due"),
    ("not quite thirty days", {"last_active_at": NOW - 30 * DAY + SECOND}, "send", "due"),
    ("thirty days", {"last_active_at": NOW - 30 * DAY}, "send", "closing"),
    ("after another, a second too soon", {"past": (Past(Kind.REST, NOW - 4 * HOUR + SECOND),)}, "drop", "spacing"),
    ("four hours after another", {"past": (Past(Kind.REST, NOW - 4 * HOUR),)}, "send", "due"),
    ("active just now", {"last_active_at": NOW - 30 * MINUTE + SECOND}, "hold", "active"),
    ("active half an hour ago", {"last_active_at": NOW - 30 * MINUTE}, "send", "due"),
    ("a timer runs", {"has_timer": True}, "hold", "timer"),
    ("every text was said", {"past": (gentle(2 * DAY, "a"), gentle(13 * DAY, "b"))}, "drop", "variety"),
    ("the second text", {"past": (gentle(14 * DAY - SECOND, "a"),)}, "send", "due"),
]


@pytest.mark.parametrize(
    ("changed", "said", "why"), [edge[1:] for edge in GENTLE_EDGES], ids=[e[0] for e in GENTLE_EDGES]
)
def test_a_gentle_reminder(changed: dict[str, Any], said: str, why: str) -> None:
    if why == "spacing":  # held, and dropped where that would be too late
        assert verdict(**changed, expires_at=NOW + SECOND) == ("hold", "spacing")
        changed["expires_at"] = NOW
    assert verdict(**changed) == (said, why)


OTHER_EDGES: list[tuple[str, str, dict[str, Any], str, str]] = [
    (Kind.CHECK, "not asked for", {"is_asked": False}, "drop", "not_asked"),
    (Kind.CHECK, "asked for, and active just now", {"last_active_at": NOW}, "send", "due"),
    (Kind.CHECK, "one today", {"past": days_ago(0.3, kind=Kind.CHECK)}, "drop", "kind_limit"),
    (Kind.CHECK, "one yesterday", {"past": days_ago(0.7, kind=Kind.CHECK)}, "send", "due"),
    (Kind.CHECK, "in quiet hours", {"quiet_from": time(14)}, "drop", "quiet"),
    (Kind.CHECK, "soon after a gentle one", {"past": (gentle(HOUR),)}, "drop", "spacing"),
    (Kind.OFFER, "in quiet hours, paused, at once", {"quiet_from": time(14), "paused_until": NOW + DAY}, "send", "due"),
    (Kind.OFFER, "stopped", {"is_stopped": True}, "drop", "stopped"),
    (Kind.OFFER, "two today", {"past": days_ago(0.2, 0.5, kind=Kind.OFFER)}, "drop", "kind_limit"),
    (Kind.OFFER, "not three hours", {"past": (Past(Kind.OFFER, NOW - 3 * HOUR + SECOND),)}, "drop", "kind_limit"),
    (Kind.OFFER, "three hours", {"past": (Past(Kind.OFFER, NOW - 3 * HOUR),)}, "send", "due"),
    (Kind.REST, "not three days", {"past": (Past(Kind.REST, NOW - 3 * DAY + SECOND),)}, "drop", "kind_limit"),
    (Kind.REST, "three days", {"past": (Past(Kind.REST, NOW - 3 * DAY),)}, "send", "due"),
    (Kind.REST, "paused", {"paused_until": NOW + SECOND}, "drop", "paused"),
    (Kind.CARE, "not fourteen days", {"past": (Past(Kind.CARE, NOW - 14 * DAY + SECOND),)}, "drop", "kind_limit"),
    (Kind.CARE, "fourteen days", {"past": (Past(Kind.CARE, NOW - 14 * DAY),)}, "send", "due"),
    (Kind.CARE, "at night", {"quiet_from": time(14)}, "send", "due"),
]


@pytest.mark.parametrize(
    ("kind", "changed", "said", "why"),
    [(kind, *edge) for kind, _name, *edge in OTHER_EDGES],
    ids=[f"{edge[0]}: {edge[1]}" for edge in OTHER_EDGES],
)
def test_the_other_kinds(kind: str, changed: dict[str, Any], said: str, why: str) -> None:
    changed = {"expires_at": NOW + MINUTE, **changed}
    assert verdict(kind=kind, texts=(), **changed) == (said, why)


def test_every_reason_stands_in_a_table() -> None:
    said = {edge[-1] for edge in (*GENTLE_EDGES, *OTHER_EDGES)}
    assert said == {reason.value for reason in Reason}
    assert set(RULES) == set(Kind)


def test_it_says_until_when_it_is_held() -> None:
    spaced = decide(replace(STATE, past=(Past(Kind.REST, NOW - 4 * HOUR + MINUTE),)), NOW)
    assert (spaced.verdict, spaced.until) == (Verdict.HOLD, NOW + MINUTE)
    active = decide(replace(STATE, last_active_at=NOW - MINUTE), NOW)
    assert (active.verdict, active.until) == (Verdict.HOLD, NOW + 29 * MINUTE)
    timer = decide(replace(STATE, has_timer=True), NOW)
    assert (timer.verdict, timer.until) == (Verdict.HOLD, NOW + 10 * MINUTE)


def test_three_unread_slow_it_down_from_now_on() -> None:
    assert decide(replace(STATE, past=days_ago(12, 13, 14, is_answered=False)), NOW).pace == Pace.HALF


def test_five_unread_stop_it() -> None:
    assert decide(replace(STATE, past=days_ago(8, 9, 10, 11, 12, is_answered=False)), NOW).pace == Pace.STOPPED


def test_the_pace_does_not_rise_by_itself() -> None:
    assert decide(replace(STATE, pace=Pace.HALF, past=days_ago(3)), NOW).pace == Pace.HALF


def test_the_last_note_says_so_and_closes() -> None:
    last = decide(replace(STATE, last_active_at=NOW - 31 * DAY), NOW)
    assert (last.text, last.closes) == (CLOSING, True)


def test_own_words_may_come_again() -> None:
    assert decide(replace(STATE, texts=()), NOW) == Decision(Verdict.SEND, Reason.DUE, pace=Pace.USUAL)


def test_a_quiet_night_that_crosses_midnight_in_two_zones_and_a_clock_change() -> None:
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # in London 01:30 for the first time
    for later in (timedelta(0), HOUR):
        assert is_quiet(at + later, LONDON, time(1, 30), time(1, 31))
    assert not is_quiet(at, LONDON, time(2), time(1))
    assert is_quiet(at, APIA, time(13), time(14))
