"""The table of cues: what is seen, what it may mean, and who says so."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attachment_app.web.kept import same_for_everybody
from guidance.cues import WHERE, choose, cues, needs
from guidance.models import Article, Stage

AGES = [stage for stage in Stage if stage != Stage.BEFORE_BIRTH]


@same_for_everybody
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    seen, need, age = (request.GET.get(name, "") for name in ("see", "need", "age"))
    chosen = choose(cues(), seen, need, age)
    context = {
        "cues": chosen,
        "count": len(chosen),
        "where": WHERE.items(),
        "needs": needs(),
        "ages": [(stage.value, stage.label) for stage in AGES],
        "see": seen,
        "need": need,
        "age": age,
        "articles": set(Article.objects.published().values_list("slug", flat=True)),
        "place": "guidance",
    }
    return render(request, "guidance/cues.html", context)
