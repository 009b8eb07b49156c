"""Celery's doors to the journal: one call each, harmless twice."""

import time
from datetime import timedelta
from typing import Any

from celery import current_app, shared_task
from django.db import connection
from django.utils import timezone

from . import break_offers, look_ins, planner, rules
from .models import Kind
from .models.exchange import KEPT_FOR, LONG, USUALLY_LONG

BATCH = 500
SPELL = 15  # seconds for which one ring of the bell goes on planning


@shared_task
def plan_reminders() -> None:
    """Plan the reminders that come due before the next bell. Where they are many, a second sender is asked for."""
    began, now, planned = time.monotonic(), timezone.now(), 0
    while (gone := time.monotonic() - began) < SPELL:
        seen, some = planner.plan(now + timedelta(seconds=gone))
        planned += some
        if not seen:
            break
    if planned > planner.BATCH:
        current_app.send_task("attachment_app.delivery.tasks.send", expires=10)


@shared_task
def reckon_usual_hours() -> None:
    """Look again at the hours of “when I usually log”, each once a week."""
    began, now = time.monotonic(), timezone.now()
    while rules.reckon_usual(now) and time.monotonic() - began < SPELL:
        pass


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


@shared_task
def check_on_people() -> None:
    """Plan a push for those who asked to be checked on, and forget look-ins of breaks that are over."""
    now = timezone.now()
    break_offers.plan_checks(now)
    look_ins.forget(now)
