"""The service worker, what it keeps, and the manifest."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .views import without_database

# All that the break page and the offline page read; a test compares it with what a browser asks for.
KEPT = (
    "css/site.css",
    "css/minute.css",
    "js/light.js",
    "js/site.js",
    "js/break.js",
    "js/behaviours/lights.js",
    "js/behaviours/worker.js",
    "js/behaviours/country.js",
    "js/behaviours/break-timer.js",
    "js/behaviours/break-mine.js",
    "js/behaviours/one-panel.js",
    "svg/icons.svg",
    "svg/mark.svg",
    "svg/rule.svg",
)


@without_database
@require_safe
@cache_control(no_cache=True)
def script(request: HttpRequest) -> HttpResponse:
    """/sw.js. Its bytes change with any file or page that it keeps, and so a deploy renews what is kept."""
    files = [static(name) for name in KEPT]
    pages = [resolve(reverse(name)).func(request).content for name in ("break", "offline")]
    mark = hashlib.sha256(b"\n".join([json.dumps(files).encode(), *pages])).hexdigest()[:16]
    context = {
        "name": f"to-and-fro-{mark}",
        "files": json.dumps(files),
        "break_url": reverse("break"),
        "offline_url": reverse("offline"),
        "neutral": json.dumps(_("A message from %(site)s") % {"site": settings.SITE_NAME}),
    }
    return HttpResponse(render_to_string("web/sw.js", context), content_type="text/javascript; charset=utf-8")


@without_database
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline.html", {"still": True})


@without_database
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    icon = {"src": static("svg/app-icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable"}
    said = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "start_url": "/",
        "display": "standalone",
        "background_color": "#faf3e7",
        "theme_color": "#faf3e7",
        "icons": [icon],
    }
    return JsonResponse(said, content_type="application/manifest+json")
