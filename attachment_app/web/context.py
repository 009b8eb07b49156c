"""What the frame of every page knows. Higher apps add their parts in `AppConfig.ready` (see `in_frame`)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from attachment_app.lib.environment import LOOPBACK

from . import reading

_parts: dict[str, Callable[[HttpRequest], object]] = {}


def in_frame(name: str, provide: Callable[[HttpRequest], object]) -> None:
    """Let every template read `name`; `provide(request)` runs only where a template does."""
    _parts[name] = provide


def frame(request: HttpRequest) -> dict[str, Any]:
    parts = {name: SimpleLazyObject(partial(provide, request)) for name, provide in _parts.items()}
    said = {"reading": reading.Reading.of(request), "lights": reading.LIGHTS, "texts": reading.TEXTS}
    return {"site_name": settings.SITE_NAME, "dev": settings.DEV} | said | parts


def no_lock(request: HttpRequest) -> bool:
    """Whether this address is one on which browsers drop our cookies: plain http, and not this machine itself."""
    name = request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    return not request.is_secure() and name not in LOOPBACK


def is_late(request: HttpRequest) -> bool:
    """Whether it is between nine in the evening and seven in the morning where a signed-in person lives."""
    return request.user.is_authenticated and not 7 <= timezone.localtime().hour < 21


in_frame("no_lock", no_lock)
in_frame("is_late", is_late)
