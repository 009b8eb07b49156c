"""Short ways to have something that the site would say."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from attachment_app.accounts.models import Child, Person
from attachment_app.delivery.models import Kind, Occurrence, Standing, State
from attachment_app.delivery.voices import ChildFact, Said
from journal.models import EVERY_DAY, Reminder
from journal.planner import plan_next


class PlainVoice:
    """Says which text it is, and nothing else: for tests of the rules, which know no words."""

    def __init__(self, *texts: str) -> None:
        self.all = texts

    def texts(self, occurrence: Occurrence, child: ChildFact | None, today: date) -> Sequence[str]:
        return self.all

    def say(self, occurrences: Sequence[Occurrence], own_words: bool) -> Mapping[UUID, Said]:
        return {one.pk: Said(one.text or "own", one.text) for one in occurrences}


def standing(person: Person, **fields: Any) -> Standing:
    """How the person wants to be spoken to: as in the beginning, but for `fields`."""
    made = Standing.objects.of(person)
    Standing.objects.filter(pk=made.pk).update(**fields)
    made.refresh_from_db()
    return made


def reminder(person: Person, now: datetime, at: time = time(10), **fields: Any) -> Reminder:
    """A rule for every day at ten, made at `now`."""
    fields = {"idea": "gaze", "days": EVERY_DAY, **fields}
    made = Reminder(person=person, at=at, made_at=now, client_key=uuid4(), **fields)
    plan_next(made, now)
    made.save(force_insert=True)
    return made


def occurrence(
    person: Person, due_at: datetime, kind: str = Kind.GENTLE, child: Child | None = None, **fields: Any
) -> Occurrence:
    """Planned and not decided, for an hour from `due_at`."""
    standing(person)
    fields = {"expires_at": due_at + timedelta(hours=1), "source": uuid4(), "text": "gaze", **fields}
    return Occurrence.objects.create(
        person=person,
        kind=kind,
        about=child.pk if child else None,
        local_date=due_at.astimezone(person.zone).date(),
        planned_at=due_at,
        due_at=due_at,
        look_at=due_at,
        **fields,
    )


def message(who: Person, at: datetime, verdict: str = "send", reason: str = "due", **fields: Any) -> Occurrence:
    """Decided at `at` (UTC), and on the same spot sent, dropped, held back or lost from sight."""
    state = {"send": State.SENT, "drop": State.DROPPED, "hold": State.WAITING, "unknown": State.UNKNOWN}[verdict]
    decisions = [[at.isoformat(), verdict, reason]]
    decided = {"state": state, "decided_at": at, "reason": reason, "decisions": decisions, "text": "bath-look"}
    return occurrence(who, at, **{**decided, **fields})
