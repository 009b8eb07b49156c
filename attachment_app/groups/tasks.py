"""Celery's door to the summaries: one call, harmless twice."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from .closing import close_due


@shared_task
def close_windows() -> None:
    """Release what is due, for as long as a task may take; the rest is another task's, or the next bell's."""
    if close_due(now=timezone.now()):
        with suppress(OperationalError):  # the broker is away: the next bell goes on
            close_windows.apply_async(expires=240)
