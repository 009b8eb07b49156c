"""Reminders are off until somebody asks. They are offered once, on Today, after the third entry of one's own."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpRequest

from attachment_app.accounts.household import Household
from attachment_app.accounts.models import Person
from attachment_app.delivery.news import news

from .models import Exchange
from .models.exchange import ExchangeQuerySet

ENTRIES = 3
LATELY = timedelta(days=30)


def may_be_offered(request: HttpRequest, home: Household) -> bool:
    """To whoever logs, for a child who is here; not again after “Show me” or “Not now”."""
    return bool(home.loggable) and not news(request).was_offered


def own(seen: ExchangeQuerySet, person: Person, now: datetime) -> ExchangeQuerySet:
    """A short walk over the person's own latest entries, to count them by."""
    return seen.filter(author=person, started_at__gt=now - LATELY).latest_first()[:ENTRIES]


def is_third(exchanges: Iterable[Exchange], person: Person) -> bool:
    """Whether there are enough of their own among what Today has read."""
    return sum(exchange.author_id == person.pk for exchange in exchanges) >= ENTRIES
