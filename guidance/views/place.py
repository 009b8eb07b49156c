"""Where somebody stopped reading, said by the page as they leave it, or by a button."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import SeeOther
from guidance.contents import with_anchors
from guidance.models import Article, ReadingPlace


@require_POST
@login_required
def stop(request: PersonRequest, slug: str) -> HttpResponse:
    """`anchor` is a heading of the article; anything else forgets the place."""
    article = get_object_or_404(Article.objects.published(), slug=slug)
    known = {heading.anchor for heading in with_anchors(article.parts)[1]}
    anchor = request.POST.get("anchor", "")
    ReadingPlace.objects.stop_at(request.user, article, anchor if anchor in known else "", at=timezone.now())
    back = (
        reverse("guidance:index") if request.POST.get("from") == "index" else reverse("guidance:article", args=[slug])
    )
    return SeeOther(back)
