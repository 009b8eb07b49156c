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

MINUTES = (10, 15)
LASTS = timedelta(minutes=20)  # later than this, the parent has looked in long ago
KEPT_FOR = timedelta(days=1)


def ask(person: Person, client_key: UUID, now: datetime) -> None:
    """Two pushes from now; the same form sent twice is the same two, and an earlier break's are taken back."""
    keys = {minutes: f"{_prefix(person)}{client_key}:{minutes}" for minutes in MINUTES}
    cancel(person, now, but=tuple(keys.values()))
    for minutes, key in keys.items():
        title, body = _words(minutes)
        due_at = now + timedelta(minutes=minutes)
        Message.objects.post_push(
            key=key,
            person=person,
            title=title,
            body=body,
            path=reverse("break"),
            due_at=due_at,
            expires_at=due_at + LASTS,
            now=now,
        )


def cancel(person: Person, now: datetime, but: tuple[str, ...] = ()) -> None:
    """They are back: what is still to come is not sent."""
    for key in _waiting(person).exclude(key__in=but).values_list("key", flat=True):
        Message.objects.cancel(key, now)


def to_come(person: Person) -> list[datetime]:
    """When they will be asked to look in, the next first; empty where no break of theirs is checked on."""
    return list(_waiting(person).order_by("due_at").values_list("due_at", flat=True))


def forget(now: datetime) -> int:
    """Delete those that were sent or taken back more than KEPT_FOR ago; how many. (Worker.)"""
    old = Message.objects.filter(key__startswith="look-in:", outcome_at__lt=now - KEPT_FOR)
    return old.delete()[0]


def _waiting(person: Person):  # type: ignore[no-untyped-def]
    return Message.objects.filter(person=person, key__startswith=_prefix(person), outcome=Outcome.WAITING)


def _prefix(person: Person) -> str:
    return f"look-in:{person.pk}:"


def _words(minutes: int) -> tuple[str, str]:
    """Title and body. A locked phone shows the title at most, so it says no more than that time has passed."""
    if minutes == 10:
        return _("Ten minutes have gone by, as you asked"), _("Look in on your baby now.")
    return _("Fifteen minutes have gone by, as you asked"), _("Check your baby again, and call someone.")
