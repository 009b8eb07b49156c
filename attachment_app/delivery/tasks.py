"""Celery's doors to the outbox: ids in, one call, harmless twice."""

from celery import shared_task
from django.utils import timezone

from . import post


@shared_task
def ring() -> None:
    """Beat's bell: send whatever is due."""
    post.send_due(now=timezone.now())


@shared_task
def deliver(message_id: str) -> None:
    """Send one message at once if it is still due; see Message for what a crash leaves."""
    post.send_one(message_id, now=timezone.now())
