"""Says in sentences what is not right with this installation; never a secret."""

import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import redis
from django.conf import settings
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from attachment_app.accounts.models import DataKey
from attachment_app.delivery.models import Message, Occurrence, Outcome, State
from attachment_app.groups.models import ParentingGroup, Window
from attachment_app.groups.models.window import bounds, latest_due
from attachment_app.lib.roles import ROLES
from attachment_app.lib.row_security import bypass, unguarded
from guidance.help_lines import help_lines

from .prepare import LOST

DISK_LEAST = 1_000_000_000  # bytes
CLOCK_MOST = timedelta(seconds=5)
MAIL_WAITS_MOST = timedelta(minutes=10)
WINDOW_WAITS_MOST = timedelta(days=1)
UNDECIDED_MOST = timedelta(minutes=5)  # a reminder whose time has come is decided within seconds
SECRET_LEAST = 32  # characters


class Command(BaseCommand):
    help = "Checks secrets, mail, roles, migrations, disk, clock and broker, and names what is not right."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = list(findings())
        for sentence in wrong:
            self.stdout.write(f"- {sentence}")
        if wrong:
            raise CommandError(f"{len(wrong)} {'thing is' if len(wrong) == 1 else 'things are'} not right.")
        self.stdout.write("Everything looks right.")


def findings() -> Iterator[str]:
    """One sentence for each thing that is not right. A check that cannot run says so in its own sentence."""
    yield from secrets()
    yield from mail()
    yield from disk()
    yield from broker()
    yield from numbers()
    needs_database: list[Callable[[], Iterator[str]]] = [roles, migrations, keys, clock, outbox, reminders, summaries]
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield f"The database does not answer ({type(error).__name__}), so roles, migrations and clock were not checked."
        return
    for check in needs_database:
        try:
            yield from check()
        except DatabaseError as error:
            yield f"The database refused the check of {check.__name__}: {type(error).__name__}."


def secrets() -> Iterator[str]:
    if len(settings.SECRET_KEY) < SECRET_LEAST:
        yield "SECRET_KEY is short; make it fifty random characters."
    path = settings.VAR_DIR / "secrets"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield f"The secrets in {path} can be read by other users of this machine; chmod 600 mends it."


def mail() -> Iterator[str]:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        if not settings.DEV:
            yield "No mail server is set, so nobody can confirm an address: set EMAIL_URL."
        return
    try:
        get_connection().open()
    except Exception as error:
        yield f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not answer: {type(error).__name__}."


def numbers() -> Iterator[str]:
    lines = help_lines()
    if lines.is_stale(timezone.localdate()):
        yield (
            f"The help lines were last checked on {lines.checked:%d %B %Y}; compare them with their bodies’ pages, and "
            "write the day into guidance/content/help_lines.yaml. They are shown all the same."
        )


def disk() -> Iterator[str]:
    free = shutil.disk_usage(settings.VAR_DIR).free
    if free < DISK_LEAST:
        yield f"Only {free // 1_000_000} MB are free where {settings.VAR_DIR} lies."


def broker() -> Iterator[str]:
    url = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
    try:
        client = redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3)
        policy = dict(client.config_get("maxmemory-policy")).get("maxmemory-policy")  # type: ignore[call-overload]
    except (redis.RedisError, ValueError) as error:
        yield f"The broker does not answer ({type(error).__name__}): mails and reminders wait until it does."
        return
    if policy != "noeviction":
        yield f"The broker may throw work away (maxmemory-policy {policy}); set it to noeviction."


def roles() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = ANY (%s)", [list(ROLES)])
        found = dict(cursor.fetchall())
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = session_user AND (rolsuper OR rolbypassrls)")
        above = cursor.fetchone()
    for role in ROLES:
        if role not in found:
            yield f"The database has no role “{role}”; run manage.py roles."
        elif found[role]:
            yield f"The role “{role}” stands above the rules on rows; make it a plain role."
    if above:
        yield f"DATABASE_URL signs in as “{above[0]}”, who stands above the rules on rows; give it a plain role."
    for table in unguarded():
        yield f"The table {table} holds people's rows and has no forced policy."


def migrations() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        yield f"{waiting} migrations are not applied; run manage.py prepare."


def keys() -> Iterator[str]:
    with bypass():
        lost, waiting = DataKey.objects.lost().count(), DataKey.objects.wrapped_by_others().count()
    if lost:
        yield LOST.format(count=lost)
    elif waiting:
        yield f"{waiting} keys of notes are wrapped by an older NOTES_KEY; run manage.py rotate_keys."


def clock() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there = cursor.fetchone()[0]
    apart = abs(datetime.now(UTC) - there)
    if apart > CLOCK_MOST:
        yield f"This machine’s clock and the database’s are {int(apart.total_seconds())} seconds apart."


def summaries() -> Iterator[str]:
    """A window that has been due for a day, and is not closed, while there are groups."""
    due = latest_due(timezone.now() - WINDOW_WAITS_MOST)
    with bypass():
        closed = Window.objects.filter(number__gte=due, done_at__isnull=False).exists()
        waiting = ParentingGroup.objects.going_on().filter(created_at__lt=bounds(due)[1]).exists()
    if waiting and not closed:
        yield "The groups’ summaries of a fortnight have been due for more than a day; look at the worker and beat."


def outbox() -> Iterator[str]:
    now, day = timezone.now(), timedelta(days=1)
    with bypass():
        late = Message.objects.filter(outcome=Outcome.WAITING, created_at__lt=now - MAIL_WAITS_MOST).count()
        failed = Message.objects.filter(outcome=Outcome.FAILED, outcome_at__gt=now - day).count()
    if late:
        yield f"{late} mails have waited for more than ten minutes; look at the worker, beat and the mail server."
    if failed:
        yield f"{failed} mails could not be sent in the last day."


def reminders() -> Iterator[str]:
    """Counts alone: what a reminder says and whose it is stays out of this."""
    now, day = timezone.now(), timedelta(days=1)
    with bypass():
        late = Occurrence.objects.filter(state=State.WAITING, look_at__lt=now - UNDECIDED_MOST).count()
        unknown = Occurrence.objects.filter(state=State.UNKNOWN, decided_at__gt=now - day).count()
    if late:
        yield f"{late} reminders have waited for more than five minutes; look at the worker and beat."
    if unknown:
        yield f"Of {unknown} reminders of the last day it is not known whether they left; was a worker killed?"
