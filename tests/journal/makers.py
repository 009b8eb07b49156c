"""Short ways to say what was logged."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from attachment_app.accounts.models import Child, Person
from journal import rules
from journal.models import EVERY_DAY, Exchange, Kind, Reminder, Step, When
from tests.world import NOW


def logged(child: Child, author: Person, kind: str = Kind.SOOTHING, at: datetime = NOW, **fields: Any) -> Exchange:
    exchange, _new = Exchange.objects.log(kind, child, author, uuid4(), at)
    if fields:
        Exchange.objects.filter(pk=exchange.pk).update(**fields)
        exchange.refresh_from_db()
    return exchange


def tried(exchange: Exchange, author: Person, *results: str, guess: str = "tired", response: str = "rocked") -> None:
    """Steps one after the other, three minutes apart."""
    for index, result in enumerate(results):
        at = exchange.started_at + timedelta(minutes=3 * (index + 1))
        Step.objects.tell(exchange, author, uuid4(), at, guess, response, result)


def of_own_words(person: Person, child: Child, words: str, at: time = time(15)) -> Reminder:
    """A reminder for every day."""
    said = {"child": child, "idea": "", "words": words, "days": EVERY_DAY, "when": When.CLOCK, "at": at}
    return rules.make(person, uuid4(), {**said, "reckoned_at": None}, NOW)
