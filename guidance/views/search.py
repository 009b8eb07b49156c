"""Search by GET: a page for everybody, and its results alone for htmx, which asks while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from attachment_app.web.htmx import is_htmx
from guidance.help_lines import help_lines
from guidance.models import Article, Topic
from guidance.safety import boxes
from guidance.search import Found, search

HELP = "getting-help"  # linked to where it is there


@require_safe
@vary_on_headers("HX-Request")
def show(request: HttpRequest) -> HttpResponse:
    found = search(request.GET.get("q", ""))
    context = {
        "found": found,
        "choices": boxes()["choices"],
        "lines": help_lines(),
        "help_slug": HELP if found.is_empty and Article.objects.published().filter(slug=HELP).exists() else "",
        "all_topics": Topic.choices,
        "place": "guidance",
        "count": _count(found),
    }
    if is_htmx(request):
        return render(request, "guidance/_results.html", {**context, "said": context["count"]})
    return render(request, "guidance/search.html", context)


def _count(found: Found) -> str:
    """“3 articles”, for the page and once for the live region; empty where nothing was asked."""
    if not found.asked.words:
        return ""
    count = len(found.results)
    return ngettext("%(count)d article", "%(count)d articles", count) % {"count": count}
