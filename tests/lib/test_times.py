"""Wall-clock time and instants, over every zone: gaps move forward, folds count once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attachment_app.lib.times import day_start, instant, local_day

LONDON = ZoneInfo("Europe/London")
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


def test_it_works() -> None:
    assert instant(datetime(2026, 7, 1, 3, 4), LONDON) == datetime(2026, 7, 1, 2, 4, tzinfo=UTC)


def test_a_gap_moves_to_the_first_instant_after_it() -> None:
    assert instant(datetime(2026, 3, 29, 1, 30), LONDON) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_fold_counts_once_the_first_of_the_two() -> None:
    assert instant(datetime(2026, 10, 25, 1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_half_hour_change() -> None:
    howe = ZoneInfo("Australia/Lord_Howe")
    assert instant(datetime(2026, 10, 4, 2, 15), howe) == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)


def test_a_skipped_midnight() -> None:
    assert day_start(date(2026, 3, 29), ZoneInfo("Asia/Beirut")) == datetime(2026, 3, 28, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize("wall", [datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59)])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_ends_of_the_calendar_do_not_break_it(wall: datetime, zone: str) -> None:
    assert instant(wall, ZoneInfo(zone)).tzinfo is UTC


@given(
    zone=ZONES,
    wall=st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)),
)
def test_in_every_zone_the_instant_reads_as_the_wall_said_or_lies_right_after_a_gap(
    zone: ZoneInfo, wall: datetime
) -> None:
    wall = wall.replace(microsecond=0, fold=0)
    at = instant(wall, zone)
    read = at.astimezone(zone).replace(tzinfo=None)
    if read == wall:
        assert (at - timedelta(hours=3)).astimezone(zone).replace(tzinfo=None) != wall
    else:  # in a gap: the first instant after it, so one second earlier the clock had not moved yet
        assert read > wall
        assert (at - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) < wall


@given(
    zone=ZONES,
    day=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
)
def test_a_day_begins_on_that_day(zone: ZoneInfo, day: date) -> None:
    begins = day_start(day, zone)
    if local_day(begins, zone) != day:  # a day that a zone skipped whole (Samoa, 2011) has no instant of its own
        assert local_day(begins, zone) == day + timedelta(days=1)
    assert local_day(begins - timedelta(seconds=1), zone) < day
