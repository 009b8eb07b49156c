"""All articles, by topic, for an age: the child's where the site knows one and may speak of it, any at a tap."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attachment_app.accounts.household import household
from attachment_app.accounts.models import Person
from attachment_app.web.kept import same_for_everybody
from guidance.ages import Preset, preset
from guidance.models import Article, Bookmark, ReadingPlace, Stage, Topic
from guidance.reading_place import SHOWN

ALL = "all"


@same_for_everybody
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("stage", "")
    topic = request.GET.get("topic", "")
    suggested = None if chosen == ALL or chosen in Stage.values else _preset(request)
    stage = suggested.stage if suggested else chosen
    articles = Article.objects.in_brief().about(topic).for_stage(stage).by_topic()
    context = {
        "topics": [(Topic(name).label, list(some)) for name, some in groupby(articles, key=lambda one: one.topic)],
        "stages": [(stage.value, stage.months) for stage in Stage],
        "all_topics": Topic.choices,
        "stage": stage,
        "topic": topic if topic in Topic.values else "",
        "topic_words": dict(Topic.choices).get(topic, ""),
        "suggested": suggested,
        "place": "guidance",
        **_own(request),
    }
    return render(request, "guidance/index.html", context)


def _preset(request: HttpRequest) -> Preset | None:
    if not isinstance(request.user, Person):
        return None
    home = household(request)
    return preset(home.spoken_of, timezone.localdate()) if home else None


def _own(request: HttpRequest) -> dict[str, Any]:
    """What this person alone keeps: articles for later, and where they stopped."""
    if not isinstance(request.user, Person):
        return {}
    return {
        "bookmarks": list(Bookmark.objects.visible_to(request.user).latest_first()),
        "places": list(ReadingPlace.objects.visible_to(request.user).latest_first()[:SHOWN]),
    }
