"""An article kept for later, or let go."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import SeeOther
from guidance.models import Article, Bookmark


@require_POST
@login_required
def keep(request: PersonRequest, slug: str) -> HttpResponse:
    """`keep=yes` keeps it, anything else lets it go; twice is harmless."""
    article = get_object_or_404(Article.objects.published(), slug=slug)
    if request.POST.get("keep") == "yes":
        Bookmark.objects.keep(request.user, article, at=timezone.now())
        messages.success(request, _("Kept for later. You find it under Guidance, on any device that you sign in on."))
    else:
        Bookmark.objects.let_go(request.user, article)
        messages.success(request, _("No longer kept."))
    return SeeOther(reverse("guidance:article", args=[slug]))
