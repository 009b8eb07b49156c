"""A site without pages on a stand of its own, where everything may be killed: PostgreSQL, Valkey, workers, beats."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from attachment_app.embedded import places, postgres, valkey
from attachment_app.embedded.processes import Guard, Process, wait_until
from attachment_app.lib import roles
from tests.far_end import ROOT, FarEnd, open_far_end
from tests.pushbox import Browser


class Stand:
    """Workers by their names, each with its beat; a clock that is set by hand; a far end that counts."""

    def __init__(self, var: Path, guard: Guard, there: FarEnd) -> None:
        self.var, self.guard, self.there = var, guard, there
        self.folder = var / "faults"
        self.folder.mkdir()
        self.browser = Browser(there.endpoint("of-all"))
        self.clocks: list[tuple[float, float]] = []  # since when (machine's time) it has been so many seconds ahead
        self.set_clock(datetime.now(UTC))
        self.database = postgres.start(var, guard)  # with fsync: what was committed has to be there afterwards
        self.broker = valkey.start(var, guard)
        self.parts: dict[str, Process] = {}

    # -- before ------------------------------------------------------------------------------------------------------
    def fill(self, number: int, seed: int) -> None:
        """Tables and people (people.py). Who was started before finds no tables for a while: one more fault."""
        keys = {**self.browser.keys, "url": self.there.endpoint("")}
        (self.folder / "browser.json").write_text(json.dumps(keys))
        argv = [sys.executable, "-m", "tests.faults.people", str(number), str(seed)]
        subprocess.run(argv, cwd=ROOT, env={**os.environ, **self._env(roles.OWNER)}, check=True)

    def start(self, *names: str) -> None:
        """Workers, each with a beat of its own (a process, too); one that is there is left alone."""
        for name in names:
            if name not in self.parts or not self.parts[name].is_running:
                self.parts[name] = self._worker(name)
                self.parts[name].start(self.guard)

    def _worker(self, name: str) -> Process:
        argv = [str(Path(sys.executable).with_name("celery")), "-A", "tests.faults.worker", "worker"]
        argv += ["--concurrency", "1", "--hostname", f"{name}@stand", "--loglevel", "info"]
        argv += ["--without-gossip", "--without-mingle", "--beat", "--schedule", str(self.folder / f"{name}.beat")]
        return Process(name, argv, self.var / "log" / f"{name}.log", env=self._env(roles.WORKER))

    def _env(self, role: str) -> dict[str, str]:
        return {
            "VAR_DIR": str(self.var),
            "FAULTS": str(self.folder),
            "DATABASE_URL": places.database_url(self.var, role),
            "DATABASE_ROLE": role,
            "REDIS_URL": places.redis_url(self.var),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.there.smtp_port}",
            "PUSH_LOCAL": "1",
            "DEV": "1",
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "attachment_app.settings",
        }

    # -- the clock ---------------------------------------------------------------------------------------------------
    def set_clock(self, to: datetime) -> None:
        """From now on it is `to`, and goes on from there."""
        ahead = to.timestamp() - time.time()
        draft = self.folder / "clock.new"
        draft.write_text(repr(ahead))
        draft.rename(self.folder / "clock")
        self.clocks.append((time.time(), ahead))

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self.clocks[-1][1], UTC)

    # -- what is done to it ------------------------------------------------------------------------------------------
    def lay(self, *points: str) -> None:
        """Whoever comes there next dies there."""
        for point in points:
            (self.folder / point).touch()

    def take_up(self, *points: str) -> None:
        """What was laid and not met is there no more."""
        for point in points:
            (self.folder / point).unlink(missing_ok=True)

    def were_met(self, *points: str) -> bool:
        return not any((self.folder / point).exists() for point in points)

    def kill(self, name: str) -> None:
        """kill -9, the whole group: the worker, its child and its beat."""
        self.parts[name].sweep()

    def restart_database(self) -> None:
        """As `pg_ctl restart -m immediate` does it: no goodbye, and recovery from the log."""
        assert self.database.popen
        self.database.popen.send_signal(signal.SIGQUIT)
        self.database.popen.wait()
        self.database = postgres.start(self.var, self.guard)

    def restart_broker(self) -> None:
        """It is killed, and has forgotten everything when it comes back."""
        self.broker.sweep()
        self.broker = valkey.start(self.var, self.guard)

    def flush_broker(self) -> None:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(places.run_dir(self.var) / "valkey.sock"))
            client.sendall(b"FLUSHALL\r\n")
            assert client.recv(5) == b"+OK\r\n"

    # -- what it looks like ------------------------------------------------------------------------------------------
    def rows(self, statement: str, *given: Any) -> list[tuple[Any, ...]]:
        """As the superuser, whom no policy holds."""
        with psycopg.connect(places.database_url(self.var, "postgres"), autocommit=True) as database:
            return database.execute(statement, given).fetchall()

    def wait_for(self, what: str, ready: Callable[[], bool], seconds: float = 150) -> None:
        if not wait_until(ready, seconds, 0.2):
            words = "\n".join(f"{name}: {part.last_words()}" for name, part in self.parts.items())
            raise AssertionError(f"never came: {what} ({self.tally()})\n{words}")

    def tally(self) -> dict[str, int]:
        return dict(self.rows("SELECT state, count(*) FROM delivery_occurrence GROUP BY state"))

    def is_idle(self) -> bool:
        """Nothing is due any more or on its way; leases of the dead may stand."""
        if any(Path(f"/proc/{mark.name.partition('-')[2]}").exists() for mark in self.folder.glob("busy-*")):
            return False
        ((still,),) = self.rows(
            "SELECT (SELECT count(*) FROM journal_reminder WHERE next_due_at <= %s)"
            " + (SELECT count(*) FROM delivery_occurrence WHERE state = '' AND look_at <= %s)"
            " + (SELECT count(*) FROM delivery_occurrence WHERE state = 'leased' AND lease_until < %s)",
            *[self.now()] * 3,
        )
        return bool(still == 0)


@contextmanager
def open_stand() -> Iterator[Stand]:
    """All of it, gone at the end."""
    var = Path(tempfile.mkdtemp(prefix="to-and-fro-faults-"))
    var.chmod(0o755)  # root's PostgreSQL runs as another user, who has to pass through
    guard = Guard()
    try:
        with open_far_end(var / "far") as there:
            stand = Stand(var, guard, there)
            try:
                yield stand
            finally:
                for part in stand.parts.values():
                    part.sweep()
                stand.broker.stop()
                stand.database.stop()
    finally:
        guard.dismiss()
        shutil.rmtree(var, ignore_errors=True)
