"""The outbox: nothing is sent in a transaction, twice by two workers, or lost without a trace."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message as Mail
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MailHandler
from django.db import connection, transaction
from django.test import TestCase

from attachment_app.delivery import post
from attachment_app.delivery.models import BACK_OFF, GIVE_UP, LEASE, Message, Outcome
from tests.embedded.site import free_port

NOW = datetime(2026, 11, 24, 3, 12, tzinfo=UTC)


class Received(MailHandler):
    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Mail] = []

    def handle_message(self, message: Mail) -> None:
        self.mails.append(message)


@pytest.fixture
def server(settings: Any) -> Iterator[Received]:
    """A real mail server on this machine that keeps what it gets."""
    received = Received()
    controller = Controller(received, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield received
    controller.stop()


@pytest.fixture
def no_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


def posted(key: str = "one", **more: Any) -> Message:
    message: Message = Message.objects.post(key, "ana@example.org", "Your code", "123456", NOW, **more)
    return message


def test_it_works(db: None, server: Received) -> None:
    message = posted()
    assert post.send_due(NOW) == 1
    message.refresh_from_db()
    assert (message.outcome, message.body, message.attempts) == (Outcome.SENT, "", 1)
    (mail,) = server.mails
    assert mail["To"] == "ana@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "123456" in str(mail.get_payload())


def test_the_same_key_is_the_same_message(db: None, server: Received) -> None:
    assert posted().pk == posted().pk
    post.send_due(NOW)
    posted()
    assert post.send_due(NOW) == 0
    assert len(server.mails) == 1


def test_what_is_not_due_waits(db: None, server: Received) -> None:
    posted()
    assert post.send_due(NOW - timedelta(seconds=1)) == 0


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_message_once(server: Received) -> None:
    for number in range(60):
        posted(f"m{number}")

    def work() -> None:
        while post.send_due(NOW):
            pass
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(server.mails) == 60
    assert len({mail["Message-ID"] for mail in server.mails}) == 60
    assert Message.objects.filter(outcome=Outcome.SENT).count() == 60


def test_a_worker_that_died_after_the_lease_loses_nothing(db: None, server: Received) -> None:
    posted()
    Message.objects.lease(NOW, 10)  # and nothing after it: the worker was killed
    assert post.send_due(NOW + LEASE - timedelta(seconds=1)) == 0
    assert post.send_due(NOW + LEASE + timedelta(seconds=1)) == 1
    assert len(server.mails) == 1


def test_a_mail_server_that_is_away_is_tried_again_ever_later(db: None, no_server: None) -> None:
    message, at = posted(), NOW
    for wait in BACK_OFF:
        assert post.send_due(at) == 1
        message.refresh_from_db()
        assert message.outcome == Outcome.WAITING
        assert message.due_at == at + timedelta(seconds=wait)
        assert message.reason == "ConnectionRefusedError"
        at = message.due_at
    assert message.body  # still there to be sent


def test_after_a_day_it_is_said_that_it_failed(db: None, no_server: None) -> None:
    message = posted()
    later = message.created_at + GIVE_UP + timedelta(seconds=1)
    post.send_due(later)
    message.refresh_from_db()
    assert (message.outcome, message.reason, message.body) == (Outcome.FAILED, "ConnectionRefusedError", "")


def test_a_code_whose_time_has_passed_is_not_sent(db: None, server: Received) -> None:
    message = posted(expires_at=NOW + timedelta(minutes=15))
    post.send_due(NOW + timedelta(minutes=15))
    message.refresh_from_db()
    assert message.outcome == Outcome.EXPIRED
    assert not server.mails


def test_one_message_is_sent_at_once_by_its_id(db: None, server: Received) -> None:
    message = posted()
    assert post.send_one(str(message.pk), NOW)
    assert not post.send_one(str(message.pk), NOW)
    assert len(server.mails) == 1


def test_nothing_is_asked_of_a_worker_before_the_commit(db: None) -> None:
    with TestCase.captureOnCommitCallbacks() as asked, transaction.atomic():
        posted()
    assert len(asked) == 1


def test_a_rolled_back_page_leaves_no_mail(db: None) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        _post_and_fail()
    assert not Message.objects.exists()


def _post_and_fail() -> None:
    posted()
    raise RuntimeError
