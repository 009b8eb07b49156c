"""A wrong setting is named in one sentence."""

import os
import secrets
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from attachment_app.lib import environment as env


@pytest.mark.parametrize("url", ["nonsense", "mysql://a@b/c", "postgres://", "postgres://host", "http://a/b", ""])
def test_a_wrong_database_is_named(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        env.database(url)


@pytest.mark.parametrize("url", ["nonsense", "amqp://a", "http://a", "redis://", ""])
def test_a_wrong_broker_is_named(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL"):
        env.broker(url)


@pytest.mark.parametrize("url", ["nonsense", "http://a", "smtp://", ""])
def test_a_wrong_mail_server_is_named(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        env.mail(url)


def test_mail_by_starttls() -> None:
    read = env.mail("smtp+tls://ana%40x.org:p%2Fw@mail.x.org")
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("ana@x.org", "p/w")
    assert (read["EMAIL_PORT"], read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (587, True, False)


@pytest.mark.parametrize("value", ["maybe", "2"])
def test_a_wrong_flag_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DEV", value)
    with pytest.raises(ImproperlyConfigured, match="DEV is"):
        env.flag("DEV")


def test_a_wrong_number_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(ImproperlyConfigured, match="PORT is"):
        env.number("PORT", 8000)


@pytest.mark.parametrize(("key", "before", "named"), [("short", [], "NOTES_KEY is"), ("", [], "NOTES_KEY is")])
def test_a_wrong_key_for_notes_is_named_and_not_shown(key: str, before: list[str], named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=named) as error:
        env.ring(key, before)
    assert "short" not in str(error.value)


def test_a_wrong_older_key_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match="NOTES_KEYS_BEFORE is"):
        env.ring(secrets.token_urlsafe(32), ["short"])


def test_keys_for_notes_stand_in_order() -> None:
    new, old = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    assert env.ring(new, [old]).mark == env.ring(new, []).mark
    assert env.ring(new, [old]).marks == env.ring(old, [new]).marks


@pytest.mark.parametrize("key", ["short", "", "_" * 43, "A" * 43, "ü" * 43, "x" * 44])
def test_a_wrong_key_for_pushes_is_named_and_not_shown(key: str) -> None:
    """Nothing, or all ones, is no private key of the curve."""
    with pytest.raises(ImproperlyConfigured, match="VAPID_KEY is no key") as error:
        env.vapid_key(key)
    assert not key or key not in str(error.value)


def test_a_key_for_pushes() -> None:
    key = secrets.token_urlsafe(32)
    assert env.vapid_key(key) == key
    assert env.vapid_key(f"{key}=")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"PUSH_LOCAL": "1"}, "PUSH_LOCAL=1 sends pushes to this machine itself"),
        ({"PUSH_LOCAL": "1", "DEV": "1", "ALLOWED_HOSTS": "toandfro.example"}, "DEV=1 shows confirmation codes"),
        ({"SECRET_KEY": "x" * 50, "NOTES_KEY": "A" * 43}, "VAPID_KEY is not:"),
    ],
)
def test_a_start_that_is_refused(said: dict[str, str], sentence: str) -> None:
    before = {name: value for name, value in os.environ.items() if name not in ("DEV", "VAPID_KEY", "ALLOWED_HOSTS")}
    start = [sys.executable, "-c", "import attachment_app.settings"]
    ended = subprocess.run(start, env={**before, **said}, capture_output=True, text=True)
    assert ended.returncode
    assert sentence in ended.stderr
