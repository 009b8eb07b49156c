"""Web push (RFC 8030), encrypted for the one browser (RFC 8291) and signed by the site (RFC 8292)."""

import base64
import hashlib
import logging
import os
import socket
import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec

from . import vapid, wires
from .endpoints import NotAllowed, Origin, Unknown, split
from .models import PushSubscription
from .parcels import Left

log = logging.getLogger(__name__)
SIZE = 3072  # bytes of every payload before it is encrypted; a push service takes 4,096 after (RFC 8030)
THREADS, A_SERVICE = 32, 16  # at once in all, and to one push service: a slow one holds up itself alone
PATIENCE = 10.0  # seconds from the first byte written to the last read, however slowly they come
TIRED = 5  # answers in a row that say "later": the rest is spared the try
_CURVE = ec.SECP256R1()


@dataclass(frozen=True, slots=True)
class Parcel:
    """One push for one browser.

    `payload` is padded to SIZE and encrypted. Of pushes with the same `topic` (up to 32 letters of URL-safe base64) the
    push service keeps the newest; it gives up after `ttl` seconds. `urgency`: very-low, low, normal or high (RFC 8030).
    """

    endpoint: str
    p256dh: str
    auth: str
    payload: bytes
    topic: str = ""
    ttl: int = 3600
    urgency: str = "normal"

    @classmethod
    def to(
        cls, subscription: PushSubscription, payload: bytes, topic: str, ttl: int, urgency: str = "normal"
    ) -> "Parcel":
        """`topic` is hashed for each browser: the push service learns nothing from it."""
        hashed = hashlib.blake2b(f"{subscription.pk}:{topic}".encode(), digest_size=16).hexdigest()
        return cls(subscription.endpoint, subscription.p256dh, subscription.auth, payload, hashed, ttl, urgency)


def send(parcels: Sequence[Parcel], deadline: float) -> list[Left]:
    """Send them, many at once; how each one ended, in their order.

    `deadline` is a value of time.monotonic(): what has not been tried by then comes back LATER, and what is on its way
    is waited for, PATIENCE at most. Not to be called inside a transaction.
    """
    batch = _Batch(len(parcels), deadline)
    lanes = _lanes(parcels, batch.left)
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="push")
    turns = (lane for turn in range(A_SERVICE) for lane in lanes if turn * 4 < len(lane.waiting))
    tries = {pool.submit(lane.drive, batch) for lane in list(turns)}
    while tries and not (time.monotonic() >= deadline and batch.is_quiet()):
        _done, tries = wait(tries, timeout=0.2)
        batch.cut_the_slow()
    pool.shutdown(wait=False, cancel_futures=True)
    return list(batch.left)


def forget_gone(gone: Sequence[PushSubscription]) -> int:
    """Delete the subscriptions of browsers that are no longer there (Left.GONE); how many."""
    return PushSubscription.objects.filter(pk__in=[one.pk for one in gone]).delete()[0]


def encrypted(parcel: Parcel) -> bytes:
    """The body for the push service (aes128gcm, one record). Raises ValueError for keys that are none."""
    if len(parcel.payload) > SIZE:
        raise ValueError("too long")
    return bytes(
        http_ece.encrypt(
            parcel.payload.ljust(SIZE),  # JSON may end in spaces, and the length tells nothing of the words
            salt=os.urandom(16),
            private_key=ec.generate_private_key(_CURVE),
            dh=unpacked(parcel.p256dh),
            auth_secret=unpacked(parcel.auth),
            version="aes128gcm",
        )
    )


def unpacked(text: str) -> bytes:
    """Bytes from URL-safe base64 with or without its `=`. Raises ValueError."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


class _Batch:
    """What the threads of one `send` share: the results, and which connection has been under way since when."""

    def __init__(self, count: int, deadline: float) -> None:
        self.left = [Left.LATER] * count
        self.deadline = deadline
        self._under_way: dict[wires.Wire, float] = {}
        self._lock = threading.Lock()

    def begins(self, wire: wires.Wire) -> bool:
        """False where it is too late to begin; once `is_quiet` is true after the deadline, nothing begins any more."""
        with self._lock:
            now = time.monotonic()
            if now >= self.deadline:
                return False
            self._under_way[wire] = now
        return True

    def ends(self, wire: wires.Wire, index: int, how: Left) -> None:
        with self._lock:
            self.left[index] = how
            del self._under_way[wire]

    def is_quiet(self) -> bool:
        with self._lock:
            return not self._under_way

    def cut_the_slow(self) -> None:
        """A service may send one byte every four seconds for an hour: no timeout of a single read ends that."""
        with self._lock:
            slow = [wire for wire, since in self._under_way.items() if time.monotonic() - since > PATIENCE]
        for wire in slow:
            if sock := wire.connection.sock:
                try:
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)
                except OSError:
                    pass  # it has just ended by itself


class _Lane:
    """What waits for one push service."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.waiting: deque[tuple[int, str, Parcel]] = deque()
        self.later = 0  # in a row

    def drive(self, batch: _Batch) -> None:
        while self.later < TIRED and time.monotonic() < batch.deadline:
            try:
                index, path, parcel = self.waiting.popleft()
            except IndexError:
                return
            try:
                how = self._deliver(index, path, parcel, batch)
            except Exception:  # one that nobody thought of must not take the others along, nor be silent
                log.exception("a push was not sent")
                continue
            self.later = self.later + 1 if how in (Left.LATER, Left.PERHAPS) else 0

    def _deliver(self, index: int, path: str, parcel: Parcel, batch: _Batch) -> Left:
        try:
            body, wire = encrypted(parcel), wires.take(self.origin)
        except (NotAllowed, ValueError):
            batch.left[index] = Left.REFUSED
            return Left.REFUSED
        except (Unknown, wires.NotReached):
            return Left.LATER
        if not batch.begins(wire):
            wires.put_back(wire)
            return Left.LATER
        how = Left.PERHAPS
        try:
            how = _meaning(wire.ask(path, body, _headers(parcel, self.origin)))
            wires.put_back(wire)
        except wires.FAILURES:
            wire.connection.close()
        finally:
            batch.ends(wire, index, how)
        return how


def _lanes(parcels: Sequence[Parcel], left: list[Left]) -> list[_Lane]:
    """By push service, those with most to do first: one that somebody made up for themselves comes last."""
    lanes: dict[Origin, _Lane] = {}
    for index, parcel in enumerate(parcels):
        try:
            origin, path = split(parcel.endpoint)
        except NotAllowed:
            left[index] = Left.REFUSED
            continue
        lanes.setdefault(origin, _Lane(origin)).waiting.append((index, path, parcel))
    return sorted(lanes.values(), key=lambda lane: len(lane.waiting), reverse=True)


def _headers(parcel: Parcel, origin: Origin) -> dict[str, str]:
    said = {
        "Authorization": vapid.authorization(origin.audience),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, parcel.ttl)),
        "Urgency": parcel.urgency,
    }
    return said | ({"Topic": parcel.topic} if parcel.topic else {})


def _meaning(status: int) -> Left:
    if 200 <= status < 300:
        return Left.SENT
    if status in (404, 410):
        return Left.GONE
    if status in (408, 425, 429) or status >= 500:
        return Left.LATER
    return Left.REFUSED  # a redirect too: it is not followed
