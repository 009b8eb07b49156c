"""What the frame of every page knows. Higher apps add their parts in `AppConfig.ready` (see `in_frame`)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import reading

_parts: dict[str, Callable[[HttpRequest], object]] = {}


def in_frame(name: str, provide: Callable[[HttpRequest], object]) -> None:
    """Let every template read `name`; `provide(request)` runs only where a template does."""
    _parts[name] = provide


def frame(request: HttpRequest) -> dict[str, Any]:
    parts = {name: SimpleLazyObject(partial(provide, request)) for name, provide in _parts.items()}
    said = {"reading": reading.Reading.of(request), "lights": reading.LIGHTS, "texts": reading.TEXTS}
    return {"site_name": settings.SITE_NAME, "dev": settings.DEV} | said | parts
