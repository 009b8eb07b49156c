"""Where a push may go. A browser names its endpoint, so anybody can name any address: it is asked of each one, when it
is given and again at every send, and the connection is made to the very address that was found good."""

import socket
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from attachment_app.lib.environment import LOOPBACK
from attachment_app.lib.public_address import is_public

MOST = 1000  # letters of an address
TRIED = 3  # addresses of one name
NAMED = 3  # seconds for which a page waits for a name; the system's own limit is longer
_names = ThreadPoolExecutor(4, thread_name_prefix="names")


class NotAllowed(Exception):
    """This is no address that a push may be sent to."""


class Unknown(Exception):
    """The name cannot be resolved now."""


class Origin(NamedTuple):
    scheme: str
    host: str
    port: int

    @property
    def audience(self) -> str:
        """As RFC 8292 wants it in `aud`: scheme, host, and the port where it is not the usual one."""
        usual = {"https": 443, "http": 80}[self.scheme]
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == usual else f":{self.port}")


def split(endpoint: str) -> tuple[Origin, str]:
    """Origin and path (with its query). Raises NotAllowed: https alone, no name or password in it, no fragment."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
        printable = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    except ValueError as error:
        raise NotAllowed("no address") from error
    if not printable or not host or len(endpoint) > MOST or "\\" in endpoint:
        raise NotAllowed("no address")
    if "@" in parts.netloc or parts.fragment:
        raise NotAllowed("a name, a password or a fragment in it")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_ours(host)):
        raise NotAllowed("not https")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Origin(parts.scheme, host, port or (443 if parts.scheme == "https" else 80)), path


def addresses(origin: Origin) -> list[str]:
    """The addresses of its name, in the system's order. Raises NotAllowed where any of them is not public, so that a
    name cannot mix them, and Unknown where the name has none at the moment."""
    try:
        found = socket.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unknown(type(error).__name__) from error
    named = list(dict.fromkeys(str(where[0]) for *_, where in found))
    if not _is_ours(origin.host) and not all(map(is_public, named)):
        raise NotAllowed("not a public address")
    return named[:TRIED]


def check(endpoint: str) -> None:
    """Whether a push may go there, as a page asks it: the answer comes within NAMED seconds. Raises NotAllowed and
    Unknown."""
    origin, _path = split(endpoint)
    try:
        _names.submit(addresses, origin).result(timeout=NAMED)
    except TimeoutError as error:
        raise Unknown("no answer") from error


def _is_ours(host: str) -> bool:
    """This machine itself, where the setting for tests and benches allows it (DEV alone)."""
    return bool(settings.PUSH_LOCAL) and host in LOOPBACK
