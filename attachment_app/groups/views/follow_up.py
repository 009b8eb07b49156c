"""What comes after the last meeting: a day and some words, for the facilitator's own use."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attachment_app.accounts.requests import PersonRequest
from attachment_app.groups.doors import FRAME, for_facilitators, led
from attachment_app.groups.forms import FollowUpForm
from attachment_app.groups.models import FollowUp, ParentingGroup
from attachment_app.web.htmx import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@for_facilitators
def show(request: PersonRequest, group_id: UUID) -> HttpResponse:
    with led(request.user, group_id) as group:
        form = FollowUpForm(request.POST or None, initial=_planned(group))
        if request.method == "POST" and form.is_valid():
            FollowUp.objects.plan(group, form.cleaned_data["on"], form.cleaned_data["words"])
            return SeeOther(reverse("groups:follow-up", args=[group_id]) + "?saved=1")
    context = {"group": group, "form": form, "saved": "saved" in request.GET, **FRAME}
    return render(request, "groups/follow_up.html", context, status=422 if form.errors else 200)


def _planned(group: ParentingGroup) -> dict[str, object]:
    planned: FollowUp | None = getattr(group, "follow_up", None)
    return {"on": planned.on, "words": planned.words} if planned else {}
