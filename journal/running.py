"""Timers that run, for the frame of every page: they show wherever a parent is, and on every device."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.http import HttpRequest

from attachment_app.accounts.household import household

from .models import Exchange

RUNNING_AT_MOST = 6


def running(request: HttpRequest) -> list[Exchange]:
    """Running exchanges of the family that the person looks at, the latest first; asked again it costs nothing."""
    if not hasattr(request, "_running"):
        home = household(request)
        found = Exchange.objects.seen_in(home).running().with_line().latest_first()[:RUNNING_AT_MOST] if home else []
        remember(request, list(found))
    timers: list[Exchange] = request._running  # type: ignore[attr-defined]
    return timers


def people_with_timer(people: Collection[UUID], since: datetime) -> set[UUID]:
    """Those of the people who have a timer running that they started themselves after `since`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_with_timer(%s, %s)", [list(people), since])
        return set(cursor.fetchone()[0])


def remember(request: HttpRequest, timers: list[Exchange]) -> None:
    """What a page has read already."""
    request._running = timers  # type: ignore[attr-defined]
