"""Why did I get this? And why not: every decision about a message, as sentences."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attachment_app.delivery.lines import lines
from attachment_app.delivery.models import Occurrence, State
from attachment_app.delivery.reasons import asked_for, how_it_went
from attachment_app.delivery.requests import SignedIn

AT_MOST = 40


@require_safe
@login_required
def show(request: SignedIn, occurrence_id: UUID) -> HttpResponse:
    """Of a message that came, and of one that did not."""
    mine = Occurrence.objects.visible_to(request.user).filter(decided_at__isnull=False)
    occurrence = get_object_or_404(mine, pk=occurrence_id)
    if request.method == "GET" and occurrence.state not in (State.DROPPED, State.WAITING):
        occurrence.see(timezone.now())
    context = {
        "line": lines([occurrence])[0],
        "asked": asked_for([occurrence])[occurrence.pk],
        "ways": how_it_went(occurrence),
        "came": occurrence.state not in (State.DROPPED, State.WAITING),
        "place": "inbox",
    }
    return render(request, "inbox/why.html", context)


@require_safe
@login_required
def not_sent(request: SignedIn) -> HttpResponse:
    found = Occurrence.objects.visible_to(request.user).not_sent().latest_first()[:AT_MOST]
    return render(request, "inbox/not_sent.html", {"lines": lines(found), "place": "inbox"})
