"""What every answer carries, and the one transaction in which a person's page is made."""

import zoneinfo
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone

from .person import acting_for
from .views import unavailable

AWAY = (OperationalError, InterfaceError)  # the database went away, before or in the middle of a page
ACTIVE_EVERY = timedelta(minutes=2)  # one small write, however much is tapped meanwhile
Answer = Callable[[HttpRequest], HttpResponse]

_DENIED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(
    [f"{name}=()" for name in _DENIED] + ["publickey-credentials-create=(self)", "publickey-credentials-get=(self)"]
)


def headers(get_response: Answer) -> Answer:
    """Headers that Django and the content policy do not set themselves."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


class PersonTransaction:
    """Opens one transaction around view and rendering, and tells PostgreSQL whose it is (see acting_for).

    Only the session and its person are read before it. A view that raised (a 404 too) leaves nothing behind; an
    answer of 500 or more neither. Views marked `needs_no_database` are left alone, so that they answer while the
    database is away.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _needs_no_database(request):
            return self.get_response(request)
        try:
            with acting_for(request.user.pk):
                return self._answer(request)
        except AWAY:
            return unavailable(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        request.META["attachment_app.raised"] = True
        return unavailable(request) if isinstance(exception, AWAY) else None

    def _answer(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if person.is_authenticated:
            timezone.activate(zoneinfo.ZoneInfo(person.time_zone))
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        _remember(person, timezone.now())
        if request.META.get("attachment_app.raised") or response.status_code >= 500:
            transaction.set_rollback(True)
        if person.is_authenticated and not request.user.is_authenticated:
            # They signed out: what this browser keeps of their pages goes, so that its back button shows nothing.
            response.headers["Clear-Site-Data"] = '"cache"'
        if person.is_authenticated or request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


def _remember(person: Any, now: datetime) -> None:
    """That they did something here, and not what: a reminder is held back for a while (delivery/decide.py)."""
    if person.is_authenticated and (person.last_active_at is None or now - person.last_active_at >= ACTIVE_EVERY):
        get_user_model().objects.filter(pk=person.pk).update(last_active_at=now)


def _needs_no_database(request: HttpRequest) -> bool:
    try:
        return bool(getattr(resolve(request.path_info).func, "needs_no_database", False))
    except Resolver404:
        return False
