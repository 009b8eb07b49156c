"""Offering a break: what was found in overwhelm.py, held to the limits that delivery keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection

from attachment_app.accounts.models import Person
from attachment_app.delivery.models import Kind as Said
from attachment_app.delivery.models import Occurrence
from attachment_app.delivery.offers import offer_now, plan_for
from attachment_app.lib.times import local_day

from . import overwhelm
from .models import Exchange, Feeling, Result, Trigger
from .models.exchange import USUALLY_LONG

CHECKED_UNTIL = timedelta(hours=2)  # a timer that ran longer was forgotten, and tells nothing
CHECK_LASTS = timedelta(minutes=20)  # later than this a push about it is of no use
OFFER_STANDS = timedelta(hours=3)
CARE_STANDS = timedelta(days=1)  # so long it is on the page of the mark that set it off
BATCH = 500


@dataclass(frozen=True)
class Offer:
    """A break on offer: by what it is waved away, and what set it off, as a Trigger."""

    pk: UUID
    trigger: str


def offered(person: Person, exchanges: Iterable[Exchange], now: datetime) -> Offer | None:
    """The break to offer on a page that shows `exchanges` (with their tales); None where there is none to offer.

    Asks the database only where something sets an offer off, so that a usual page costs nothing.
    """
    trigger, about = Trigger.LONG, _long(person, exchanges, now)
    if about is None:
        trigger, about = Trigger.NOT_YET, _tried(person, exchanges, now)
    if about is None:
        return None
    day = local_day(about.started_at, person.zone)  # once an exchange, midnight or not
    found = offer_now(person, Said.OFFER, source=about.pk, now=now, about=about.child_id, day=day)
    return Offer(found.pk, trigger) if found else None


def after_entry(person: Person, exchange: Exchange, now: datetime) -> None:
    """An entry of theirs was saved: where it was at night, and the nights were hard, rest is spoken of the next day."""
    entry = overwhelm.Entry(exchange.started_at, exchange.ended_at, exchange.kind)
    if exchange.author_id == person.pk and overwhelm.nights([entry], person.zone):
        _rest(person, exchange, now)


def after_mark(person: Person, exchange: Exchange, feeling: str, now: datetime) -> None:
    """They said how they were with an exchange: what may follow from it, decided in the same transaction."""
    if feeling in overwhelm.HARD:
        _rest(person, exchange, now)
    if feeling == Feeling.TOO_MUCH:
        marks = overwhelm.own_marks(person, now, overwhelm.OF_DAYS)
        days = overwhelm.days_of_too_much(marks, person.zone, local_day(now, person.zone))
        if days >= overwhelm.TOO_MUCH_DAYS:
            offer_now(person, Said.CARE, source=_source(person, Said.CARE), now=now)


def care_for(person: Person, now: datetime) -> Occurrence | None:
    """“How are you?”, where it was asked within the last day and not answered."""
    own = Occurrence.objects.visible_to(person).in_inbox().filter(kind=Said.CARE, answered_at=None)
    return own.filter(decided_at__gt=now - CARE_STANDS).first()


def last_offer(person: Person, now: datetime) -> datetime | None:
    """When a break was last offered on a page, where that was lately."""
    own = Occurrence.objects.visible_to(person).in_inbox().filter(kind=Said.OFFER, decided_at__gt=now - OFFER_STANDS)
    return own.order_by("-decided_at").values_list("decided_at", flat=True).first()


def plan_checks(now: datetime) -> int:
    """Plan a push for everybody who asked to be checked on and has been soothing for long; how many.

    The worker reads no family's rows: the function gives ids, and of an exchange once.
    """
    with connection.cursor() as cursor:
        limits: list[Any] = [now, overwhelm.LONG_SOOTHING, CHECKED_UNTIL, BATCH]
        cursor.execute("SELECT person, child, source, started_at FROM long_soothings(%s, %s, %s, %s)", limits)
        found = cursor.fetchall()
    people, until = Person.objects.in_bulk({person for person, *_rest in found}), now + CHECK_LASTS
    return sum(
        plan_for(people[who], Said.CHECK, source, now, until, now, about=child, day=local_day(began, people[who].zone))
        for who, child, source, began in found
    )


def _long(person: Person, exchanges: Iterable[Exchange], now: datetime) -> Exchange | None:
    """A soothing of theirs that runs for long, and that the site does not take for a forgotten timer."""
    own = (one for one in exchanges if one.author_id == person.pk and one.is_soothing and one.is_running)
    known = (one for one in own if one.proposed_end_at is None and now - one.started_at < USUALLY_LONG)
    return next((one for one in known if overwhelm.is_long(one.counts_from, one.paused_since, now)), None)


def _tried(person: Person, exchanges: Iterable[Exchange], now: datetime) -> Exchange | None:
    """The exchange at whose “not yet” they have said it too often for one evening; the last thing said must be one."""
    own = [(step, one) for one in exchanges for step in one.steps.all() if step.author_id == person.pk]
    said = [(step.ended_at, step.result, one) for step, one in own if step.ended_at]
    if not said:
        return None
    at, result, about = max(said, key=lambda row: row[0])
    if result != Result.NOT_YET or now - at > overwhelm.NOT_YETS_WITHIN:
        return None
    return about if overwhelm.are_many(overwhelm.own_not_yets(person, now), now) else None


def _rest(person: Person, exchange: Exchange, now: datetime) -> None:
    today = local_day(now, person.zone)
    if not overwhelm.were_hard(overwhelm.nights(overwhelm.own_entries(person, now), person.zone), today):
        return
    if overwhelm.has_hard_mark(overwhelm.own_marks(person, now, overwhelm.OF_NIGHTS), person.zone, today):
        due_at, expires_at = overwhelm.next_rest(now, person.zone)
        source = _source(person, Said.REST)
        plan_for(person, Said.REST, source, due_at, expires_at, now, about=exchange.child_id)


def _source(person: Person, kind: str) -> UUID:
    """What sets it off is nothing that has an id; so that it is once a day, each kind has one of the person's own."""
    return uuid5(NAMESPACE_URL, f"{kind} {person.pk}")
