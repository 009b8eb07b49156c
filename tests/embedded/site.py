"""The site as an operator starts it, in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg

from attachment_app.embedded import places

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(ready: Callable[[], object], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(0.1)
    return False


class Site:
    """`manage.py up` on a free port with its own var folder and its own embedded services."""

    def __init__(self, var: Path, **env: str) -> None:
        self.var, self.port = var, free_port()
        self.url = f"http://localhost:{self.port}"
        taken = {"DATABASE_URL", "REDIS_URL", "VAR_DIR", "DJANGO_SETTINGS_MODULE", "EMAIL_URL"}
        self.env = {name: value for name, value in os.environ.items() if name not in taken}
        self.env |= {"VAR_DIR": str(var), "PORT": str(self.port), "DEV": "1", "PYTHONUNBUFFERED": "1", **env}
        self.log = var.parent / f"{var.name}.up.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 40) -> "Site":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        is_up = until(lambda: self.is_up() or self.process.poll() is not None, seconds)  # type: ignore[union-attr]
        if not is_up or self.process.poll() is not None:
            self.stop()
            raise AssertionError(f"the site did not start:\n{self.said()}")
        return self

    def is_up(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/up", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def stop(self, seconds: float = 10) -> int:
        assert self.process
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(seconds)

    def manage(self, *args: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *args], cwd=ROOT, env=self.env, capture_output=True, text=True
        )
        assert done.returncode == 0, f"manage.py {args[0]}: {done.stderr}"
        return done.stdout

    def sql(self, statement: str) -> None:
        with psycopg.connect(places.database_url(self.var), autocommit=True) as database:
            database.execute(statement)

    def processes(self) -> dict[int, str]:
        """Every process that belongs to this site, by the folder or the port in its command or its environment."""
        # Valkey writes its title over its environment, so its socket's folder tells whose it is.
        marks = (f"VAR_DIR={self.var}".encode(), str(self.var).encode(), str(places.run_dir(self.var)).encode())
        found = {}
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit() or int(folder.name) == os.getpid():
                continue
            try:
                command, environment = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
            except OSError:
                continue
            if command and any(mark in command or mark in environment for mark in marks):
                found[int(folder.name)] = command.replace(b"\0", b" ").decode(errors="replace")
        return found

    def named(self, words: str) -> list[int]:
        """Process ids whose command holds `words`, parents before their children."""
        return sorted(pid for pid, command in self.processes().items() if words in command)
