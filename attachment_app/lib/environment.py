"""Settings from the environment; a bad value is named in one sentence."""

import base64
import os
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import dj_database_url
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured

from . import sealing

T = TypeVar("T")

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}
LOOPBACK = {"localhost", "127.0.0.1", "::1", "[::1]"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is “{value}”; it takes 1 or 0.")


def number(name: str, default: int) -> int:
    return _parsed(name, int, "a whole number") if os.environ.get(name) else default


def listing(name: str, default: list[str]) -> list[str]:
    value = os.environ.get(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else default


def database(url: str) -> dict[str, object]:
    """Django's database settings from a postgres:// URL. Raises ImproperlyConfigured for any other."""
    example = "postgres://user:password@host:5432/name"
    try:
        parsed = dict(dj_database_url.parse(url))
    except Exception as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read; it should look like {example}.") from error
    if parsed.get("ENGINE") != "django.db.backends.postgresql" or not parsed.get("NAME"):
        raise ImproperlyConfigured(f"DATABASE_URL names no PostgreSQL database; it should look like {example}.")
    return parsed


def broker(url: str) -> str:
    """The broker's address as Celery takes it. Raises ImproperlyConfigured for anything but a Redis address."""
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss", "redis+socket"} or not (parts.hostname or parts.path):
        raise ImproperlyConfigured("REDIS_URL cannot be read; it should look like redis://host:6379/0.")
    return url


def mail(url: str) -> dict[str, object]:
    """Django's e-mail settings from smtp://user:password@host:port (smtps:// for TLS from the first byte,
    smtp+tls:// for STARTTLS). Raises ImproperlyConfigured for anything else."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL cannot be read; it should look like smtp+tls://user:password@host:587.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


def ring(key: str, before: list[str]) -> sealing.Ring:
    """The keys for notes: NOTES_KEY first, then those of NOTES_KEYS_BEFORE.

    Raises ImproperlyConfigured for one that is no key, without showing it.
    """
    keys = []
    for name, value in [("NOTES_KEY", key), *(("NOTES_KEYS_BEFORE", old) for old in before)]:
        try:
            keys.append(sealing.key_from(value))
        except sealing.NotAKey as error:
            raise ImproperlyConfigured(
                f"{name} is no key: it takes 32 random bytes in URL-safe base64, "
                "such as “openssl rand -base64 32 | tr +/ -_” prints."
            ) from error
    return sealing.Ring(tuple(keys))


def vapid_key(value: str) -> str:
    """The key with which pushes are signed: a private key of P-256, its 32 bytes in URL-safe base64.

    Raises ImproperlyConfigured for one that is no key, without showing it.
    """
    try:
        raw = base64.b64decode(value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4), altchars=b"-_", validate=True)
        if len(raw) != 32:
            raise ValueError
        ec.derive_private_key(int.from_bytes(raw), ec.SECP256R1())
    except ValueError as error:
        raise ImproperlyConfigured(
            "VAPID_KEY is no key: it takes 32 random bytes in URL-safe base64, "
            "such as “openssl rand -base64 32 | tr +/ -_” prints."
        ) from error
    return value


def _parsed(name: str, parse: Callable[[str], T], expected: str) -> T:
    try:
        return parse(os.environ[name])
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is “{os.environ[name]}”; it takes {expected}.") from error
