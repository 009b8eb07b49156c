"""Celery's door to the summaries: one call, harmless twice."""

from celery import shared_task
from django.utils import timezone

from .closing import close_due


@shared_task
def close_windows() -> None:
    """Release what is due, for as long as a task may take; the rest is another task's, or the next bell's."""
    if close_due(now=timezone.now()):
        close_windows.apply_async(expires=240)
