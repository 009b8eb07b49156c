"""What the site said of its own accord, the latest first. Opened, it is no longer new."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attachment_app.delivery.lines import lines
from attachment_app.delivery.models import Occurrence, Standing
from attachment_app.delivery.models.occurrence import OccurrenceQuerySet
from attachment_app.delivery.news import is_to_tell
from attachment_app.delivery.requests import SignedIn

A_PAGE = 20


@require_safe
@login_required
def index(request: SignedIn) -> HttpResponse:
    """`?before=<instant>&id=<id>`: the page that follows the message decided then."""
    now = timezone.now()
    found = list(_from(request)[: A_PAGE + 1])
    shown = lines(found[:A_PAGE])  # what was new is still shown as new, this once
    last = found[A_PAGE - 1] if len(found) > A_PAGE else None
    mine = Standing.objects.filter(person_id=request.user.pk).first()
    context = {
        "lines": shown,
        "last": last,
        "standing": mine,
        "silence": mine.silence(now) if mine and not request.GET else "",
        "is_later_page": bool(request.GET),
        "place": "inbox",
    }
    is_to_tell(request, now)  # said here, it need not be said on Today
    if request.method == "GET":
        Occurrence.objects.filter(pk__in=[one.pk for one in found[:A_PAGE]]).see(now)
    return render(request, "inbox/inbox.html", context)


def _from(request: SignedIn) -> OccurrenceQuerySet:
    mine = Occurrence.objects.visible_to(request.user).in_inbox().latest_first()
    try:
        place = datetime.fromisoformat(request.GET["before"]), UUID(request.GET["id"])
    except (KeyError, ValueError):
        return mine
    return mine.earlier_than(*place) if place[0].tzinfo else mine
