"""Messages that do not come from a rule: shown on the page at hand, or planned once for a later hour."""

from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from attachment_app.lib.times import local_day

from .decide import Decision, Verdict, decide
from .models import Occurrence, Standing, State
from .state import states_of


def offer_now(
    person: AbstractBaseUser, kind: str, source: UUID, now: datetime, about: UUID | None = None, day: date | None = None
) -> Occurrence | None:
    """Decide at once whether the page may offer this, and keep the decision; None where it may not, or was answered.

    Once for `source` (what set it off) and `day` (a local date; else today): asked again it is the same offer.
    """
    with transaction.atomic():
        Standing.objects.of(person)
        standing = Standing.objects.select_for_update().get(person_id=person.pk)
        one = _made(person, kind, source, now, now, now, about, day)
        kept = Occurrence.objects.filter(person_id=person.pk, source=source, local_date=one.local_date, slot=0).first()
        if kept is None:
            decision = decide(states_of([one], {standing.person_id: standing}, now)[one.pk], now)
            kept = _keep(one, decision, now)
    return kept if kept.state == State.SENT and kept.answered_at is None else None


def plan_for(
    person: AbstractBaseUser,
    kind: str,
    source: UUID,
    due_at: datetime,
    expires_at: datetime,
    now: datetime,
    about: UUID | None = None,
    day: date | None = None,
) -> bool:
    """Plan one message for `due_at`; it is decided then. False where it was planned before."""
    Standing.objects.of(person)
    one = _made(person, kind, source, due_at, expires_at, now, about, day)
    Occurrence.objects.bulk_create([one], ignore_conflicts=True)
    return Occurrence.objects.filter(pk=one.pk).exists()


def _made(
    person: AbstractBaseUser,
    kind: str,
    source: UUID,
    due_at: datetime,
    expires_at: datetime,
    now: datetime,
    about: UUID | None,
    day: date | None,
) -> Occurrence:
    return Occurrence(
        person_id=person.pk,
        kind=kind,
        source=source,
        local_date=day or local_day(due_at, person.zone),  # type: ignore[attr-defined]
        about=about,
        planned_at=now,
        due_at=due_at,
        look_at=due_at,
        expires_at=expires_at,
    )


def _keep(one: Occurrence, decision: Decision, now: datetime) -> Occurrence:
    is_sent = decision.verdict == Verdict.SEND
    one.state = State.SENT if is_sent else State.DROPPED
    one.reason, one.decided_at, one.text = decision.reason, now, decision.text
    one.decisions = [[now.isoformat(), decision.verdict, decision.reason]]
    one.seen_at = now if is_sent else None  # it is on the page
    one.save(force_insert=True)
    return one
