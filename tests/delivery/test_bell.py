"""The hint to a worker: quick when the broker answers, quick when it does not."""

import socket
import time
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.db import transaction

from attachment_app.celery import app
from attachment_app.delivery import bell
from attachment_app.delivery.models import Message, Outcome
from tests.mailbox import Mailbox, free_port
from tests.world import NOW


def post_one(key: str = "a") -> Message:
    with transaction.atomic():
        return Message.objects.post(key, "ana@example.org", "Your code", "123456\n", now=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_what_was_posted(mailbox: Mailbox, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # A part of the broker of our own: the suite's other process must not take the task.
    ours = settings.CELERY_BROKER_URL.replace("virtual_host=0", f"virtual_host={8 + free_port() % 8}")
    settings.CELERY_BROKER_URL = ours
    monkeypatch.setattr(app.conf, "broker_url", ours)
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=20):
        message = post_one()
        until = time.monotonic() + 20
        while not mailbox.mails and time.monotonic() < until:
            time.sleep(0.05)
    assert len(mailbox.mails) == 1
    assert Message.objects.get(pk=message.pk).outcome == Outcome.SENT


@pytest.mark.django_db(transaction=True)
def test_with_nobody_listening_the_message_waits_and_the_page_does_not(settings: Any) -> None:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    began = time.monotonic()
    message = post_one()
    assert time.monotonic() - began < 1
    assert Message.objects.due(NOW).get() == message


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_takes_the_call_and_says_nothing_costs_a_second_at_most(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        began = time.monotonic()
        message = post_one()
        assert time.monotonic() - began < 1.5
    assert Message.objects.due(NOW).get() == message


def test_it_says_whether_the_broker_took_it(settings: Any) -> None:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    assert bell.wake("00000000-0000-0000-0000-000000000000") is False


@pytest.mark.django_db(transaction=True)
def test_whatever_goes_wrong_with_the_hint_the_save_stands(settings: Any) -> None:
    settings.CELERY_BROKER_URL = "nonsense://nowhere"
    message = post_one()
    assert Message.objects.due(NOW).get() == message
