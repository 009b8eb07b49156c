"""Reminders are off until somebody asks. They are offered once, on Today, after the third entry of one's own."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from attachment_app.accounts.household import Household
from attachment_app.delivery.news import standing

from .models import Exchange

ENTRIES = 3
LATELY = timedelta(days=30)


def is_offered(request: HttpRequest, home: Household, now: datetime) -> bool:
    """Whether Today offers them: to whoever logs, for a child who is here; not again after “Show me” or “Not now”."""
    mine = standing(request)
    if (mine and mine.offered_at) or not home.loggable:
        return False
    own = Exchange.objects.seen_in(home).filter(author=request.user.pk, started_at__gt=now - LATELY)
    return len(own.values_list("pk")[:ENTRIES]) == ENTRIES
