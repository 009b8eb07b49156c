"""When a rule comes round: once a local date, in every zone, whatever its clock does (all: test_recurrence_long.py)."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attachment_app.lib import recurrence
from attachment_app.lib.recurrence import Rule, due_on, jitter, next_due
from tests.lib.recurring import CLOCKS, DAY, HOUR, MINUTE, new_year, wrong

EVERY_DAY, LONDON = 0b1111111, ZoneInfo("Europe/London")
NO_QUIET = {"quiet_from": time(0), "quiet_until": time(0)}
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))

# Years in which a zone did something odd with its clock or its calendar.
ODD = [
    ("Pacific/Apia", 2011),  # 30 December was skipped
    ("Pacific/Fakaofo", 2011),
    ("Pacific/Kiritimati", 1994),
    ("Pacific/Kwajalein", 1993),
    ("America/Juneau", 1867),  # a date that came twice
    ("Asia/Manila", 1844),
    ("Australia/Lord_Howe", 2026),  # half an hour
    ("Asia/Pyongyang", 2015),
    ("America/Caracas", 2016),
    ("Asia/Kathmandu", 1985),  # a quarter
    ("Antarctica/Troll", 2026),  # two hours
    ("Africa/Casablanca", 2026),  # four changes a year
    ("Asia/Beirut", 2026),  # midnight is skipped
    ("Africa/Cairo", 2026),
    ("America/Havana", 2026),  # midnight comes twice
    ("America/Sao_Paulo", 2017),
    ("America/Nuuk", 2023),  # the last hour of a date is skipped
    ("Asia/Gaza", 2026),
    ("Pacific/Norfolk", 2015),
    ("Africa/Monrovia", 1971),  # 44 minutes and a half
]


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the minutes either way."""
    monkeypatch.setattr(recurrence, "JITTER", 0)


def test_it_works() -> None:
    now = datetime(2026, 11, 24, 15, tzinfo=UTC)
    day, due = next_due(Rule(EVERY_DAY, time(9)), LONDON, now, None, b"")
    assert day == date(2026, 11, 25)
    assert abs(due - datetime(2026, 11, 25, 9, tzinfo=UTC)) <= 20 * MINUTE


@pytest.mark.parametrize(("name", "year"), ODD)
def test_two_years_with_an_odd_clock(name: str, year: int) -> None:
    for clock in CLOCKS:
        assert not wrong(Rule(EVERY_DAY, clock), ZoneInfo(name), new_year(year), 730)


@pytest.mark.usefixtures("plainly")
@pytest.mark.parametrize(("name", "year"), ODD)
def test_two_years_with_an_odd_clock_to_the_minute(name: str, year: int) -> None:
    for clock in (time(0), time(1, 30), time(2, 15)):
        assert not wrong(Rule(EVERY_DAY, clock, **NO_QUIET), ZoneInfo(name), new_year(year), 730)


@settings(max_examples=60, deadline=None)
@given(ZONES, TIMES, st.integers(1, EVERY_DAY), TIMES, TIMES, st.binary(max_size=16), st.integers(1975, 2036))
def test_any_rule_in_any_zone(
    zone: ZoneInfo, at: time, days: int, quiet_from: time, quiet_until: time, seed: bytes, year: int
) -> None:
    assert not wrong(Rule(days, at, quiet_from, quiet_until), zone, new_year(year), 130, seed)


@pytest.mark.usefixtures("plainly")
def test_a_gap_moves_to_the_first_instant_after_it() -> None:
    day = date(2026, 3, 29)
    assert due_on(Rule(EVERY_DAY, time(1, 30)), day, LONDON, b"") == datetime(2026, 3, 29, 1, tzinfo=UTC)
    howe = due_on(Rule(EVERY_DAY, time(2, 15)), date(2026, 10, 4), ZoneInfo("Australia/Lord_Howe"), b"")
    assert howe == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)


@pytest.mark.usefixtures("plainly")
def test_a_fold_counts_once() -> None:
    rule = Rule(EVERY_DAY, time(1, 30))
    first = due_on(rule, date(2026, 10, 25), LONDON, b"")
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_due(rule, LONDON, first, None, b"")[1] == first
    day, due = next_due(rule, LONDON, first + HOUR, date(2026, 10, 25), b"")  # half past one for the second time
    assert (day, due) == (date(2026, 10, 26), datetime(2026, 10, 26, 1, 30, tzinfo=UTC))


def test_a_date_that_was_skipped_is_no_date_there() -> None:
    fridays = Rule(0b0010000, time(9))
    now = datetime(2011, 12, 29, tzinfo=UTC)
    assert next_due(fridays, ZoneInfo("Pacific/Apia"), now, None, b"")[0] == date(2012, 1, 6)


def test_a_date_whose_last_hour_was_skipped_is_one() -> None:
    now = datetime(2024, 3, 30, 12, tzinfo=UTC)
    rule = Rule(EVERY_DAY, time(23, 30))
    day, due = next_due(rule, ZoneInfo("America/Nuuk"), now, None, b"")
    assert (day, due) == (date(2024, 3, 30), datetime(2024, 3, 31, 1, tzinfo=UTC))


def test_nothing_is_said_twice_to_somebody_who_flies_back_over_the_date_line() -> None:
    rule = Rule(EVERY_DAY, time(9))
    day, due = next_due(rule, ZoneInfo("Pacific/Kiritimati"), datetime(2026, 5, 4, 12, tzinfo=UTC), None, b"")
    again, _due = next_due(rule, ZoneInfo("Pacific/Honolulu"), due + HOUR, day, b"")
    assert again == day + DAY


def test_a_rule_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="without days"):
        next_due(Rule(0, time(9)), LONDON, datetime(2026, 5, 4, tzinfo=UTC), None, b"")


@given(st.integers(0, 1439), TIMES, TIMES, st.integers(0, 2**32 - 1))
def test_the_minutes_either_way_stay_on_the_day_and_out_of_quiet_hours(
    at: int, quiet_from: time, quiet_until: time, chance: int
) -> None:
    moved = at + jitter(at, quiet_from, quiet_until, chance)
    begins, ends = (clock.hour * 60 + clock.minute for clock in (quiet_from, quiet_until))
    quiet = set(range(begins, ends)) if begins <= ends else set(range(1440)) - set(range(ends, begins))
    assert 0 <= moved < 1440
    assert abs(moved - at) <= 20
    assert at in quiet or moved not in quiet


def test_the_minutes_either_way_are_spread() -> None:
    """A day's reminders at eight leave over forty minutes and not in one second."""
    days = [date(2026, 1, 1) + number * DAY for number in range(400)]
    rule = Rule(EVERY_DAY, time(12))
    away = Counter(due_on(rule, day, LONDON, b"a").astimezone(LONDON).time() for day in days)
    assert len(away) == 41
    assert max(away.values()) < 30
    assert due_on(rule, days[0], LONDON, b"a") == due_on(rule, days[0], LONDON, b"a")
    assert len({due_on(rule, days[0], LONDON, bytes([seed])) for seed in range(99)}) > 30


def test_seconds_of_an_instant_are_none() -> None:
    assert due_on(Rule(EVERY_DAY, time(12)), date(2026, 5, 4), LONDON, b"").second == 0
    assert timedelta(minutes=recurrence.JITTER) == 20 * MINUTE
