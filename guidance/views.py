"""Reading: the index and an article. Neither needs an account."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .models import Article, Label, Topic


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.published().defer("parts").by_topic()
    topics = [(Topic(topic).label, list(some)) for topic, some in groupby(articles, key=lambda article: article.topic)]
    return render(request, "guidance/index.html", {"topics": topics, "place": "guidance"})


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Article.objects.published(), slug=slug)
    labels = dict(Label.choices)
    for part in found.parts:
        if "claim" in part:
            part["claim"]["words"] = labels[part["claim"]["label"]]
    return render(request, "guidance/article.html", {"article": found, "place": "guidance"})
