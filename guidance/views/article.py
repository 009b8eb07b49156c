"""Reading an article. No account is needed; with one, a bookmark and the place where one stopped come with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attachment_app.accounts.models import Person
from attachment_app.web.kept import same_for_everybody
from guidance import contents
from guidance.help_lines import help_lines
from guidance.models import Article, Bookmark, Label, ReadingPlace
from guidance.opened import tell_opened
from guidance.read_next import read_next


@same_for_everybody
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.published(), slug=slug)
    parts, headings = contents.with_anchors(_worded(article.parts))
    context = {
        "article": article,
        "parts": parts,
        "headings": headings,
        "has_contents": len(headings) >= contents.LEAST,
        "next": read_next(article, Article.objects.in_brief()),
        "lines": help_lines(),
        "place": "guidance",
    }
    if isinstance(request.user, Person):
        tell_opened(request.user, article, timezone.now())
        context |= _of(request.user, article)
    return render(request, "guidance/article.html", context)


def _worded(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Claims with the words of their label, in the language of this page."""
    labels = dict(Label.choices)
    for part in parts:
        if "claim" in part:
            part["claim"]["words"] = labels[part["claim"]["label"]]
    return parts


def _of(person: Person, article: Article) -> dict[str, Any]:
    """What this person alone keeps about the article."""
    return {
        "is_kept": Bookmark.objects.visible_to(person).filter(article=article).exists(),
        "stopped_at": ReadingPlace.objects.visible_to(person).filter(article=article).first(),
    }
