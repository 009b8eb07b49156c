"""Somebody's time zone is another one: higher apps say in `AppConfig.ready` what is to be reckoned again."""

from collections.abc import Callable
from datetime import datetime

from .models import Person

Moved = Callable[[Person, datetime], None]
_moved: list[Moved] = []


def when_somebody_moves(do: Moved) -> None:
    """`do(person, now)` is called once the new zone is saved, in the same transaction."""
    _moved.append(do)


def moved(person: Person, now: datetime) -> None:
    for do in _moved:
        do(person, now)
