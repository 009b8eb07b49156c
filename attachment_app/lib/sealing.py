"""Sealing what must not be readable at rest: AES-256-GCM, with data keys that are wrapped by a key of the environment.

A sealed value is bound to what it is about (its owner and its row): moved to another row it does not open.
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12  # what GCM takes; drawn at random, safe for 2**32 values a key (NIST SP 800-38D, 2007)
FORM = b"\x01"  # the first byte of what is sealed, so that another form can follow


class CannotOpen(Exception):
    """The key does not fit, or the value was changed or moved."""


class NotAKey(ValueError):
    """What was given as a key is none."""


def key_from(text: str) -> bytes:
    """A key of 32 bytes from URL-safe base64, as `secrets.token_urlsafe(32)` writes it. Raises NotAKey."""
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise NotAKey from error
    if len(key) != KEY_BYTES:
        raise NotAKey
    return key


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, text: bytes, about: str) -> bytes:
    """`text` so that only `key` opens it, and only for the same `about`."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORM + nonce + AESGCM(key).encrypt(nonce, text, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    """What was sealed. Raises CannotOpen."""
    if sealed[:1] != FORM:
        raise CannotOpen("sealed in a form that this version does not know")
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, about.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("the key does not fit, or the value was changed") from error


@dataclass(frozen=True)
class Ring:
    """The environment's keys: the first wraps, all unwrap."""

    keys: tuple[bytes, ...]

    @property
    def mark(self) -> str:
        """A short name of the wrapping key, which tells nothing about it."""
        return mark(self.keys[0])

    @property
    def marks(self) -> set[str]:
        return {mark(key) for key in self.keys}

    def wrap(self, data_key: bytes, about: str) -> bytes:
        return seal(self.keys[0], data_key, about)

    def unwrap(self, wrapped: bytes, wrapped_by: str, about: str) -> bytes:
        """The data key. Raises CannotOpen, also where the ring lacks the key named by `wrapped_by`."""
        for key in self.keys:
            if mark(key) == wrapped_by:
                return unseal(key, wrapped, about)
        raise CannotOpen(f"the key {wrapped_by} is not in the environment")


def mark(key: bytes) -> str:
    return hashlib.sha256(b"to-and-fro wrapping key " + key).hexdigest()[:16]
