"""Kinds that a family makes itself, so that nobody needs a second app."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.household import household
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import SeeOther
from journal.forms import KindForm
from journal.models import FamilyKind
from journal.vocabulary import Colour, Shape

AT_MOST = 12  # buttons that still fit a screen; more are made once one is put away


@require_http_methods(["GET", "HEAD", "POST"])
@family_required
def index(request: PersonRequest) -> HttpResponse:
    home = household(request)
    assert home  # family_required
    if not home.may_log:
        return render(request, "accounts/parents_alone.html", {"place": "family"}, status=403)
    kinds = FamilyKind.objects.filter(family_id=home.family_id).in_use()
    form = KindForm(request.POST or None, initial={"client_key": uuid4()})
    if request.method == "POST" and form.is_valid() and kinds.count() < AT_MOST:
        said = form.cleaned_data
        FamilyKind.objects.add(home.family_id, said["client_key"], said["name"], said["shape"], said["colour"])
        return SeeOther(reverse("today"))
    context: dict[str, Any] = {
        "form": form,
        "kinds": kinds,
        "is_full": kinds.count() >= AT_MOST,
        "shapes": Shape.choices,
        "colours": Colour.choices,
        "place": "today",
    }
    return render(request, "journal/kinds.html", context, status=422 if form.errors else 200)


@require_POST
@family_required
def retire(request: PersonRequest, kind_id: UUID) -> HttpResponse:
    """Take a kind off the page. What was logged with it stays."""
    home = household(request)
    kinds = FamilyKind.objects.visible_to(request.user) if home and home.may_log else FamilyKind.objects.none()
    get_object_or_404(kinds, pk=kind_id).retire(timezone.now())
    return SeeOther(reverse("journal:kinds"))
