"""Celery's doors to the outbox: ids in, one call, harmless twice."""

from celery import shared_task
from django.utils import timezone

from . import post, sender
from .models import Occurrence


@shared_task
def ring() -> None:
    """Beat's bell: send whatever is due."""
    post.send_due(now=timezone.now())


@shared_task
def deliver(message_id: str) -> None:
    """Send one message at once if it is still due; see Message for what a crash leaves."""
    post.send_one(message_id, now=timezone.now())


@shared_task
def send() -> None:
    """Decide and send the occurrences that are due; see sender.py for what a crash leaves."""
    sender.send_due(now=timezone.now())


@shared_task
def forget() -> None:
    """Delete occurrences of long ago, decisions and all, a batch at a time; the next bell takes the next."""
    Occurrence.objects.forget(now=timezone.now())
