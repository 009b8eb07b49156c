"""Runs the whole site from one command, starts again what dies, and stops everything with itself."""

import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable
from pathlib import Path

from .processes import CannotStart, Guard, Process, wait_until

RESTARTS, WITHIN = 5, 60.0  # a part that dies this often within so many seconds is not started again


class Supervisor:
    """The parts of a running site, in the order in which they start; `say` prints a line for the operator."""

    def __init__(self, var: Path, host: str, port: int, say: Callable[[str], None]) -> None:
        self.var, self.host, self.port, self.say = var, host, port, say
        self.parts: list[tuple[Process, Callable[[], Process]]] = []
        self.deaths: dict[str, deque[float]] = {}
        self.parent = os.getppid() if os.environ.get("UP_WITH_PARENT") else None
        self.stopping = False
        self._lock = self._take_lock()
        self.guard = Guard()

    def add(self, start: Callable[[], Process]) -> Process:
        """Start a part and look after it from now on. `start` is called again when the part dies."""
        part = start()
        self.parts.append((part, start))
        return part

    def watch(self) -> None:
        """Look after the parts until somebody asks us to stop. Raises CannotStart where one keeps dying."""
        while not self.stopping and not self._is_orphan():
            time.sleep(0.3)
            self.guard.keep()
            for index, (part, start) in enumerate(self.parts):
                if not self.stopping and not part.is_running:
                    self._start_again(index, part, start)

    def stop(self) -> None:
        """What serves people first, then what it stands on; at most ten seconds in all."""
        for part, _start in reversed(self.parts[-3:]):
            part.ask_to_stop()
        for part, _start in reversed(self.parts):
            part.stop()
        self.guard.dismiss()

    def heed_signals(self) -> None:
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._on_signal)

    def wait_for_first_page(self, seconds: float = 30) -> None:
        """Until /up answers 200. Raises CannotStart with the web server's last words."""
        web = next(part for part, _start in self.parts if part.name == "web")
        ok = wait_until(lambda: self.stopping or not web.is_running or is_up(self.port), seconds, 0.1)
        if not self.stopping and not (ok and web.is_running):
            raise CannotStart(f"The web server did not answer. Its last words, from {web.log}:\n{web.last_words()}")

    def _start_again(self, index: int, part: Process, start: Callable[[], Process]) -> None:
        part.sweep()
        died = self.deaths.setdefault(part.name, deque(maxlen=RESTARTS))
        died.append(time.monotonic())
        if len(died) == RESTARTS and died[-1] - died[0] < WITHIN:
            raise CannotStart(f"The {part.name} keeps stopping. Its last words, from {part.log}:\n{part.last_words()}")
        self.say(f"The {part.name} stopped; starting it again.")
        time.sleep(0.3 * len(died))
        try:
            self.parts[index] = (start(), start)
        except CannotStart as error:
            self.say(str(error))  # it is seen dead on the next round, and counted

    def _take_lock(self) -> int:
        self.var.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.var / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
        # Whoever ran here may have been killed a moment ago: its guard needs up to four seconds.
        if not wait_until(lambda: _locked(lock), 0.2):
            raise CannotStart(f"The site is running already from {self.var}. Stop it first, or set VAR_DIR.")
        return lock

    def _is_orphan(self) -> bool:
        return self.parent is not None and os.getppid() != self.parent

    def _on_signal(self, signum: int, frame: object) -> None:
        self.stopping = True


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def check_port(host: str, port: int) -> None:
    """Raises CannotStart where somebody listens there already, or where nobody may."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise CannotStart(f"Port {port} needs more rights than you have. Try PORT=8000 make run.") from error
        except OSError as error:
            raise CannotStart(
                f"Port {port} is in use. Stop what runs there, or choose another: PORT={port + 1} make run."
            ) from error


def is_up(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/up", timeout=3) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def web(var: Path, host: str, port: int) -> Process:
    argv = [_script("granian"), "--interface", "wsgi", "--host", host, "--port", str(port), "--respawn-failed-workers"]
    argv += ["--workers", os.environ.get("WEB_WORKERS", "2"), "--blocking-threads", os.environ.get("WEB_THREADS", "4")]
    argv += ["--workers-kill-timeout", "3", "--no-ws", "attachment_app.wsgi:application"]
    return Process("web", argv, var / "log" / "web.log", env={"DB_POOL": "8", "DATABASE_ROLE": "web"})


def worker(var: Path) -> Process:
    argv = [_script("celery"), "-A", "attachment_app", "worker", "--concurrency", "2", "--loglevel", "info"]
    argv += ["--without-gossip", "--without-mingle"]
    return Process("worker", argv, var / "log" / "worker.log", env={"DATABASE_ROLE": "worker"})


def beat(var: Path) -> Process:
    (var / "beat.pid").unlink(missing_ok=True)
    argv = [_script("celery"), "-A", "attachment_app", "beat", "--loglevel", "info"]
    argv += ["--schedule", str(var / "beat-schedule"), "--pidfile", ""]
    return Process("beat", argv, var / "log" / "beat.log", env={"DATABASE_ROLE": "worker"})


def _script(name: str) -> str:
    return str(Path(sys.executable).with_name(name))
