"""What row-level security costs Today: the same page with the policies on and off, in turns."""

import statistics
from datetime import timedelta
from random import Random
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from attachment_app.lib.row_security import bypass
from journal import demo
from tests.bench import bench, milliseconds, report, timed
from tests.world import World

ROUNDS, CALLS, DAYS = 8, 40, 90
MOST = 1.2  # times as long with the policies


PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@bench("rows", "Today of a family of three months, policies on and off in turns")
@override_settings(STORAGES={**settings.STORAGES, **PLAIN})
def run() -> None:
    with bypass():
        world = World()
        for child, who in ((world.pip, world.ana), (world.kit, world.stan)):
            now = timezone.now() - timedelta(minutes=1)
            exchanges, steps = demo.log(child, [who], now, DAYS, who.zone, Random(str(uuid4())))
            demo.save(exchanges)
            demo.save(steps)
    client = Client()
    client.force_login(world.ana)
    _sql("ANALYZE")
    tables = _guarded()
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for number in range(ROUNDS):
        for on in (True, False) if number % 2 else (False, True):
            for table in tables:
                _sql(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} ROW LEVEL SECURITY")
            if not on:
                _sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO web")
            seconds[on] += timed(lambda: _page(client), times=CALLS, first=5)
    ratio = statistics.median(seconds[True]) / statistics.median(seconds[False])
    report("Today without policies", milliseconds(seconds[False]))
    report(
        "Today with policies", milliseconds(seconds[True]), f"{ratio:.2f} times as long, at most {MOST}", ratio <= MOST
    )


def _page(client: Client) -> None:
    answer = client.get("/")
    if b"Pip" not in answer.content:
        raise AssertionError("this is not Today")


def _guarded() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
        return [name for (name,) in cursor.fetchall()]


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
