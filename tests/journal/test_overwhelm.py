"""What sets a break off, at its edges; and that a partner's entries never do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from attachment_app.web.person import acting_for
from journal import overwhelm
from journal.models import Feeling, Kind, OwnState
from journal.overwhelm import Entry, Mark
from tests.journal.makers import logged, tried
from tests.world import NOW, World

LONDON, KIRITIMATI, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/New_York")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def at(day: int, hour: int, minute: int = 0, zone: ZoneInfo = LONDON, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


def moment(instant: datetime, kind: str = Kind.FEEDING) -> Entry:
    return Entry(instant, instant, kind)


def test_it_works(world: World) -> None:
    tried(logged(world.pip, world.ana), world.ana, "not_yet", "not_yet", "not_yet")
    with acting_for(world.ana.pk):
        assert overwhelm.are_many(overwhelm.own_not_yets(world.ana, NOW + 30 * MINUTE), NOW + 30 * MINUTE)


@pytest.mark.parametrize(("minutes", "expected"), [(29, False), (30, False), (30 + 1 / 60, True), (31, True)])
def test_a_soothing_is_long_after_thirty_minutes(minutes: float, expected: bool) -> None:
    assert overwhelm.is_long(NOW, None, NOW + timedelta(minutes=minutes)) is expected


def test_a_pause_is_left_out() -> None:
    assert not overwhelm.is_long(NOW, paused_since=NOW + 20 * MINUTE, now=NOW + 90 * MINUTE)
    assert overwhelm.is_long(NOW, paused_since=NOW + 31 * MINUTE, now=NOW + 90 * MINUTE)


@pytest.mark.parametrize(
    ("ago", "expected"),
    [([1, 60, 120], True), ([1, 60, 120 + 1 / 60], False), ([1, 2], False), ([0, 1, 2, 3], True), ([-5, 1, 2], False)],
)
def test_three_not_yets_within_two_hours(ago: list[float], expected: bool) -> None:
    assert overwhelm.are_many([NOW - timedelta(minutes=some) for some in ago], NOW) is expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (
            [moment(at(20, 0, 0)), moment(at(20, 4, 59))],
            {date(2026, 11, 20)},
        ),  # midnight is in it, and one night is one
        ([moment(at(20, 5, 0)), moment(at(20, 23, 59))], set()),
        ([Entry(at(20, 23, 50), at(21, 0, 20), Kind.SOOTHING), moment(at(21, 3, 0))], {date(2026, 11, 21)}),
        ([Entry(at(20, 23, 50), None, Kind.SOOTHING)], set()),  # it may have been forgotten
        ([Entry(at(20, 20, 0), at(21, 7, 0), Kind.SLEEP)], set()),  # the child slept
        ([Entry(at(21, 2, 0), at(21, 7, 0), Kind.SLEEP)], {date(2026, 11, 21)}),
    ],
)
def test_nights(entries: list[Entry], expected: set[date]) -> None:
    assert overwhelm.nights(entries, LONDON) == expected


def test_a_night_is_one_of_the_persons_own_zone() -> None:
    instant = datetime(
        2026, 11, 20, 13, 0, tzinfo=UTC
    )  # three at night on the 21st in Kiritimati, a day's noon in London
    assert overwhelm.nights([moment(instant)], KIRITIMATI) == {date(2026, 11, 21)}
    assert overwhelm.nights([moment(instant)], LONDON) == set()


def test_nights_of_a_clock_change() -> None:
    # Europe/London goes back at 02:00 on 25 October 2026, America/New_York forward at 02:00 on 8 March.
    both = [moment(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)), moment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))]
    assert overwhelm.nights(both, LONDON) == {date(2026, 10, 25)}  # 01:30 twice
    assert overwhelm.nights([moment(datetime(2026, 10, 25, 4, 59, tzinfo=UTC))], LONDON) == {date(2026, 10, 25)}
    assert overwhelm.nights([moment(datetime(2026, 10, 25, 5, 0, tzinfo=UTC))], LONDON) == set()
    assert overwhelm.nights([moment(datetime(2026, 3, 8, 8, 59, tzinfo=UTC))], NEW_YORK) == {date(2026, 3, 8)}
    assert overwhelm.nights([moment(datetime(2026, 3, 8, 9, 0, tzinfo=UTC))], NEW_YORK) == set()


@pytest.mark.parametrize(
    ("days", "expected"), [([21, 22, 24], True), ([21, 22, 23, 24], True), ([20, 22, 24], False), ([23, 24], False)]
)
def test_three_of_the_last_four_nights(days: list[int], expected: bool) -> None:
    assert overwhelm.were_hard({date(2026, 11, day) for day in days}, date(2026, 11, 24)) is expected


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (Mark(at(24, 3), Feeling.TIRED), True),
        (Mark(at(21, 0), Feeling.TOO_MUCH), True),
        (Mark(at(20, 23, 59), Feeling.TOO_MUCH), False),
        (Mark(at(24, 3), Feeling.FINE), False),
    ],
)
def test_a_hard_mark_of_those_nights(mark: Mark, expected: bool) -> None:
    assert overwhelm.has_hard_mark([mark], LONDON, date(2026, 11, 24)) is expected


def test_too_much_on_four_of_fourteen_days() -> None:
    def days(*which: int) -> int:
        marks = [Mark(at(day, 3), Feeling.TOO_MUCH) for day in which]
        return overwhelm.days_of_too_much(marks, LONDON, date(2026, 11, 24))

    assert days(11, 12, 13, 24) == 4
    assert days(10, 12, 13, 24) == 3  # the tenth was the fifteenth day
    assert days(24, 24, 24, 24) == 1
    assert overwhelm.days_of_too_much([Mark(at(24, 3), Feeling.LOW)], LONDON, date(2026, 11, 24)) == 0


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(24, 3, 12), at(24, 10)),
        (at(24, 9, 59), at(24, 10)),
        (at(24, 10, 0), at(25, 10)),
        (at(24, 23, 0), at(25, 10)),
        (at(24, 23, 0, month=10), at(25, 10, month=10)),  # the night on which the clocks go back
    ],
)
def test_rest_is_spoken_of_from_ten_to_five_of_the_next_day(now: datetime, due: datetime) -> None:
    assert overwhelm.next_rest(now, LONDON) == (due, due + timedelta(hours=7))


def test_what_somebody_else_logged_is_not_read(world: World) -> None:
    night = logged(world.pip, world.ben)
    tried(night, world.ben, "not_yet", "not_yet", "not_yet")
    OwnState.objects.say(world.ben, night, Feeling.TOO_MUCH, NOW)
    with acting_for(world.ana.pk):
        assert overwhelm.own_not_yets(world.ana, NOW + 20 * MINUTE) == []
        assert overwhelm.own_entries(world.ana, NOW + 20 * MINUTE) == []
        assert overwhelm.own_marks(world.ana, NOW + 20 * MINUTE, 14) == []
    with acting_for(world.ben.pk):
        assert len(overwhelm.own_not_yets(world.ben, NOW + 20 * MINUTE)) == 3
        assert len(overwhelm.own_entries(world.ben, NOW + 20 * MINUTE)) == 1
        assert overwhelm.own_marks(world.ben, NOW + 20 * MINUTE, 14) == [Mark(NOW, Feeling.TOO_MUCH)]


def test_what_was_taken_away_is_not_read(world: World) -> None:
    night = logged(world.pip, world.ana)
    tried(night, world.ana, "not_yet", "not_yet", "not_yet")
    night.remove(NOW)
    with acting_for(world.ana.pk):
        assert overwhelm.own_not_yets(world.ana, NOW + 20 * MINUTE) == []
        assert overwhelm.own_entries(world.ana, NOW + 20 * MINUTE) == []
