"""Making and changing reminders: whatever is saved here has its next date, and its usual hour where it goes by one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from attachment_app.accounts.models import Membership, Person
from attachment_app.delivery.models import Standing
from attachment_app.web.person import acting_for

from .models import Exchange, Reminder
from .models.reminder import When
from .planner import plan_next
from .usual_hour import LOOKS_BACK, UsualHour, usual_hour

ENTRIES_AT_MOST = 300  # the latest; enough for the median of four weeks


def hour_of(person: Person, now: datetime) -> UsualHour:
    """When this person usually logs, from the moments at which they themselves did."""
    families = Membership.objects.of(person).who_log().values_list("family_id", flat=True)
    own = Exchange.objects.filter(
        family_id__in=list(families), author=person, removed_at=None, started_at__gt=now - LOOKS_BACK
    ).latest_first()
    return usual_hour(own.values_list("created_at", flat=True)[:ENTRIES_AT_MOST], person.zone)


def make(person: Person, client_key: UUID, said: Mapping[str, Any], now: datetime) -> Reminder:
    """A reminder as the page said it (see Reminder.change).

    The same page sent again is the same reminder; sent with other words (back, corrected, sent) it is changed.
    """
    standing = Standing.objects.of(person)
    Standing.objects.select_for_update().get(pk=standing.pk)  # two taps at once come one after the other
    if standing.offered_at is None:
        Standing.objects.filter(pk=standing.pk).update(offered_at=now)  # they found it by themselves
    there = Reminder.objects.visible_to(person).filter(client_key=client_key).first()
    reminder = there or Reminder(person=person, client_key=client_key, made_at=now)
    return change(reminder, said, now)


def change(reminder: Reminder, said: Mapping[str, Any], now: datetime) -> Reminder:
    reminder.change(said)
    return _kept(reminder, now)


def turn(reminder: Reminder, is_on: bool, now: datetime) -> Reminder:
    """Off and on again. A usual hour is looked at again when it is turned on."""
    reminder.turn(is_on, now)
    if is_on and reminder.when == When.USUAL:
        _reckon(reminder, now)
    return _kept(reminder, now)


def reckon_usual(now: datetime, most: int = 100) -> int:
    """Look again at the usual hours that were last looked at a week ago, so many at most; how many of them it did.

    The worker reads no family's rows: for each it acts as the reminder's own person, in a transaction of its own.
    """
    due = list(Reminder.objects.to_reckon(now).order_by("reckoned_at").values_list("pk", "person_id")[:most])
    return sum(_reckon_one(pk, person_id, now) for pk, person_id in due)


def _reckon_one(pk: UUID, person_id: UUID, now: datetime) -> bool:
    """False where another worker has it, or had it before."""
    with acting_for(person_id):
        mine = Reminder.objects.to_reckon(now).filter(pk=pk, person_id=person_id)
        reminder = mine.select_related("person").select_for_update(skip_locked=True, of=("self",)).first()
        if reminder is None:
            return False
        before = reminder.at
        _reckon(reminder, now)
        if reminder.at == before:
            reminder.save(update_fields=["reckoned_at"])
        else:
            _kept(reminder, now)
        return True


def plan_anew(person: Person, now: datetime) -> None:
    """Their quiet hours are others, so each next time is reckoned again: its minutes early or late keep out of them."""
    for reminder in Reminder.objects.visible_to(person).in_use().select_for_update():
        _kept(reminder, now)


def _reckon(reminder: Reminder, now: datetime) -> None:
    """Where there is a clear hour, go by it; where there is none any more the last one stands."""
    found = hour_of(reminder.person, now)
    reminder.at, reminder.reckoned_at = found.aim or reminder.at, now


def _kept(reminder: Reminder, now: datetime) -> Reminder:
    plan_next(reminder, now)
    reminder.save()
    return reminder
