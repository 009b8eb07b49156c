"""One answer for two ways of asking: htmx swaps one named part, a plain browser is sent to the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect, reswap


class SeeOther(HttpResponseRedirect):
    """After a save: load the page again with GET, so that a reload sends nothing twice."""

    status_code = 303


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to `url`, however it asked."""
    return HttpResponseClientRedirect(url) if is_htmx(request) else SeeOther(url)


def swap_or_go(
    request: HttpRequest, template: str, context: dict[str, Any], url: str, said: str = "", status: int = 200
) -> HttpResponse:
    """The named part with `said` for the live region, or (without htmx) the page at `url`."""
    if not is_htmx(request):
        return SeeOther(url)
    return render(request, template, {**context, "said": said}, status=status)


def keep(request: HttpRequest, url: str, said: str) -> HttpResponse:
    """A tap that the page already shows was saved: nothing is swapped but the live region."""
    if not is_htmx(request):
        return SeeOther(url)
    return reswap(render(request, "_said.html", {"said": said}), "none")
