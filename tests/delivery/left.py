"""Messages that were sent, and browsers, for tests of the channels."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from attachment_app.delivery.leasing import token_hash
from attachment_app.delivery.models import Kind, Occurrence, PushSubscription, Standing, State
from tests.pushbox import Browser
from tests.world import NOW

TOKEN = "t" * 43


def sent(person: Any, token: str = TOKEN, **fields: Any) -> Occurrence:
    """A gentle reminder that has left, with `token` in its links."""
    Standing.objects.of(person)
    fields = {"kind": Kind.GENTLE, "state": State.SENT, "text": "", **fields}
    times = {
        "planned_at": NOW,
        "due_at": NOW,
        "look_at": NOW,
        "expires_at": NOW + timedelta(hours=1),
        "decided_at": NOW,
    }
    return Occurrence.objects.create(
        person=person, source=uuid4(), local_date=NOW.date(), token_hash=token_hash(token), **times, **fields
    )


def allowed(person: Any, browser: Browser) -> PushSubscription:
    """A browser on which the person allowed pushes."""
    return PushSubscription.objects.create(
        person=person, endpoint=browser.endpoint, made_at=NOW, checked_at=NOW, **browser.keys
    )
