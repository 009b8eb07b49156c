"""What the parents read on the group's page: the next meeting, a note, and articles."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attachment_app.accounts.requests import PersonRequest
from attachment_app.groups.doors import FRAME, for_facilitators, led
from attachment_app.groups.forms import WordsForm
from attachment_app.groups.models import ParentingGroup
from attachment_app.web.htmx import SeeOther
from guidance.models import Article


@require_http_methods(["GET", "HEAD", "POST"])
@for_facilitators
def show(request: PersonRequest, group_id: UUID) -> HttpResponse:
    articles = list(Article.objects.in_brief().by_topic())
    with led(request.user, group_id) as group:
        said = request.POST if request.method == "POST" else None  # an empty form takes everything away
        form = WordsForm(said, initial=_stands(group, articles), articles=articles, zone=request.user.time_zone)
        if form.is_valid():
            new = form.cleaned_data
            group.say(new["meets_at"], new["meets_where"], new["note"], new["suggested"])
            return SeeOther(reverse("groups:words", args=[group_id]) + "?saved=1")
    context = {"group": group, "form": form, "saved": "saved" in request.GET, **FRAME}
    return render(request, "groups/words.html", context, status=422 if form.errors else 200)


def _stands(group: ParentingGroup, articles: list[Article]) -> dict[str, object]:
    """What is said now; an article that was withdrawn is left out."""
    there = {one.slug for one in articles}
    said = {name: getattr(group, name) for name in ("meets_at", "meets_where", "note")}
    return said | {"suggested": [slug for slug in group.suggested if slug in there]}
