"""Today, the timeline and a tap, at a thousand, ten thousand and a hundred thousand exchanges a family.

Beside a page of the same server that does next to nothing (the “sign out?” page: session, person, a form). In one
process, without the network, so that what differs is the page and nothing else.
"""

import statistics
import time
from datetime import timedelta
from random import Random
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from attachment_app.lib.row_security import bypass
from journal import demo
from journal.models import EXCHANGES
from tests import world as people
from tests.bench import bench, milliseconds, report, timed
from tests.bench.rows import PLAIN
from tests.journal.makers import logged, tried

SIZES = (1_000, 10_000, 100_000)
CALLS = 80
TAIL = timedelta(days=2)
A_DAY = 12  # exchanges, about, that the made-up log has
MOST_GROWTH = 1.1  # after a year as after a month
LEAST_DEMO = 5_000  # exchanges a second


@bench("journal", "Today, timeline and a tap by the size of the log, beside a trivial page")
@override_settings(STORAGES={**settings.STORAGES, **PLAIN})
def run() -> None:
    browsers = {size: _family(size) for size in SIZES}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    trivial = statistics.median(timed(lambda: browsers[SIZES[0]].get("/accounts/logout/"), CALLS))
    report("a trivial page", f"{trivial * 1000:.2f} ms")
    for what, call in (("Today", _get("/")), ("timeline", _get("/journal/exchanges/")), ("a tap", _tap)):
        # In turns, so that a slow moment of the machine is everybody's.
        seconds: dict[int, list[float]] = {size: [] for size in SIZES}
        for _round in range(4):
            for size, browser in browsers.items():
                seconds[size] += timed(lambda call=call, browser=browser: call(browser), CALLS // 4, first=2)
        first = statistics.median(seconds[SIZES[0]])
        for size in SIZES:
            median = statistics.median(seconds[size])
            growth = median / first
            ratio = f"{median / trivial:.1f} times the trivial page, {growth:.2f} times the smallest log"
            met = growth <= MOST_GROWTH if size == SIZES[-1] and what != "a tap" else None
            report(f"{what}, {size:,} exchanges", milliseconds(seconds[size]), ratio, met)


def _family(size: int) -> Client:
    """A family whose log has `size` exchanges, and its parent's browser."""
    with bypass():
        parent = people.person(f"Parent{size}")
        child = people.child(people.family(parent))
        began = time.perf_counter()
        now = timezone.now()
        exchanges, steps = demo.log(child, [parent], now - TAIL, size // A_DAY, parent.zone, Random(str(uuid4())))
        demo.save(exchanges)
        demo.save(steps)
        speed = len(exchanges) / (time.perf_counter() - began)
        for hours in range(1, 40):  # the same last days for every family: only what lies behind them differs
            kind = EXCHANGES[hours % 3]
            made = logged(child, parent, kind, now - timedelta(hours=hours), ended_at=now - timedelta(hours=hours))
            if kind == "soothing":
                tried(made, parent, "not_yet", "settled")
    if size == SIZES[-1]:
        report("made-up exchanges", f"{speed:,.0f} a second, with their steps", met=speed >= LEAST_DEMO)
    client = Client()
    client.force_login(parent)
    return client


def _get(url: str):  # type: ignore[no-untyped-def]  # a small closure
    def call(browser: Client) -> None:
        if browser.get(url).status_code != 200:
            raise AssertionError(url)

    return call


def _tap(browser: Client) -> None:
    if browser.post("/journal/exchanges/", {"kind": "nappy", "key_nappy": str(uuid4())}).status_code != 303:
        raise AssertionError("the tap was not saved")
