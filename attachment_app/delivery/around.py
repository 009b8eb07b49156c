"""What the rules of sending have to know of people and of whom a message is about; higher apps tell it in `ready`."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser

from .voices import ChildFact

Busy = Callable[[Collection[UUID], datetime], set[UUID]]
Changed = Callable[[Any, datetime], None]
Facts = Callable[[Collection[UUID]], Mapping[UUID, ChildFact]]
_busy: list[Busy] = []
_facts: list[Facts] = []
_quiet_changed: list[Changed] = []


def tells_who_is_busy(ask: Busy) -> None:
    """`ask(people, since)`: those of the people who have something running that they began after `since`."""
    _busy.append(ask)


def tells_about(ask: Facts) -> None:
    """`ask(ids)`: what is known of those whom messages are about; one who is not known any more is left out."""
    _facts.append(ask)


def when_quiet_hours_change(do: Changed) -> None:
    """`do(person, now)`: whatever was reckoned with the person's quiet hours is reckoned again."""
    _quiet_changed.append(do)


def quiet_hours_changed(person: AbstractBaseUser, now: datetime) -> None:
    for do in _quiet_changed:
        do(person, now)


def busy(people: Collection[UUID], since: datetime) -> set[UUID]:
    return set().union(*(ask(people, since) for ask in _busy)) if people else set()


def facts(ids: Collection[UUID]) -> dict[UUID, ChildFact]:
    return {pk: fact for ask in _facts for pk, fact in ask(ids).items()} if ids else {}
