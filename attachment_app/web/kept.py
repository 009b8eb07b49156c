"""Pages that are the same for everybody, kept ready in the web server's process, so that reading asks no table.

Kept is only what an anonymous reader gets: a request with a session cookie, a query or another method goes past. A
page is known by its address and the reader's own settings (light, text size), and by the *edition* of what it is made
from: a mark that changes when any of it does. The mark is read anew at most every KEPT_PAGES_SECONDS, so an article
that was changed or withdrawn is served for that long at most, in each process; new code starts with nothing kept.
While the database is away, what is kept goes on being served.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import brotli
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from .reading import Reading

MOST = 600  # pages a process keeps; the oldest goes first
Answer = Callable[[HttpRequest], HttpResponse]
Key = tuple[str, str, str, str]
_editions: list[Callable[[], str]] = []


def made_from(edition: Callable[[], str]) -> None:
    """Let `edition()` say which state of the content kept pages are made from (called in `AppConfig.ready`)."""
    _editions.append(edition)


def same_for_everybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose anonymous page may be kept: it depends on nothing but its address and the edition."""
    view.same_for_everybody = True  # type: ignore[attr-defined]
    return view


@dataclass
class Page:
    body: bytes
    headers: dict[str, str]
    etag: str
    packed: dict[str, bytes] = field(default_factory=dict)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """A new answer in the encoding that the browser takes, or 304 where it has this very page."""
        coding = _coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        if coding not in self.packed:
            self.packed[coding] = _PACK[coding](self.body)
        response = HttpResponse(self.packed[coding], headers=self.headers)
        response.headers["Content-Length"] = str(len(self.packed[coding]))
        if coding:
            response.headers["Content-Encoding"] = coding
        unchanged = get_conditional_response(request, self.etag, response=response)
        return unchanged if isinstance(unchanged, HttpResponse) else response


class KeptPages:
    """The outermost middleware: what it holds is answered before any other part has woken."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.edition, self.looked_at = "", float("-inf")
        self.lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_anybody(request):
            return self.get_response(request)
        key = _key(request)
        if key not in self.pages and not _may_be_kept(request):
            return self.get_response(request)
        request.get_host()  # an unknown name is refused here as anywhere
        self._look()
        page = self.pages.get(key) or self._make(key, request)
        return page.answer(request) if isinstance(page, Page) else page

    def _look(self) -> None:
        """Ask for the edition where the last look is too old; another one empties the shelf."""
        now = time.monotonic()
        if now - self.looked_at < settings.KEPT_PAGES_SECONDS:
            return
        self.looked_at = now  # before asking: the other threads go on meanwhile
        try:
            edition = "\n".join([timezone.localdate().isoformat(), *(ask() for ask in _editions)])
        except DatabaseError:
            return
        with self.lock:
            if edition != self.edition:
                self.edition = edition
                self.pages.clear()

    def _make(self, key: Key, request: HttpRequest) -> Page | HttpResponse:
        edition = self.edition
        taken = request.META.pop("HTTP_ACCEPT_ENCODING", None)  # plain bytes first: they are packed here, once
        response = self.get_response(request)
        if taken is not None:
            request.META["HTTP_ACCEPT_ENCODING"] = taken
        if response.status_code != 200 or response.cookies or response.streaming:
            return response
        patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
        etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        page = Page(response.content, {**response.headers, "ETag": etag}, etag)
        with self.lock:
            if edition == self.edition:
                self.pages[key] = page
            while len(self.pages) > MOST:
                self.pages.popitem(last=False)
        return page


def _is_anybody(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def _key(request: HttpRequest) -> Key:
    reading = Reading.of(request)
    return str(request.scheme), request.path_info, reading.light, reading.text


def _may_be_kept(request: HttpRequest) -> bool:
    try:
        return bool(getattr(resolve(request.path_info).func, "same_for_everybody", False))
    except Resolver404:
        return False


def _coding(accepted: str) -> str:
    names = {name.partition(";")[0].strip() for name in accepted.lower().split(",")}
    return next((name for name in ("br", "gzip") if name in names), "")


_PACK: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=9)),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
    "": lambda body: body,
}
