"""The facilitator's page: conversations, and what the group shared where it can be shown; and the same on a wall."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attachment_app.accounts.requests import PersonRequest
from attachment_app.groups.doors import FRAME, for_facilitators, led
from attachment_app.groups.models import Release
from attachment_app.groups.starters import Offered, choose, offered
from attachment_app.groups.summary import next_look, summary
from guidance.models import Article, Stage, Topic


@require_safe
@for_facilitators
def show(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """`?stage=` and `?topic=` choose among the conversations; what was shared has no choice of anything."""
    context = _seen(request, group_id)
    stage, topic = _known(request, "stage", Stage.values), _known(request, "topic", Topic.values)
    context |= {
        "starters": choose(_left(context), stage, topic, timezone.localdate()),
        "stage": stage,
        "topic": topic,
        "stages": [(one.value, one.months) for one in Stage],
        "topics": [one for one in Topic.choices if one[0] in {found.article.topic for found in context["offered"]}],
        "running_until": next_look(timezone.now()),
        "is_to_come": bool(context["group"].meets_at and context["group"].meets_at > timezone.now()),
    }
    return render(request, "groups/led.html", context)


@require_safe
@for_facilitators
def screen(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """For a projector: one panel a screen, no names, and a frame that knows nobody."""
    context = _seen(request, group_id)
    context |= {"starters": choose(_left(context), "", "", timezone.localdate()), "still": True}
    return render(request, "groups/screen.html", context)


def _seen(request: PersonRequest, group_id: UUID) -> dict[str, Any]:
    """The releases are read, and written down as seen, as the database's role `groups`; articles afterwards."""
    with led(request.user, group_id) as group:
        releases = Release.objects.seen_by(request.user, group, timezone.now())
    found = offered({one.slug: one for one in Article.objects.in_brief()})
    made = summary(releases, found, timezone.localdate())
    return {"group": group, "summary": made, "offered": found, **FRAME}


def _left(context: dict[str, Any]) -> list[Offered]:
    """Starters that stand at no panel."""
    left: list[Offered] = context["summary"].others(context["offered"])
    return left


def _known(request: PersonRequest, name: str, values: list[str]) -> str:
    said = request.GET.get(name, "")
    return said if said in values else ""
