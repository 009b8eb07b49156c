"""The site's Celery application as the fault suite runs it: `celery -A tests.faults.worker …`.

It is the same code and the same tasks. What is added lies around them, and in the tests alone: a process that comes
past a named point kills itself there if somebody laid a file of that name into the folder FAULTS; the clock at the
edge is the machine's and so many seconds (the file `clock`); and the bell rings every second.
"""

import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from attachment_app.celery import app  # noqa: E402
from attachment_app.delivery import departing, push, sender, voices  # noqa: E402
from attachment_app.delivery.models import Kind  # noqa: E402
from journal import planner  # noqa: E402
from tests.delivery.makers import PlainVoice  # noqa: E402
from tests.faults.points import AFTER_LEASE, AFTER_PLAN, AFTER_SEND, AMID_SEND, BEFORE_MARK, BEFORE_PLAN  # noqa: E402

FOLDER = Path(os.environ["FAULTS"])

_real_now, _real_send, _real_finish = timezone.now, push.send, sender.finish


def _now() -> datetime:
    return _real_now() + timedelta(seconds=float((FOLDER / "clock").read_text()))


def is_meant(point: str) -> bool:
    """Whether this process is to die here: it takes the file away, so that one file is one death."""
    try:
        (FOLDER / point).unlink()
    except FileNotFoundError:
        return False
    return True


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(owner: Any, name: str, before: str = "", after: str = "", counts: Callable[[Any], bool] = bool) -> None:
    """Put points around a function; `counts` tells from its answer whether there was anything to do."""
    real = getattr(owner, name)

    @wraps(real)
    def around(*given: Any, **named: Any) -> Any:
        if before and is_meant(before):
            die()
        gave = real(*given, **named)
        if after and counts(gave) and is_meant(after):
            die()
        return gave

    setattr(owner, name, around)


def _send_half(parcels: Any, deadline: float) -> Any:
    if len(parcels) > 1 and is_meant(AMID_SEND):
        _real_send(parcels[: len(parcels) // 2], deadline)
        die()
    return _real_send(parcels, deadline)


def _finish(*given: Any, **named: Any) -> None:
    """While messages are on their way there is a file of this process."""
    mark = FOLDER / f"busy-{os.getpid()}"
    mark.touch()
    _real_finish(*given, **named)
    mark.unlink()


timezone.now = _now
sender.finish = _finish
push.send = _send_half
deadly(planner, "_insert", after=BEFORE_PLAN)
deadly(planner, "plan", after=AFTER_PLAN, counts=lambda gave: gave[1] > 0)
deadly(sender, "lease", after=AFTER_LEASE, counts=lambda gave: bool(gave[1]))
deadly(departing, "_push", after=AFTER_SEND, counts=lambda _gave: True)
deadly(departing, "_mark", before=BEFORE_MARK)
for kind in Kind.values:
    voices.speaks(kind, PlainVoice(*(f"text-{number}" for number in range(30))))
for name in ("plan", "send"):
    app.conf.beat_schedule[name]["schedule"] = 1.0
