"""Look-ins of a break that somebody started and asked to be checked on: two pushes, which “we are back” takes back.

They asked for them themselves: no cap and no quiet hour holds them, and they are sent at least once. Ten and fifteen
minutes: ICON; ACT Health. Nothing else of the break is written down, and these are deleted within a day.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from attachment_app.accounts.models import Person
from attachment_app.delivery.models import Message, Outcome
from attachment_app.delivery.models.message import MessageQuerySet

MINUTES = (10, 15)
LASTS = timedelta(minutes=20)  # later than this, the parent has looked in long ago
KEPT_FOR = timedelta(days=1)


def ask(person: Person, client_key: UUID, began: datetime, now: datetime) -> None:
    """Two pushes counted from when the break began; what is past is left out. The same form sent twice is the same two,
    and an earlier break's are taken back."""
    mine = f"{_prefix(person)}{client_key}:"
    if Message.objects.filter(person=person, key__startswith=mine).exists():
        return
    cancel(person, now)
    for minutes in MINUTES:
        title, body = _words(minutes)
        due_at = began + timedelta(minutes=minutes)
        if due_at < now:
            continue
        Message.objects.post_push(
            key=f"{mine}{minutes}",
            person=person,
            title=title,
            body=body,
            path=reverse("break"),
            due_at=due_at,
            expires_at=due_at + LASTS,
            now=now,
        )


def cancel(person: Person, now: datetime) -> None:
    """They are back: what is still to come is not sent."""
    Message.objects.cancel(_prefix(person), person, now)


def to_come(person: Person) -> list[datetime]:
    """When they will be asked to look in, the next first; empty where no break of theirs is checked on."""
    return list(_waiting(person).order_by("due_at").values_list("due_at", flat=True))


def forget(now: datetime) -> int:
    """Delete those that were sent or taken back more than KEPT_FOR ago; how many. (Worker.)"""
    old = Message.objects.filter(key__startswith="look-in:", outcome_at__lt=now - KEPT_FOR)
    return old.delete()[0]


def _waiting(person: Person) -> MessageQuerySet:
    return Message.objects.filter(person=person, key__startswith=_prefix(person), outcome=Outcome.WAITING)


def _prefix(person: Person) -> str:
    return f"look-in:{person.pk}:"


def _words(minutes: int) -> tuple[str, str]:
    """Title and body. They stand on a locked phone too: what to do, and nobody's name."""
    if minutes == 10:
        return _("Ten minutes: look in now"), _("As you asked. A tap opens the page.")
    return _("Fifteen minutes: check again, and call someone"), _("As you asked. A tap opens the page.")
