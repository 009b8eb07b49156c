"""Run everything: database, broker, web server, Celery's worker and beat, in one command."""

import os
import time
from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from attachment_app.embedded import postgres, supervisor, valkey
from attachment_app.embedded.processes import CannotStart, Guard, Process
from attachment_app.embedded.supervisor import Supervisor


class Command(BaseCommand):
    help = "Starts the whole site and keeps it running until Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = time.monotonic()
        try:
            supervisor.check_port(settings.HOST, settings.PORT)
            self.boss = Supervisor(settings.VAR_DIR, settings.HOST, settings.PORT, self.say)
        except CannotStart as error:
            raise CommandError(str(error)) from error
        self.boss.heed_signals()
        try:
            self._start()
            self.boss.watch()
            self.say("Stopping…")
        except CannotStart as error:
            raise CommandError(str(error)) from error
        finally:
            self.boss.stop()
        self.say("Everything has stopped.")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _start(self) -> None:
        var, boss = settings.VAR_DIR, self.boss
        self._services()
        self._step("Bringing the tables and the articles up to date")
        call_command("prepare")
        connections.close_all()
        self._step("Collecting static files")
        call_command("collectstatic", interactive=False, verbosity=0)
        self._step("Starting the web server")
        boss.add(started(lambda: supervisor.web(var, settings.HOST, settings.PORT), boss.guard))
        boss.wait_for_first_page()
        # After the first page, so that nothing competes with it; what it wanted to send waits in the outbox.
        boss.add(started(lambda: supervisor.worker(var), boss.guard))
        boss.add(started(lambda: supervisor.beat(var), boss.guard))
        if not boss.stopping:
            self._ready()

    def _services(self) -> None:
        """PostgreSQL and Valkey of our own where none are named, both at the same time."""
        var, boss = settings.VAR_DIR, self.boss
        if os.environ.get("DATABASE_URL"):
            self._step("Looking for the database that DATABASE_URL names")
            _check_database()
        else:
            self._step("Starting the database")
            boss.add(lambda: postgres.start(var, boss.guard))
        if os.environ.get("REDIS_URL"):
            _check_broker()
        else:
            self._step("Starting the broker")
            boss.add(lambda: valkey.start(var, boss.guard))

    def _step(self, what: str) -> None:
        if self.boss.stopping:
            raise CannotStart("Stopped before it was ready.")
        self.say(f"{what}… ({time.monotonic() - self.began:.1f} s)")

    def _ready(self) -> None:
        self.say(f"\n{settings.SITE_NAME} is ready: http://localhost:{settings.PORT}")
        if settings.DEV:
            self.say("Sign up there with any e-mail address: the confirmation code is shown on the page (DEV=1).")
            self.say("Or run `make demo` in another terminal: it makes families and prints how to sign in as them.")
        self.say("Ctrl-C stops everything.\n")


def started(make: Callable[[], Process], guard: Guard) -> Callable[[], Process]:
    """A start for the supervisor out of a description of the process."""

    def start() -> Process:
        process = make()
        process.start(guard)
        return process

    return start


def _check_database() -> None:
    """Raises CannotStart where it does not answer. Roles that are missing are made, if DATABASE_URL may make them."""
    try:
        if not _answers("does not exist"):
            call_command("roles")
            _answers()
    except (DatabaseError, CommandError) as error:
        reason = str(error.__cause__ or error).strip().splitlines()[-1] if str(error) else type(error).__name__
        raise CannotStart(f"The database that DATABASE_URL names does not answer: {reason}") from error


def _answers(unless: str = "") -> bool:
    """Whether it takes a connection; False where it refuses one with the words `unless`."""
    try:
        connections["default"].ensure_connection()
    except DatabaseError as error:
        if unless and unless in str(error) and 'role "' in str(error):
            return False
        raise
    return True


def _check_broker() -> None:
    try:
        redis.Redis.from_url(_plain(settings.CELERY_BROKER_URL), socket_connect_timeout=3).ping()
    except (redis.RedisError, ValueError) as error:
        raise CannotStart(f"The broker that REDIS_URL names does not answer: {error}") from error


def _plain(url: str) -> str:
    """Celery's spelling of a socket address in the client's own."""
    return url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
