"""Planning and sending reminders, beside one Celery task a reminder in the same run.

Two planners and one sender run in this process as the database's role `worker`; the plain tasks in a Celery worker of
one process. Everything shares the cores of one machine, also with whatever else runs there, so a figure “a second and
core” goes by the time that this process and its database backend used; the clock on the wall stands beside it.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from attachment_app.accounts.models import Person
from attachment_app.delivery import sender
from attachment_app.delivery.models import Occurrence, PushSubscription, Standing, State
from attachment_app.embedded.processes import Guard, Process, wait_until
from attachment_app.lib.recurrence import Rule, due_on, next_due
from attachment_app.lib.row_security import bypass
from journal import planner
from journal.models import EVERY_DAY, Reminder
from tests.bench import bench, report
from tests.far_end import ROOT, FarEnd, open_far_end
from tests.pushbox import Browser

PEOPLE, RULES_EACH = 110_000, 2
DUE, SENT, PLAIN = 60_000, 10_000, 400
AT_ONCE, WITHIN = 5_000, 5.0
LEAST_PLANNED, LEAST_SENT = 20_000, 1_000
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ALL_DAY = {"quiet_from": "00:00", "quiet_until": "00:00"}


@bench("reminders", "planned, sent, and out in time, beside one Celery task a reminder")
@override_settings(PUSH_LOCAL=True)
def run() -> None:
    from tests.bench import plain  # its tasks, and the words of the messages

    with tempfile.TemporaryDirectory(prefix="to-and-fro-bench-") as folder, open_far_end(Path(folder)) as there:
        browser = Browser(there.endpoint("of-all"))
        with bypass():
            people = _people(PEOPLE)
            _rules(people)
        _sql("VACUUM ANALYZE")
        _plan(Path(folder), plain)
        with bypass():
            _devices(people[: 2 * SENT], browser, there)
        _send(Path(folder), plain)
        _in_time(Path(folder), there, people[2 * SENT : 2 * SENT + AT_ONCE], browser)


# -- planning ----------------------------------------------------------------------------------------------------------
def _plan(folder: Path, plain: Any) -> None:
    """Some tens of thousands of some hundred thousand rules have come due."""
    now = timezone.now()
    with bypass():
        ids = [str(pk) for pk in Reminder.objects.filter(next_due_at__lte=now).values_list("pk", flat=True)[:PLAIN]]
    plainly = _plainly(folder, plain.plan_one, ids)
    planned, wall, core = _two_at_once(lambda: _all(lambda: planner.plan(now)[0]))
    report("planned by single tasks", f"{PLAIN / plainly:,.0f} a second")
    # What these cores would do if nobody else were on them, where somebody is.
    free = planned / core * min(2, os.cpu_count() or 1)
    ratio = f"{planned / wall / (PLAIN / plainly):,.0f} times as many; {free:,.0f} by the time of two cores"
    what = f"planned by two planners, of {PEOPLE * RULES_EACH:,} rules"
    report(what, f"{planned / wall:,.0f} a second", ratio, max(planned / wall, free) >= LEAST_PLANNED)


def _two_at_once(call: Callable[[], int]) -> tuple[int, float, float]:
    """The same in two threads, each with a connection of its own: what they gave together, wall, cores."""
    began, core = time.perf_counter(), time.process_time()

    def one() -> tuple[int, float]:
        try:
            with _as_worker():
                before = _backend()
                return call(), _backend() - before
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        gave = [half.result() for half in [pool.submit(one), pool.submit(one)]]
    wall, core = time.perf_counter() - began, time.process_time() - core
    return sum(count for count, _core in gave), wall, core + sum(backend for _count, backend in gave)


def _all(step: Any) -> int:
    done = 0
    while some := step():
        done += some
    return done


# -- sending -----------------------------------------------------------------------------------------------------------
def _send(folder: Path, plain: Any) -> None:
    """What was planned is sent to one device each."""
    now = timezone.now()
    with bypass():
        waiting = Occurrence.objects.filter(state=State.WAITING)
        waiting.exclude(person__in=PushSubscription.objects.values("person")).delete()
        Occurrence.objects.exclude(state=State.WAITING).delete()
        ids = [str(pk) for pk in waiting.values_list("pk", flat=True)[: PLAIN + SENT]]
        waiting.exclude(pk__in=ids).delete()
        waiting.update(due_at=now, look_at=now, expires_at=now + HOUR)
    _sql("VACUUM ANALYZE")
    plainly = _plainly(folder, plain.send_one, ids[:PLAIN])
    with _as_worker():
        sent, wall, core = _timed(lambda: sender.send_due(timezone.now(), spell=600))
    with bypass():
        if (really := Occurrence.objects.filter(state=State.SENT, channels__push="sent").count()) < sent:
            raise AssertionError(f"{really} of {sent} were sent: {_reasons()}")
    report("sent by single tasks", f"{PLAIN / plainly:,.0f} a second")
    ratio = f"{sent / wall / (PLAIN / plainly):,.1f} times as many; by the clock {sent / wall:,.0f} a second"
    report("sent in batches, encrypted", f"{sent / core:,.0f} a second and core", ratio, sent / core >= LEAST_SENT)


# -- in time -----------------------------------------------------------------------------------------------------------
def _in_time(folder: Path, there: FarEnd, people: Sequence[Person], browser: Browser) -> None:
    """All due in the same second, with the real beat and two workers."""
    with bypass():
        Reminder.objects.all().delete()
        Occurrence.objects.all().delete()
        _devices(people, browser, there)
    guard = Guard()
    argv = ["worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    parts = [
        _celery(folder, "tests.bench.plain", "worker", *argv),
        _celery(folder, "tests.bench.plain", "beat", "beat", "--schedule", str(folder / "beat"), "--pidfile", ""),
    ]
    try:
        for part in parts:
            part.start(guard)
        time.sleep(6)
        due = timezone.now().replace(second=0, microsecond=0) + MINUTE
        if due - timezone.now() < timedelta(seconds=20):
            due += MINUTE
        with bypass():
            Reminder.objects.bulk_create([_rule_for(person, due) for person in people], 2000)
        there.forget()
        wait_until(lambda: there.count()["push"] >= len(people), (due - timezone.now()).total_seconds() + 60, 0.5)
        arrived = sorted(one.at - due.timestamp() for one in there.arrived())
    finally:
        for part in parts:
            part.stop()
        guard.dismiss()
    if len(arrived) != len(people):
        raise AssertionError(f"{len(arrived)} of {len(people)} arrived: {_reasons()}")
    nearly_all = arrived[int(len(arrived) * 0.99)]
    figure = f"99 of 100 within {nearly_all:.1f} s, the first after {arrived[0]:.1f}, the last after {arrived[-1]:.1f}"
    report(
        f"{AT_ONCE:,} due in one second", figure, f"load of this machine {os.getloadavg()[0]:.1f}", nearly_all <= WITHIN
    )


def _rule_for(person: Person, due: datetime) -> Reminder:
    """A rule whose minutes either way lead to this very minute."""
    minute = due.hour * 60 + due.minute
    while True:
        made = _rule(person, UUID(int=uuid4().int))
        for at in range(max(0, minute - 20), min(1440, minute + 21)):
            clock = (datetime.min.replace(tzinfo=UTC) + at * MINUTE).time()
            if due_on(_wall(clock), due.date(), person.zone, made.id.bytes) == due:
                made.at, made.next_date, made.next_due_at = clock, due.date(), due
                return made


# -- what it takes -----------------------------------------------------------------------------------------------------
def _people(number: int) -> list[Person]:
    began = datetime.now(UTC) - DAY
    people = [
        Person(email=f"p{index}@example.org", password="!", time_zone="UTC", last_active_at=began)
        for index in range(number)
    ]
    Person.objects.bulk_create(people, 5000)
    Standing.objects.bulk_create([Standing(person=person, gentle_a_week=7, **ALL_DAY) for person in people], 5000)
    return people


def _wall(at: Any) -> Rule:
    midnight = clock_time(0)
    return Rule(EVERY_DAY, at, midnight, midnight)


def _rule(person: Person, pk: UUID) -> Reminder:
    now = datetime.now(UTC)
    return Reminder(id=pk, person=person, idea="gaze", made_at=now, client_key=uuid4(), zone=person.time_zone)


def _rules(people: Sequence[Person]) -> None:
    """The first of some has come due in the last hour; all others are for later."""
    now = datetime.now(UTC)
    rules = []
    for index, person in enumerate(people):
        for number in range(RULES_EACH):
            made = _rule(person, uuid4())
            is_due = number == 0 and index < DUE
            made.at = (now - 21 * MINUTE if is_due else now + (2 + index % 20) * HOUR).time().replace(second=0)
            since = now - 50 * MINUTE if is_due else now
            made.next_date, made.next_due_at = next_due(_wall(made.at), person.zone, since, None, made.id.bytes)
            rules.append(made)
    Reminder.objects.bulk_create(rules, 5000)


def _devices(people: Sequence[Person], browser: Browser, there: FarEnd) -> None:
    now = datetime.now(UTC)
    devices = [
        PushSubscription(person=one, endpoint=there.endpoint(str(one.pk)), made_at=now, checked_at=now, **browser.keys)
        for one in people
    ]
    PushSubscription.objects.bulk_create(devices, 5000)


def _reasons() -> Any:
    with bypass():
        return list(Occurrence.objects.values_list("state", "reason", "channels").distinct()[:20])


def _timed(call: Any) -> tuple[int, float, float]:
    """What it gave, seconds on the wall, seconds of cores: this process's and its database backend's."""
    began, core = time.perf_counter(), time.process_time() + _backend()
    gave = call()
    return gave, time.perf_counter() - began, time.process_time() + _backend() - core


def _backend() -> float:
    """Seconds of cores that PostgreSQL's process for this connection has used; 0 where nobody can say."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _as_worker() -> Iterator[None]:
    _sql("SET ROLE worker")
    try:
        yield
    finally:
        _sql("SET ROLE owner")


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _celery(folder: Path, app: str, name: str, *argv: str) -> Process:
    """A part of Celery on the bench's database."""
    database = settings.DATABASES["default"]
    url = f"postgres://worker@{quote(str(database['HOST']), safe='')}/{database['NAME']}"
    env = {"DATABASE_URL": url, "DATABASE_ROLE": "worker", "PUSH_LOCAL": "1", "DEV": "1", "PYTHONPATH": str(ROOT)}
    celery = str(Path(sys.executable).with_name("celery"))
    return Process(name, [celery, "-A", app, *argv], folder / f"{name}.log", env=env)


def _plainly(folder: Path, task: Any, ids: Sequence[str]) -> float:
    """Seconds for a worker of one process until each has had its task, from the first that is done."""
    guard, queue = Guard(), f"plain-{uuid4()}"
    argv = ["worker", "--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "info", "-Q", queue]
    part = _celery(folder, "tests.bench.plain", "plain", *argv)
    for pk in ids:
        task.apply_async([pk], queue=queue)
    try:
        part.start(guard)
        done = folder / "plain.log"
        if not wait_until(lambda: done.exists() and b"succeeded" in done.read_bytes(), 60, 0.02):
            raise AssertionError(part.last_words())
        began = time.perf_counter()
        wait_until(lambda: done.read_bytes().count(b"succeeded") >= len(ids), 300, 0.1)
        return time.perf_counter() - began
    finally:
        part.stop()
        done.unlink()
        guard.dismiss()
