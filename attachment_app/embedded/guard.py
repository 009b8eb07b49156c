"""Waits for the end of its parent, then ends the parent's children. Run as a script; imports the least it can.

Reads lines “pid signal” from its standard input. At the end of the input without a line “done” the parent died:
each process is asked to stop, and its group is killed three seconds later.
"""

import os
import signal
import sys
import time
from collections.abc import Callable

PATIENCE = 3.0  # seconds; with it nothing is orphaned for more than five


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    children: dict[int, int] = {}
    for line in sys.stdin:
        if line == "done\n":
            return
        pid, stop_signal = line.split()
        children[int(pid)] = int(stop_signal)
    for pid, stop_signal in children.items():
        _send(os.kill, pid, stop_signal)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and any(_send(os.killpg, pid, 0) for pid in children):
        time.sleep(0.1)
    for pid in children:
        _send(os.killpg, pid, signal.SIGKILL)


def _send(how: Callable[[int, int], None], pid: int, what: int) -> bool:
    try:
        how(pid, what)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
