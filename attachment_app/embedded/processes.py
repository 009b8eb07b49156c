"""Processes that never outlive us: each in a group of its own, all known to a guard that ends them if we die."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

LOG_LIMIT = 5_000_000


class CannotStart(Exception):
    """A part did not start; the text is a sentence for whoever sits at the terminal."""


@dataclass
class Process:
    """One child and its group; `stop_signal` ends it in good order."""

    name: str
    argv: list[str]
    log: Path
    stop_signal: int = signal.SIGTERM
    env: dict[str, str] = field(default_factory=dict)
    user: int | None = None
    group: int | None = None
    patience: float = 4.0  # seconds between asking and making
    popen: "subprocess.Popen[bytes] | None" = None

    def start(self, guard: "Guard") -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        mode = "wb" if self.log.exists() and self.log.stat().st_size > LOG_LIMIT else "ab"
        with self.log.open(mode) as log:
            self.popen = subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.env},
                cwd="/" if self.user is not None else None,
                user=self.user,
                group=self.group,
                extra_groups=[] if self.user is not None else None,
                start_new_session=True,
            )
        guard.watch(self.popen.pid, self.stop_signal)

    @property
    def is_running(self) -> bool:
        return self.popen is not None and self.popen.poll() is None

    def ask_to_stop(self) -> None:
        if self.popen and self.is_running:
            self.popen.send_signal(self.stop_signal)

    def stop(self) -> None:
        """Ask, wait, and end whatever is left of the group."""
        if self.popen is None:
            return
        self.ask_to_stop()
        try:
            self.popen.wait(self.patience)
        except subprocess.TimeoutExpired:
            pass
        self.sweep()

    def sweep(self) -> None:
        """End what a dead or stubborn leader left behind."""
        if self.popen is not None:
            kill_group(self.popen.pid, signal.SIGKILL)
            self.popen.wait()

    def last_words(self, lines: int = 10) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Guard:
    """A small process that holds our pipe: when we are gone, it ends every group that we started (see guard.py)."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}
        self._popen = self._spawn()

    def watch(self, pid: int, stop_signal: int) -> None:
        self._known[pid] = stop_signal
        self._tell(f"{pid} {int(stop_signal)}\n")

    def keep(self) -> None:
        """Start the guard anew if it was killed."""
        if self._popen.poll() is not None:
            self._popen = self._spawn()
            for pid, stop_signal in self._known.items():
                self._tell(f"{pid} {int(stop_signal)}\n")

    def dismiss(self) -> None:
        self._tell("done\n")
        assert self._popen.stdin
        self._popen.stdin.close()
        self._popen.wait()

    def _tell(self, line: str) -> None:
        assert self._popen.stdin
        try:
            self._popen.stdin.write(line.encode())
            self._popen.stdin.flush()
        except BrokenPipeError:
            pass  # keep() starts another

    @staticmethod
    def _spawn() -> "subprocess.Popen[bytes]":
        script = Path(__file__).with_name("guard.py")
        return subprocess.Popen([sys.executable, "-I", str(script)], stdin=subprocess.PIPE, start_new_session=True)


def kill_group(pid: int, what: int) -> None:
    try:
        os.killpg(pid, what)
    except (ProcessLookupError, PermissionError):
        pass  # gone, or its number was given to somebody else's group


def wait_until(ready: Callable[[], bool], seconds: float, step: float = 0.05) -> bool:
    """Poll `ready()` for at most `seconds`; whether it came true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(step)
    return False
