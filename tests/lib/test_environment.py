"""A wrong setting is named in one sentence."""

import secrets

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
