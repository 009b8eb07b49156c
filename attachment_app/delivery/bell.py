"""Waking a worker. A hint and no more: the outbox holds the message, so a hint that is lost costs a few seconds."""

import logging

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

# A page waits for this, so it gives up long before a worker would: half a second, one try.
IN_HASTE = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 0.5,
    "retry_on_timeout": False,
    "max_retries": 0,
    "interval_start": 0,
}


def wake(message_id: str) -> bool:
    """Ask a worker to send this message now. False where the broker is away: beat's bell finds the message."""
    try:
        with current_app.connection_for_write(settings.CELERY_BROKER_URL, transport_options=IN_HASTE) as connection:
            current_app.send_task(
                "attachment_app.delivery.tasks.deliver", [message_id], connection=connection, retry=False
            )
    except (OperationalError, OSError) as error:
        log.warning("broker away (%s); message %s waits for the bell", type(error).__name__, message_id)
        return False
    return True
