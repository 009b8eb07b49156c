"""Sending what the outbox holds. Nothing is sent inside a transaction: lease, send, mark."""

import json
import logging
import smtplib
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from . import push
from .models import Channel, Message, Outcome, PushSubscription
from .parcels import Left

log = logging.getLogger(__name__)
PUSHES_LAST = 10  # seconds for the browsers of one message
SPELL = 20  # seconds for which one ring of the bell goes on taking messages


def send_due(now: datetime) -> int:
    """Send what is due, for a SPELL at most; how many were taken (not: how many went out).

    One lease at a time, counted from when it is taken: were a batch leased at once, a slow mail server would let
    the last leases run out before their turn, and another worker would send those messages too.
    """
    began, taken = time.monotonic(), 0
    while (gone := time.monotonic() - began) < SPELL:
        at = now + timedelta(seconds=gone)
        message = Message.objects.lease(at)
        if message is None:
            break
        _send(message, at)
        taken += 1
    return taken


def send_one(message_id: str, now: datetime) -> bool:
    """Send one message if it is still due. False where it was sent, is held by another, or waits for later."""
    message = Message.objects.lease(now, pk=message_id)
    if message is None:
        return False
    _send(message, now)
    return True


def _send(message: Message, now: datetime) -> None:
    if message.has_expired(now):
        message.close(Outcome.EXPIRED, now, "its time had passed")
        return
    if message.is_given_up(now):
        # A mail that takes its worker down leaves no word behind; it is not tried for ever either.
        message.close(Outcome.FAILED, now, message.reason or "tried for too long")
        return
    if message.channel == Channel.PUSH:
        _push(message, now)
        return
    try:
        _mail(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: an address that cannot be written
        # The address and the text stay out of the log; the kind of error is enough to act on.
        log.warning("message %s not sent: %s", message.pk, _kind(error))
        if _is_final(error):
            message.close(Outcome.FAILED, now, _kind(error))
        else:
            message.retry(now, _kind(error))
    else:
        message.close(Outcome.SENT, now)


def _push(message: Message, now: datetime) -> None:
    """To each of the person's browsers. Those that took it are left alone when it is tried again."""
    said = json.loads(message.body)
    said = json.loads(message.body)
    browsers = PushSubscription.objects.filter(person_id=str(message.person_id))
    waiting = list(browsers if said["to"] is None else browsers.filter(pk__in=said["to"]))
    ttl = int((message.expires_at - now).total_seconds()) if message.expires_at else 3600
    payload = said["payload"].encode()
    parcels = [push.Parcel.to(one, payload, message.series, ttl, urgency="high") for one in waiting]
    ends = list(zip(waiting, push.send(parcels, deadline=time.monotonic() + PUSHES_LAST), strict=True))
    push.forget_gone([one for one, left in ends if left is Left.GONE])
    again = [str(one.pk) for one, left in ends if left in (Left.LATER, Left.PERHAPS)]
    arrived = said["arrived"] or any(left is Left.SENT for _one, left in ends)
    if again:
        message.narrow(json.dumps({**said, "to": again, "arrived": arrived}))
        message.retry(now, "a push service is away")
    elif arrived:
        message.close(Outcome.SENT, now)
    else:
        message.close(Outcome.FAILED, now, "no browser to push to" if not waiting else "no browser took it")


def _mail(message: Message) -> None:
    EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        connection=get_connection(),
        headers={"Auto-Submitted": "auto-generated", "Message-ID": f"<{message.pk}@{settings.SITE_HOST}>"},
    ).send()


def _codes(error: Exception) -> list[int]:
    """What the mail server answered, as numbers (RFC 5321); empty where it was not reached."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    return [int(error.smtp_code)] if isinstance(error, smtplib.SMTPResponseException) else []


def _kind(error: Exception) -> str:
    return " ".join([type(error).__name__, *map(str, _codes(error))])


def _is_final(error: Exception) -> bool:
    """There is no such mailbox, or the address cannot be written: trying again changes nothing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code in _codes(error))
    return isinstance(error, ValueError)
