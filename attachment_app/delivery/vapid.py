"""Who we are to a push service: one key for the whole site (RFC 8292)."""

import threading
import time
from email.utils import parseaddr
from functools import lru_cache

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

LASTS = 12 * 3600  # seconds; a push service takes 24 hours at most
_FRESH = 3600  # a token that has less left is made anew

_made: dict[tuple[str, str], tuple[float, str]] = {}
_lock = threading.Lock()


def public_key() -> str:
    """The key that a browser ties its subscription to (`applicationServerKey`), in URL-safe base64."""
    return _public_key(settings.VAPID_KEY)


def authorization(audience: str) -> str:
    """The Authorization header for a push service, signed once in LASTS for each."""
    now = time.time()
    key = (settings.VAPID_KEY, audience)
    with _lock:
        until, header = _made.get(key, (0.0, ""))
        if until - now < _FRESH:
            until = now + LASTS
            contact = f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
            claims = {"aud": audience, "exp": int(until), "sub": contact}
            header = str(_signer(settings.VAPID_KEY).sign(claims)["Authorization"])
            if len(_made) > 1000:  # endpoints that anybody may name must not fill the memory
                _made.clear()
            _made[key] = (until, header)
    return header


@lru_cache(maxsize=2)
def _signer(key: str) -> Vapid02:
    return Vapid02.from_raw(key.encode())


@lru_cache(maxsize=2)
def _public_key(key: str) -> str:
    point = _signer(key).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return str(b64urlencode(point))
