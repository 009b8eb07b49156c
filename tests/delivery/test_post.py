"""The outbox against a real mail server: sent once, never lost without a trace."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase

from attachment_app.delivery import post
from attachment_app.delivery.models import BACK_OFF, GIVE_UP, LEASE, Message, Outcome
from tests.mailbox import Mailbox, free_port
from tests.together import together
from tests.world import NOW

SECOND = timedelta(seconds=1)


def written(key: str = "a", **more: Any) -> Message:
    return Message.objects.post(
        key=key, to="ana@example.org", subject="Your code", body="Grüße 123456\n", now=NOW, **more
    )


def as_it_stands(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


@pytest.mark.django_db
def test_it_works(mailbox: Mailbox) -> None:
    message = written()
    assert post.send_one(str(message.pk), now=NOW)
    (mail,) = mailbox.mails
    assert mail["To"] == "ana@example.org"
    assert mail["Subject"] == "Your code"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(message.pk) in mail["Message-ID"]
    assert "Grüße 123456" in mail.get_content()
    assert as_it_stands(message).outcome == Outcome.SENT


@pytest.mark.django_db
def test_the_text_is_blanked_once_it_is_sent(mailbox: Mailbox) -> None:
    message = written()
    post.send_due(now=NOW)
    assert as_it_stands(message).body == ""


@pytest.mark.django_db
def test_twice_is_harmless(mailbox: Mailbox) -> None:
    first, second = written(), written()
    assert first.pk == second.pk
    assert post.send_one(str(first.pk), now=NOW)
    assert not post.send_one(str(first.pk), now=NOW + 2 * LEASE)
    assert post.send_due(now=NOW + 2 * LEASE) == 0
    assert len(mailbox.mails) == 1


@pytest.mark.django_db
def test_it_waits_until_its_time(mailbox: Mailbox) -> None:
    message = written()
    assert not post.send_one(str(message.pk), now=NOW - SECOND)
    assert mailbox.mails == []


@pytest.mark.django_db
def test_the_longest_due_goes_first(mailbox: Mailbox) -> None:
    for minutes in (2, 0, 1):
        Message.objects.post(f"{minutes}", "ana@example.org", f"{minutes}", "…", now=NOW - timedelta(minutes=minutes))
    assert post.send_due(now=NOW) == 3
    assert [mail["Subject"] for mail in mailbox.mails] == ["2", "1", "0"]


@pytest.mark.django_db
def test_a_code_whose_time_passed_is_not_sent(mailbox: Mailbox) -> None:
    message = written(expires_at=NOW + timedelta(minutes=15))
    post.send_due(now=NOW + timedelta(minutes=15))
    assert mailbox.mails == []
    message = as_it_stands(message)
    assert (message.outcome, message.body) == (Outcome.EXPIRED, "")


@pytest.mark.django_db
def test_a_worker_killed_before_the_send_leaves_a_lease_that_runs_out(mailbox: Mailbox) -> None:
    message = written()
    assert Message.objects.lease(NOW)  # … and here it died
    assert post.send_due(now=NOW + LEASE - SECOND) == 0
    assert mailbox.mails == []
    assert post.send_due(now=NOW + LEASE + SECOND) == 1
    assert len(mailbox.mails) == 1
    assert as_it_stands(message).outcome == Outcome.SENT


@pytest.mark.django_db
def test_a_mail_that_kills_every_worker_is_given_up(mailbox: Mailbox) -> None:
    message = written()
    Message.objects.lease(NOW)
    Message.objects.lease(NOW + LEASE + SECOND)
    post.send_due(now=NOW + GIVE_UP)
    message = as_it_stands(message)
    assert (message.outcome, message.body) == (Outcome.FAILED, "")
    assert message.reason
    assert mailbox.mails == []


@pytest.mark.django_db
def test_a_message_from_before_a_long_silence_still_gets_its_try(mailbox: Mailbox) -> None:
    written()
    post.send_due(now=NOW + 2 * GIVE_UP)
    assert len(mailbox.mails) == 1


@pytest.mark.django_db
def test_mail_server_down_backs_off_then_fails_with_a_reason(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    message, at = written(), NOW
    for wait in (*BACK_OFF, BACK_OFF[-1]):
        assert post.send_due(now=at) == 1
        message = as_it_stands(message)
        # The spell's own clock runs on by some milliseconds.
        assert abs(message.due_at - at - timedelta(seconds=wait)) < SECOND
        assert message.reason == "ConnectionRefusedError"
        assert message.body  # it is still to be sent
        assert post.send_due(now=message.due_at - SECOND) == 0
        at = message.due_at
    post.send_due(now=NOW + GIVE_UP)
    message = as_it_stands(message)
    assert (message.outcome, message.reason, message.body) == (Outcome.FAILED, "ConnectionRefusedError", "")


@pytest.mark.django_db
def test_it_goes_out_when_the_mail_server_is_back(mailbox: Mailbox) -> None:
    message = written()
    mailbox.answer = "451 later, please"
    post.send_due(now=NOW)
    assert as_it_stands(message).reason == "SMTPDataError 451"
    mailbox.answer = "250 OK"
    assert post.send_due(now=NOW + timedelta(seconds=BACK_OFF[0] + 1)) == 1
    assert len(mailbox.mails) == 1


@pytest.mark.django_db
def test_no_such_mailbox_is_said_at_once(mailbox: Mailbox) -> None:
    message = written()
    mailbox.rcpt_answer = "550 no such mailbox"
    post.send_due(now=NOW)
    message = as_it_stands(message)
    assert (message.outcome, message.reason, message.body) == (Outcome.FAILED, "SMTPRecipientsRefused 550", "")


@pytest.mark.django_db
def test_one_bad_message_does_not_hold_up_the_next(mailbox: Mailbox) -> None:
    bad, good = written("bad"), written("good")
    Message.objects.filter(pk=bad.pk).update(to="ana\n@example.org", due_at=NOW - SECOND)
    assert post.send_due(now=NOW) == 2
    assert as_it_stands(bad).outcome == Outcome.FAILED
    assert as_it_stands(good).outcome == Outcome.SENT


@pytest.mark.django_db
def test_a_slow_worker_does_not_free_what_another_holds() -> None:
    written()
    slow = Message.objects.lease(NOW)
    other = Message.objects.lease(NOW + LEASE + SECOND)
    assert slow and other
    slow.retry(NOW + LEASE + 2 * SECOND, "too slow")
    assert as_it_stands(slow).lease_until == other.lease_until


@pytest.mark.django_db(transaction=True)
def test_rolled_back_means_never_posted() -> None:
    def refused() -> None:
        with transaction.atomic():
            written()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        refused()
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail_once(mailbox: Mailbox) -> None:
    message = written()
    mailbox.takes = 0.3  # long enough that the other one looks while this one sends
    together(*[lambda: post.send_one(str(message.pk), now=NOW)] * 2)
    assert len(mailbox.mails) == 1
    assert as_it_stands(message).attempts == 1


@pytest.mark.django_db(transaction=True)
def test_four_rings_at_once_share_the_work(mailbox: Mailbox) -> None:
    for number in range(40):
        Message.objects.post(f"{number}", "ana@example.org", f"{number}", "…", now=NOW)
    together(*[lambda: post.send_due(now=NOW)] * 4)
    assert sorted(int(mail["Subject"]) for mail in mailbox.mails) == list(range(40))
    assert not Message.objects.exclude(outcome=Outcome.SENT).exists()


def test_nothing_is_asked_of_a_worker_before_the_commit(db: None) -> None:
    with TestCase.captureOnCommitCallbacks() as asked, transaction.atomic():
        written()
    assert len(asked) == 1
