"""Connections to push services: checked, pinned to the address that was checked, kept, and used again."""

import os
import ssl
import threading
import time
from collections.abc import Mapping
from functools import cache
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from .endpoints import Origin, addresses

CONNECT, READ = 3.0, 5.0  # seconds, for each step of a connection
IDLE, AGE = 30.0, 300.0  # seconds without use, and from its first: then it is made anew, and the name asked again
KEPT = 16  # connections to one service
SERVICES = 64  # that are kept at all: names that anybody may invent must not fill the memory
ENOUGH = 4096  # bytes of an answer's body; one that says more loses its connection
FAILURES = (OSError, HTTPException, HTTPError)


class NotReached(Exception):
    """There is no connection: nothing was written."""


class Wire:
    """One connection, and since when it has been there."""

    def __init__(self, origin: Origin, connection: HTTPConnection) -> None:
        self.origin, self.connection = origin, connection
        self.made = self.used = time.monotonic()

    def ask(self, path: str, body: bytes, headers: Mapping[str, str]) -> int:
        """POST, and the status that came back. Raises one of FAILURES: nobody knows then whether it arrived."""
        name = self.origin.audience.partition("://")[2]
        self.connection.request("POST", path, body, {"Host": name, **headers}, preload_content=False)
        answer = self.connection.getresponse()
        try:
            answer.read(ENOUGH)
            is_whole = answer.closed or not answer.length_remaining
        except FAILURES:
            is_whole = False
        if not is_whole or answer.headers.get("Connection", "").lower() == "close":
            self.connection.close()
        self.used = time.monotonic()
        return int(answer.status)

    def is_good(self) -> bool:
        now = time.monotonic()
        return now - self.used < IDLE and now - self.made < AGE and bool(self.connection.is_connected)


_kept: dict[Origin, list[Wire]] = {}
_lock = threading.Lock()


def take(origin: Origin) -> Wire:
    """A connection for the caller alone, until it is put back or dropped.

    Raises NotReached, or NotAllowed and Unknown as `addresses` does.
    """
    while True:
        with _lock:
            shelf = _kept.get(origin)
            wire = shelf.pop() if shelf else None
        if wire is None:
            return Wire(origin, _connected(origin))
        if wire.is_good():
            return wire
        wire.connection.close()


def put_back(wire: Wire) -> None:
    with _lock:
        if len(_kept) >= SERVICES and wire.origin not in _kept:
            _kept.clear()
        shelf = _kept.setdefault(wire.origin, [])
        if len(shelf) < KEPT and wire.connection.sock is not None:
            shelf.append(wire)


def _connected(origin: Origin) -> HTTPConnection:
    """To the first of its checked addresses that answers; no name is resolved after the check."""
    failed: Exception = NotReached("no address")
    for address in addresses(origin):
        connection = _to(origin, address)
        try:
            connection.connect()
        except FAILURES as error:
            connection.close()
            failed = error
        else:
            connection.timeout = READ  # it sets its socket by this before every step
            return connection
    raise NotReached(type(failed).__name__) from failed


def _to(origin: Origin, address: str) -> HTTPConnection:
    if origin.scheme == "http":
        return HTTPConnection(address, origin.port, timeout=CONNECT)
    return HTTPSConnection(
        address,
        origin.port,
        timeout=CONNECT,
        ssl_context=_trusted(),
        cert_reqs="CERT_REQUIRED",
        server_hostname=origin.host,  # which is what the certificate must be for, by the context's own check
    )


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


# A child must not speak on its parent's connections.
os.register_at_fork(after_in_child=_kept.clear)
