"""Breaks: what a parent wants kept or checked on, and the part of the break page that is theirs alone."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attachment_app.accounts.models import Person
from attachment_app.accounts.requests import PersonRequest
from attachment_app.delivery.models import PushSubscription, Standing
from attachment_app.web.htmx import SeeOther, is_htmx, swap_or_go
from journal import look_ins
from journal.break_forms import EndingForm, StartForm
from journal.break_offers import last_offer
from journal.models import Break, Contact, Ending, Plan, Trigger

MINE = "journal/_break_mine.html"


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """What the break page shows of somebody's own, asked for online; nothing at all for somebody signed out."""
    if not isinstance(request.user, Person):
        return HttpResponse(status=204)
    return render(request, MINE, context(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: PersonRequest) -> HttpResponse:
    return _start(request) if request.method == "POST" else _page(request)


def context(person: Person, **more: Any) -> dict[str, Any]:
    """What the personal part reads: plans first, then people, then the break that goes on."""
    now, ended = timezone.now(), more.get("ended")
    to_come, going_on = look_ins.to_come(person), Break.objects.going_on(person, now).first()
    return {
        "plans": Plan.objects.visible_to(person).opened(),
        "people": Contact.objects.visible_to(person).opened(),
        "to_come": to_come,
        "going_on": going_on,
        "is_free": not (to_come or going_on or ended),
        "has_push": PushSubscription.objects.filter(person=person).exists(),
        "start": StartForm(),
        "break_key": uuid4(),
        "endings": Ending,
        **more,
    }


def _page(request: PersonRequest) -> HttpResponse:
    kept = Break.objects.visible_to(request.user).order_by("-taken_at").opened()
    standing = Standing.objects.filter(person=request.user).first()
    more = {"kept": kept, "is_checked_on": bool(standing and standing.check_on_me_since), "place": "breaks"}
    return render(request, "journal/breaks.html", context(request.user, **more))


def _start(request: PersonRequest) -> HttpResponse:
    """A break begins: only what was ticked is written down."""
    form, person, now = StartForm(request.POST), request.user, timezone.now()
    if not form.is_valid():
        return _changed(request, _("That could not be read. Nothing was written down."))
    said, told = form.cleaned_data, []
    if said["check"] and PushSubscription.objects.filter(person=person).exists():
        look_ins.ask(person, said["client_key"], now - said["gone"], now)
        told.append(_("A push comes at 10 and at 15 minutes. Set your phone’s own timer too."))
    if said["keep"]:
        offered = last_offer(person, now) if said["trigger"] in (Trigger.LONG, Trigger.NOT_YET) else None
        Break.objects.take(person, said["client_key"], said["trigger"], now - said["gone"], offered)
        told.append(_("A note of this break is kept, for you alone."))
    return _changed(request, " ".join(told) or _("Nothing was written down."))


@require_POST
@login_required
def back(request: PersonRequest) -> HttpResponse:
    """“We are back”: no push comes any more, and a break that is kept is asked once how it ended."""
    now = timezone.now()
    look_ins.cancel(request.user, now)
    going_on = Break.objects.going_on(request.user, now).first()
    if going_on is None:
        return _changed(request, _("Welcome back. No push comes any more."))
    going_on.end(now)
    url = reverse("journal:break-ending", args=[going_on.pk])
    return swap_or_go(request, MINE, context(request.user, ended=going_on), url, _("Welcome back."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ending(request: PersonRequest, break_id: UUID) -> HttpResponse:
    one = get_object_or_404(Break.objects.visible_to(request.user), id=break_id)
    if request.method != "POST":
        return render(request, "journal/break_ending.html", {"ended": one, "endings": Ending, "place": "breaks"})
    form = EndingForm(request.POST)
    if not form.is_valid():
        return _changed(request, _("That was not one of the choices. Nothing was changed."))
    if form.cleaned_data["ending"]:
        one.say(form.cleaned_data["ending"])
        return _changed(request, _("Saved, for you alone."))
    return _changed(request, _("Skipped. It is not asked again."))


@require_POST
@login_required
def remove(request: PersonRequest, break_id: UUID) -> HttpResponse:
    get_object_or_404(Break.objects.visible_to(request.user), id=break_id).delete()
    return SeeOther(reverse("journal:breaks") + "#kept")


@require_POST
@login_required
def remove_all(request: PersonRequest) -> HttpResponse:
    Break.objects.visible_to(request.user).delete()
    return SeeOther(reverse("journal:breaks") + "#kept")


def _changed(request: PersonRequest, said: str) -> HttpResponse:
    if not is_htmx(request):
        messages.success(request, said)
    return swap_or_go(request, MINE, context(request.user), reverse("journal:breaks"), said)
