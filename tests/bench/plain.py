"""What the reminders' numbers stand beside: one Celery task a reminder, as one would write it first.

    celery -A tests.bench.plain worker

Each task reads its row, decides or reckons by the same rules as the site, writes, and (sending) pushes one parcel.
"""

import time
from datetime import datetime
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from attachment_app.celery import app  # noqa: E402
from attachment_app.delivery import notes, push, voices  # noqa: E402
from attachment_app.delivery.decide import LATE, Verdict, decide  # noqa: E402
from attachment_app.delivery.models import Kind, Occurrence, PushSubscription, Standing, State  # noqa: E402
from attachment_app.delivery.state import states_of  # noqa: E402
from attachment_app.lib.recurrence import Rule, next_due  # noqa: E402
from journal.models import Reminder  # noqa: E402
from tests.delivery.makers import PlainVoice  # noqa: E402

VOICE = PlainVoice(*(f"text-{number}" for number in range(30)))
for kind in Kind.values:
    voices.speaks(kind, VOICE)


@app.task
def plan_one(reminder_id: str) -> None:
    with transaction.atomic():
        rule = Reminder.objects.select_for_update(of=("self",)).select_related("person").get(pk=reminder_id)
        standing = Standing.objects.of(rule.person)
        Occurrence.objects.get_or_create(
            person=rule.person,
            source=rule.pk,
            local_date=rule.next_date,
            slot=rule.slot,
            defaults=_planned(rule, timezone.now()),
        )
        wall = Rule(rule.days, rule.at, standing.quiet_from, standing.quiet_until)
        rule.next_date, rule.next_due_at = next_due(
            wall, rule.person.zone, rule.next_due_at, rule.next_date, rule.pk.bytes
        )
        rule.save(update_fields=["next_date", "next_due_at"])


def _planned(rule: Reminder, now: datetime) -> dict[str, Any]:
    due = rule.next_due_at
    assert due
    times = {"planned_at": now, "due_at": due, "look_at": due, "expires_at": due + LATE}
    return {"kind": Kind.GENTLE, "text": rule.idea, **times}


@app.task
def send_one(occurrence_id: str) -> None:
    now = timezone.now()
    with transaction.atomic():
        one = Occurrence.objects.select_for_update().get(pk=occurrence_id)
        standing = Standing.objects.select_for_update().get(person_id=one.person_id)
        decision = decide(states_of([one], {one.person_id: standing}, now)[one.pk], now)
        one.state = State.LEASED if decision.verdict == Verdict.SEND else State.DROPPED
        one.reason, one.text, one.decided_at = decision.reason, decision.text, now
        one.save(update_fields=["state", "reason", "text", "decided_at"])
    if one.state == State.LEASED:
        payload = notes.payload(one, "a" * 43, None, standing.lock_screen)
        for device in PushSubscription.objects.filter(person_id=one.person_id):
            push.send(
                [push.Parcel.to(device, payload, topic=one.kind, ttl=3600, urgency="normal")], time.monotonic() + 10
            )
        one.state = State.SENT
        one.save(update_fields=["state"])
