"""What the rules of sending have to know of people and of whom a message is about; higher apps tell it in `ready`."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from uuid import UUID

from .voices import ChildFact

Busy = Callable[[Collection[UUID], datetime], set[UUID]]
Facts = Callable[[Collection[UUID]], Mapping[UUID, ChildFact]]
_busy: list[Busy] = []
_facts: list[Facts] = []


def tells_who_is_busy(ask: Busy) -> None:
    """`ask(people, since)`: those of the people who have something running that they began after `since`."""
    _busy.append(ask)


def tells_about(ask: Facts) -> None:
    """`ask(ids)`: what is known of those whom messages are about; one who is not known any more is left out."""
    _facts.append(ask)


def busy(people: Collection[UUID], since: datetime) -> set[UUID]:
    return set().union(*(ask(people, since) for ask in _busy)) if people else set()


def facts(ids: Collection[UUID]) -> dict[UUID, ChildFact]:
    return {pk: fact for ask in _facts for pk, fact in ask(ids).items()} if ids else {}
