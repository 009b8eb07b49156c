"""The doctor names what is not right, in sentences, and shows no secret."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from attachment_app.accounts.models import DataKey
from attachment_app.delivery.models import Message, Occurrence, State
from attachment_app.lib.sealing import Ring, new_key
from attachment_app.management.commands import doctor
from guidance.help_lines import help_lines
from tests.delivery.makers import occurrence
from tests.mailbox import free_port
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def healthy(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.DEV = tmp_path, True


def said(capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(CommandError, match="not right"):
        call_command("doctor")
    return capsys.readouterr().out


def test_it_works(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "numbers", lambda: iter(()))  # they age; see the next test
    call_command("doctor")
    assert capsys.readouterr().out == "Everything looks right.\n"


@pytest.mark.parametrize(("days", "sentences"), [(180, 0), (181, 1)])
def test_help_lines_that_nobody_compared_for_half_a_year(days: int, sentences: int) -> None:
    with time_machine.travel(help_lines().checked + timedelta(days=days)):
        found = list(doctor.numbers())
    assert len(found) == sentences
    assert all("last checked on 24 November 2026" in sentence for sentence in found)


def test_secrets(settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SECRET_KEY = "short-secret"
    (tmp_path / "secrets").write_text("K=hidden")
    (tmp_path / "secrets").chmod(0o644)
    page = said(capsys)
    assert "SECRET_KEY is short" in page
    assert "can be read by other users" in page
    assert "short-secret" not in page
    assert "hidden" not in page


def test_mail(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEV = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert "No mail server is set" in said(capsys)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    assert "does not answer: ConnectionRefusedError" in said(capsys)


def test_roles(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)  # the tests run as a plain role too, or they would prove nothing
    assert list(doctor.roles()) == []


def test_migrations(capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'journal')"
        )
    assert "migrations are not applied" in said(capsys)


def test_disk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "DISK_LEAST", 10**18)
    assert "MB are free" in said(capsys)


def test_clock(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "CLOCK_MOST", timedelta(microseconds=-1))
    assert "seconds apart" in said(capsys)


def test_broker(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.CELERY_BROKER_URL = f"redis://:a-secret@127.0.0.1:{free_port()}/0"
    page = said(capsys)
    assert "The broker does not answer" in page
    assert "a-secret" not in page


def test_outbox(capsys: pytest.CaptureFixture[str]) -> None:
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    Message.objects.post("one", "ana@example.org", "s", "b", long_ago)
    assert "1 mails have waited" in said(capsys)


def test_reminders(capsys: pytest.CaptureFixture[str]) -> None:
    world, long_ago = World(), datetime(2026, 1, 1, tzinfo=UTC)
    occurrence(world.ana, long_ago)
    assert "1 reminders have waited for more than five minutes" in said(capsys)
    Occurrence.objects.update(state=State.UNKNOWN, decided_at=timezone.now())
    page = said(capsys)
    assert "Of 1 reminders of the last day it is not known" in page
    assert "have waited" not in page


def test_keys(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    world, old = World(), settings.NOTES_RING
    DataKey.objects.make(person_id=world.ana.pk)
    settings.NOTES_RING = Ring((new_key(), *old.keys))
    assert "run manage.py rotate_keys" in said(capsys)
    settings.NOTES_RING = Ring((new_key(),))
    assert "NOTES_KEY is not the key that notes were sealed with" in said(capsys)


def test_a_table_left_open(capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_note NO FORCE ROW LEVEL SECURITY")
    assert "The table journal_note holds people's rows and has no forced policy." in said(capsys)
