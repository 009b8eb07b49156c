"""Sending what the outbox holds. Nothing is sent inside a transaction: lease, send, mark."""

import logging
import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from .models import Message, Outcome

log = logging.getLogger(__name__)
BATCH = 50


def send_due(now: datetime) -> int:
    """Send a batch of due messages; how many were taken (not: how many went out)."""
    taken = Message.objects.lease(now, BATCH)
    _send(taken, now)
    return len(taken)


def send_one(message_id: str, now: datetime) -> bool:
    """Send one message if it is still due. False where it was sent, is held by another, or waits for later."""
    taken = Message.objects.lease(now, 1, pk=message_id)
    _send(taken, now)
    return bool(taken)


def _send(messages: list[Message], now: datetime) -> None:
    for message in messages:
        if message.expired(now):
            message.close(Outcome.EXPIRED, now, "its time had passed")
            continue
        try:
            _mail(message)
        except (OSError, smtplib.SMTPException) as error:
            # The address and the text stay out of the log; the kind of error is enough to act on.
            log.warning("message %s not sent: %s", message.pk, type(error).__name__)
            message.retry(now, type(error).__name__)
        else:
            message.close(Outcome.SENT, now)


def _mail(message: Message) -> None:
    EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        connection=get_connection(),
        headers={"Auto-Submitted": "auto-generated", "Message-ID": f"<{message.pk}@{settings.SITE_HOST}>"},
    ).send()
