"""Fixed windows of fourteen days that never overlap, and terms of six of them."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models

EPOCH = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday; every window begins on one, at midnight UTC
LENGTH = timedelta(days=14)
SETTLES = timedelta(hours=48)  # between a window's close and its release: late entries and mended slips
TERM = 6  # windows: twelve weeks, about as long as a course of meetings


def number_at(at: datetime) -> int:
    """The number of the window in which the instant lies."""
    return (at - EPOCH) // LENGTH


def bounds(number: int) -> tuple[datetime, datetime]:
    """From (inclusive) and to (exclusive), UTC."""
    return EPOCH + number * LENGTH, EPOCH + (number + 1) * LENGTH


def term_of(number: int) -> int:
    return number // TERM


def latest_due(now: datetime) -> int:
    """The newest window that closed at least 48 hours ago."""
    return number_at(now - SETTLES) - 1


class WindowQuerySet(models.QuerySet["Window"]):
    def unfinished(self) -> "WindowQuerySet":
        return self.filter(done_at=None).order_by("number")


class Window(models.Model):
    """A window that is being closed, or is. `last_unit` is the resume mark: groups and pools up to it are released."""

    number = models.IntegerField(primary_key=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    pooled_at = models.DateTimeField(null=True, blank=True)  # pools of its term stand
    last_unit = models.UUIDField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = WindowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=models.F("starts_at") + LENGTH), name="window_is_fourteen_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%d %b %Y}"

    @property
    def term(self) -> int:
        return term_of(self.number)

    @property
    def mark(self) -> UUID:
        return self.last_unit or UUID(int=0)
