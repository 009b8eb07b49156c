"""Celery's doors to the outbox: ids in, one call, harmless twice."""

import logging

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from . import post

log = logging.getLogger(__name__)


@shared_task
def ring() -> None:
    """Beat's bell: send whatever is due, a batch a ring."""
    post.send_due(now=timezone.now())


@shared_task
def deliver(message_id: str) -> None:
    """Send one message at once if it is still due; see Message for what a crash leaves."""
    post.send_one(message_id, now=timezone.now())


def deliver_soon(message_id: str) -> None:
    """Ask a worker to send now. With the broker away nothing is lost: the bell finds the message in the outbox."""
    try:
        deliver.delay(message_id)
    except OperationalError:
        log.warning("broker away; message %s waits for the bell", message_id)
