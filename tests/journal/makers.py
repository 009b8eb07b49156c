"""Short ways to say what was logged."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from attachment_app.accounts.models import Child, Person
from attachment_app.delivery.models import Occurrence, Standing
from journal import rules
from journal.models import (
    EVERY_DAY,
    Break,
    Contact,
    Ending,
    Exchange,
    Kind,
    Plan,
    Reminder,
    Step,
    Trigger,
    When,
)
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


def own_of(who: Person, words: str, at: datetime = NOW) -> dict[str, UUID]:
    """A plan, somebody to ring, a kept break and an offer of theirs, with `words` in each that has any; their ids."""
    plan = Plan.objects.write(who, uuid4(), at, cue=f"{words} cries", act="step out")
    contact = Contact.objects.write(who, uuid4(), at, name=f"{words}’s aunt", number="020 7946 0123")
    kept = Break.objects.take(who, uuid4(), Trigger.ASKED, at, None)
    kept.end(at + timedelta(minutes=5))
    kept.say(Ending.STILL_HARD)
    times = {"local_date": at.date(), "planned_at": at, "due_at": at, "look_at": at, "expires_at": at}
    said = {"state": "sent", "decided_at": at, "seen_at": at}
    offer = Occurrence.objects.create(person=who, kind="offer", source=uuid4(), **times, **said)
    Standing.objects.get_or_create(person=who)
    return {"plan": plan.pk, "contact": contact.pk, "break": kept.pk, "offer": offer.pk}
