"""How often, when not, and by which ways. Each tap works at once; all but the inbox is off until it is tapped."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from attachment_app.delivery import around
from attachment_app.delivery.forms import StandingForm, SwitchForm
from attachment_app.delivery.models import Standing
from attachment_app.delivery.requests import SignedIn
from attachment_app.web.htmx import SeeOther

QUIET = ("quiet_from", "quiet_until")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show(request: SignedIn) -> HttpResponse:
    mine = Standing.objects.of(request.user)
    form = StandingForm(request.POST or None, instance=mine)
    if request.method == "POST" and form.is_valid():
        form.instance.save(update_fields=form.changed_data)
        if set(form.changed_data) & set(QUIET):
            around.quiet_hours_changed(request.user, timezone.now())
        return SeeOther(reverse("inbox:settings") + "?saved=1")
    return render(request, "inbox/settings.html", _context(request, form), status=422 if form.errors else 200)


def _context(request: SignedIn, form: StandingForm) -> dict[str, Any]:
    now = timezone.now()
    mine = Standing.objects.of(request.user)  # as it stands, whatever the form says
    return {
        "form": form,
        "standing": mine,
        "is_paused": bool(mine.paused_until and now < mine.paused_until),
        "silence": mine.silence(now),
        "has_address": _has_address(request),
        "saved": "saved" in request.GET,
        "place": "family",
    }


def _has_address(request: SignedIn) -> bool:
    """Whether the address to which it would go is confirmed."""
    email = request.user.email  # type: ignore[attr-defined]
    return bool(EmailAddress.objects.filter(user=request.user, email__iexact=email, verified=True).exists())


@require_POST
@login_required
def pause(request: SignedIn) -> HttpResponse:
    """A week without messages, from now; or on again."""
    form, mine = SwitchForm(request.POST), Standing.objects.of(request.user)
    if form.is_valid():
        mine.pause(timezone.now()) if form.is_on else mine.go_on()
    return _back(request, "pause")


@require_POST
@login_required
def stop(request: SignedIn) -> HttpResponse:
    """Nothing that the site starts; or (off) as before: the stop, the silence and the slower pace end."""
    form, mine = SwitchForm(request.POST), Standing.objects.of(request.user)
    if form.is_valid():
        mine.stop(timezone.now()) if form.is_on else mine.wake(timezone.now())
    return _back(request, "all")


@require_POST
@login_required
def email(request: SignedIn) -> HttpResponse:
    """On for a confirmed address alone."""
    form, mine = SwitchForm(request.POST), Standing.objects.of(request.user)
    if form.is_valid() and (not form.is_on or _has_address(request)):
        mine.email_since = (mine.email_since or timezone.now()) if form.is_on else None
        mine.save(update_fields=["email_since"])
    return _back(request, "email")


@require_POST
@login_required
def check(request: SignedIn) -> HttpResponse:
    """“Check on me”: a break offered by push."""
    form, mine = SwitchForm(request.POST), Standing.objects.of(request.user)
    if form.is_valid():
        mine.check_on_me_since = (mine.check_on_me_since or timezone.now()) if form.is_on else None
        mine.save(update_fields=["check_on_me_since"])
    return _back(request, "check")


def _back(request: SignedIn, part: str) -> HttpResponse:
    """To the page on which it was tapped (`next`, one of ours), or to its part of the settings."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return SeeOther(wanted)
    return SeeOther(reverse("inbox:settings") + f"#{part}")
