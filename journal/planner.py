"""Reminders that come due become occurrences, once a local date: batches with SKIP LOCKED, one statement each way.

An occurrence, its line in the inbox and the rule's next date are one transaction. Killed before its commit it never
was, and the next planner takes the rule; killed afterwards, all of it stands.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Max

from attachment_app.accounts.models import Person
from attachment_app.delivery.decide import LATE
from attachment_app.delivery.models import Kind, Occurrence, Standing
from attachment_app.lib import batches
from attachment_app.lib.identifiers import uuid7
from attachment_app.lib.recurrence import Rule, due_on, next_due

from .models import Reminder

BATCH = 500
AHEAD = timedelta(seconds=6)  # the bell rings every five: what comes due before the next ring is planned now


class Due(NamedTuple):
    """A row of the planner's look: the rule, and what it has to know of its person."""

    id: UUID
    days: int
    at: time
    reckoned_in: str
    date: Any
    due_at: datetime
    zone: str
    quiet_from: time
    quiet_until: time
    is_silent: bool

    @property
    def rule(self) -> Rule:
        return Rule(self.days, self.at, self.quiet_from, self.quiet_until)

    def as_in_new_zone(self) -> "Due":
        """The date at hand for a person who has moved since it was reckoned: perhaps later, perhaps past."""
        return self._replace(due_at=due_on(self.rule, self.date, ZoneInfo(self.zone), self.id.bytes))


# Whoever stopped everything, or was left in peace after a long time, gets no occurrence that would be dropped anyway:
# their rules go on to the next date in silence.
LOOK = """
SELECT r.id, r.days, r.at, r.zone, r.next_date, r.next_due_at, p.time_zone,
       coalesce(s.quiet_from, '21:00'), coalesce(s.quiet_until, '08:00'),
       coalesce(s.stopped_at IS NOT NULL OR s.closed_at IS NOT NULL OR s.pace = 'stopped', false)
FROM journal_reminder r JOIN accounts_person p ON p.id = r.person_id
LEFT JOIN delivery_standing s ON s.person_id = r.person_id
WHERE r.next_due_at <= %s ORDER BY r.next_due_at LIMIT %s FOR UPDATE OF r SKIP LOCKED
"""
PLAN = """
INSERT INTO delivery_occurrence (id, kind, person_id, source, local_date, slot, about, text, planned_at, due_at,
    look_at, expires_at, state, reason, decisions, channels, answer)
SELECT due.id, %s, r.person_id, r.id, r.next_date, r.slot, r.child_id, r.idea, %s, due.at, due.at, due.at + %s, '', '',
    '[]', '{}', ''
FROM unnest(%b::uuid[], %b::uuid[], %b::timestamptz[]) AS due (id, rule, at) JOIN journal_reminder r ON r.id = due.rule
ON CONFLICT (person_id, source, local_date, slot) DO NOTHING
"""
ADVANCE = """
UPDATE journal_reminder r SET next_date = a.day, next_due_at = a.due_at, zone = a.zone
FROM unnest(%b::uuid[], %b::date[], %b::timestamptz[], %b::text[]) AS a (id, day, due_at, zone) WHERE r.id = a.id
"""


def plan(now: datetime, most: int = BATCH) -> tuple[int, int]:
    """Plan one batch of what comes due by `now` (UTC) and AHEAD: how many rules were seen to, how many planned."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOOK, [now + AHEAD, most])
        rows = [Due._make(row) for row in cursor.fetchall()]
        if not rows:
            return 0, 0
        rows = [row if row.zone == row.reckoned_in else row.as_in_new_zone() for row in rows]
        due = [row for row in rows if row.due_at <= now + AHEAD and not row.is_silent]
        planned = _insert(due, now) if due else 0
        _advance(rows, now)
    return len(rows), planned


def _insert(due: Sequence[Due], now: datetime) -> int:
    ids, rules, ats = [uuid7() for _row in due], [row.id for row in due], [row.due_at for row in due]
    return batches.run(PLAN, [Kind.GENTLE.value, now, LATE, ids, rules, ats])


def _advance(rows: Sequence[Due], now: datetime) -> None:
    """Each rule goes on to its next date; one that turned out to be due later (its person has moved) waits for that."""
    nexts = [
        (row.date, row.due_at)
        if row.due_at > now + AHEAD
        else next_due(row.rule, ZoneInfo(row.zone), _from(row, now), row.date, row.id.bytes)
        for row in rows
    ]
    days, ats = [day for day, _at in nexts], [at for _day, at in nexts]
    batches.run(ADVANCE, [[row.id for row in rows], days, ats, [row.zone for row in rows]])


def _from(row: Due, now: datetime) -> datetime:
    """From when to go on: after a time in which nothing was planned each date is looked at, and has its reason."""
    return now if row.is_silent else min(now, row.due_at)


def plan_next(reminder: Reminder, now: datetime) -> None:
    """Reckon when the reminder comes round next, in its person's zone as it is now. Saving is the caller's.

    To be called when it is made, changed or turned on, and when the person's quiet hours change. A date that has been
    planned is not planned again.
    """
    if reminder.off_at:
        reminder.next_date = reminder.next_due_at = None
        return
    person = Person.objects.get(pk=reminder.person_id)
    standing = Standing.objects.of(person)
    rule = Rule(reminder.days, reminder.at, standing.quiet_from, standing.quiet_until)
    planned = Occurrence.objects.filter(person_id=person.pk, source=reminder.pk).aggregate(last=Max("local_date"))
    reminder.zone = person.time_zone
    reminder.next_date, reminder.next_due_at = next_due(rule, person.zone, now, planned["last"], reminder.pk.bytes)


def moved(person: Person, now: datetime) -> None:
    """The person's zone is another one: the planner looks at each of their rules at its next bell, so that the date at
    hand is planned in the new zone, and where that is past already has a reason. No zone: also where they are back in
    the old one by then."""
    Reminder.objects.filter(person=person, next_due_at__gt=now).update(next_due_at=now, zone="")
