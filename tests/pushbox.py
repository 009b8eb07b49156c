"""A push service of our own for a test: what it took in can be counted, decrypted and read; it can be slow or refuse.

It runs in a process of its own, so that a sender that is measured or killed shares nothing with it: `open_pushbox()`.
A browser is `Browser.at(box)`: keys of its own and an address there.
"""

import base64
import json
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass(frozen=True)
class Taken:
    """One push as it arrived: the path names the browser."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Pushbox:
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, path: str, status: int, takes: float = 0, **more: Any) -> None:
        """From now on pushes to `path` ("*": all) get this status after so many seconds. More: `cut` ("before": the
        connection ends unanswered, after it was counted; "drip": the answer comes a byte at a time), `headers`."""
        self._say("answer", {"path": path, "status": status, "takes": takes, **more})

    def taken(self) -> list[Taken]:
        """All that arrived whole, in order."""
        return [
            Taken(one["path"], one["headers"], base64.b64decode(one["body"])) for one in self._say("taken", {})["taken"]
        ]

    def count(self) -> int:
        return int(self._say("count", {})["count"])

    def connections(self) -> int:
        return int(self._say("count", {})["connections"])

    def clear(self) -> None:
        self._say("clear", {})

    def _say(self, what: str, said: dict[str, Any]) -> dict[str, Any]:
        asked = urllib.request.Request(f"{self.url}/_{what}", json.dumps(said).encode())
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return dict(json.load(answer))


class Browser:
    """A browser that was allowed to show pushes: it alone can read what is sent to it."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = secrets.token_bytes(16)

    @classmethod
    def at(cls, box: Pushbox, path: str = "") -> "Browser":
        return cls(f"{box.url}/push/{path or secrets.token_urlsafe(12)}")

    @property
    def path(self) -> str:
        return "/" + self.endpoint.split("/", 3)[3]

    @property
    def keys(self) -> dict[str, str]:
        """p256dh and auth, as `PushSubscription.toJSON()` has them."""
        point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": packed(point), "auth": packed(self._auth)}

    def read(self, body: bytes) -> bytes:
        """Decrypt one push (RFC 8291). Raises http_ece.ECEException for one that is for somebody else."""
        return bytes(http_ece.decrypt(body, private_key=self._private, auth_secret=self._auth, version="aes128gcm"))

    def shown(self, body: bytes) -> dict[str, Any]:
        """What its service worker would be given."""
        return dict(json.loads(self.read(body)))


@contextmanager
def open_pushbox(settings: Any = None) -> Iterator[Pushbox]:
    """The server on a free port of this machine; with pytest's `settings`, pushes may go there."""
    if settings is not None:
        settings.PUSH_LOCAL = True
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        box = Pushbox(int(probe.getsockname()[1]))
    process = subprocess.Popen([sys.executable, "-m", "tests.pushbox", str(box.port)])
    try:
        _wait_for(box)
        yield box
    finally:
        process.kill()
        process.wait()


def _wait_for(box: Pushbox) -> None:
    for _ in range(200):
        try:
            box.count()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the push service does not answer")


if __name__ == "__main__":
    from tests.pushserver import serve

    serve(int(sys.argv[1]))
