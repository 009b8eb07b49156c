"""“I need a minute”: one page, the same bytes for everybody, so that it can be kept for when there is no network."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from attachment_app.web.views import without_database

from .help_lines import help_lines
from .safety import boxes


@without_database
@require_safe
@conditional_page
@cache_control(public=True, max_age=0, must_revalidate=True)
def show(request: HttpRequest) -> HttpResponse:
    """Reads no session, no cookie and no table; which country's numbers come first is chosen in the browser."""
    lines, box = help_lines(), boxes()
    context = {
        "still": True,
        "place": "break",
        "illness": box["illness"],
        "choices": box["choices"],
        "lines": lines,
        "is_stale": lines.is_stale(timezone.localdate()),
    }
    return render(request, "guidance/break.html", context)
