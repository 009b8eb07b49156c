"""Celery's doors to the journal: one call each, harmless twice."""

from typing import Any

from celery import shared_task
from django.db import connection
from django.utils import timezone

from .models import Kind
from .models.exchange import KEPT_FOR, LONG, USUALLY_LONG

BATCH = 500


@shared_task
def ask_about_timers() -> None:
    """Ask kindly whether a timer that ran for very long was forgotten. Nothing is ended here.

    The worker reads no family's rows: the function writes the question and gives back how many.
    """
    with connection.cursor() as cursor:
        limits: list[Any] = [timezone.now(), USUALLY_LONG, LONG[Kind.SLEEP], BATCH]
        cursor.execute("SELECT propose_ends(%s, %s, %s, %s)", limits)


@shared_task
def forget_removed() -> None:
    """Delete for good what was taken away more than KEPT_FOR ago, a batch at a time; the next bell takes the next."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_removed(%s, %s)", [timezone.now() - KEPT_FOR, BATCH])
