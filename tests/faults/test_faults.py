"""Everything that can die dies while reminders go out; afterwards each is accounted for, and none went out twice.

Workers are killed (kill -9) at six points, broker and database are restarted under them, there are two of everything,
and the clock jumps by an hour and a day, forward and back. What must be true then: account.py.
"""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from tests.faults import points
from tests.faults.account import in_words, wrong
from tests.faults.people import DAY, HOUR, MINUTE, SECOND, TEN
from tests.faults.stand import Stand, open_stand

pytestmark = pytest.mark.xdist_group("faults")
MANNERS = {"cut": 0.004, "refused": 0.01, "gone": 0.004}
BOTH = ("one", "two")


def on(stand: Stand, to: datetime) -> None:
    """The clock goes on, and all that is due by then is done."""
    stand.set_clock(to)
    stand.wait_for("rest", stand.is_idle)


def die_at(stand: Stand, to: datetime, where: str, times: int) -> None:
    """A worker dies at this point once at least; so many times where there is so much to do."""
    stand.lay(where)
    stand.set_clock(to)
    stand.wait_for(f"a death {where}", lambda: stand.were_met(where))
    for _time in range(times - 1):
        stand.lay(where)
        stand.wait_for(f"another death {where}", lambda: stand.were_met(where) or stand.is_idle())
    stand.take_up(where)
    stand.wait_for("rest", stand.is_idle)


def first_day(stand: Stand, times: int) -> None:
    """About ten o'clock: the reminders of a few minutes a fault."""
    for number, where in enumerate(points.POINTS):
        die_at(stand, TEN - (15 - 3 * number) * MINUTE, where, times)
    stand.set_clock(TEN + 4 * MINUTE)
    stand.restart_broker()
    stand.wait_for("rest", stand.is_idle)
    stand.set_clock(TEN + 8 * MINUTE)
    stand.restart_database()
    stand.flush_broker()
    stand.wait_for("rest", stand.is_idle)
    stand.set_clock(TEN + 13 * MINUTE)
    stand.kill("one")
    stand.start("one")
    stand.wait_for("rest", stand.is_idle)


def clock_jumps(stand: Stand) -> None:
    """An hour forward while messages are on their way, to some seconds before the windows of some close, and to a push
    service that takes its time; and back; then on to where everything of that day is over."""
    stand.set_clock(TEN + 16 * MINUTE)
    stand.wait_for("work", lambda: not stand.is_idle())
    stand.there.behave(takes=0.4)
    stand.set_clock(TEN + HOUR + 17 * MINUTE - 4 * SECOND)
    stand.wait_for("rest", stand.is_idle)
    stand.there.behave(**MANNERS)
    on(stand, TEN + 30 * MINUTE)
    on(stand, TEN + 2 * HOUR)


def second_day(stand: Stand) -> None:
    """A day later everything is due at once; it is a day earlier again before all of it is done."""
    before = stand.there.count()["push"]
    stand.lay(*points.POINTS)
    stand.set_clock(TEN + DAY + 25 * MINUTE)
    stand.wait_for("some of it", lambda: stand.there.count()["push"] > before)
    stand.set_clock(TEN + 3 * HOUR)
    stand.wait_for("rest", stand.is_idle)
    on(stand, TEN + DAY + 30 * MINUTE)
    on(stand, TEN + DAY + 2 * HOUR)


def run(number: int, seed: int, times: int) -> str:
    with open_stand() as stand:
        stand.set_clock(TEN - HOUR)
        stand.there.behave(**MANNERS)
        stand.start(*BOTH)
        stand.fill(number, seed)
        first_day(stand, times)
        clock_jumps(stand)
        second_day(stand)
        found = Counter(complaint[:200] for complaint in wrong(stand, [TEN.date(), (TEN + DAY).date()]))
        said = in_words(stand)
        assert not found, (said, found.most_common(12))
        ((states,),) = stand.rows("SELECT count(DISTINCT state) FROM delivery_occurrence")
        assert states == 3, said  # sent, dropped and unknown: a suite in which nothing is cut off shows nothing
    return said


def test_it_works(record_property: Any) -> None:
    """A thousand rules for two days."""
    record_property("became", run(1_000, seed=1, times=1))


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twenty_thousand(seed: int) -> None:
    print(run(20_000, seed, times=3))
