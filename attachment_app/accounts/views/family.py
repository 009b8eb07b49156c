"""The family: its children, and who belongs to it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.household import household
from attachment_app.accounts.models import Child, Family, Membership, Person
from attachment_app.accounts.models.child import ChildState
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import SeeOther


@require_safe
@family_required
def show(request: PersonRequest) -> HttpResponse:
    home = household(request)
    assert home  # family_required
    members = Membership.objects.filter(family=home.family_id, ended_at=None).select_related("person").by_arrival()
    context = {
        "children": home.children,
        "members": members,
        "is_parent": home.is_parent,
        "others": Child.objects.visible_to(request.user).filter(family__in=home.others).eldest_first(),
        "states": ChildState,
        "place": "family",
    }
    return render(request, "accounts/family.html", context)


@require_POST
@family_required
def look_at(request: PersonRequest) -> HttpResponse:
    """Show another family of this person's from now on. One that is not theirs changes nothing."""
    try:
        wanted = UUID(request.POST.get("family", ""))
    except ValueError:
        return SeeOther(reverse("family"))
    if Family.objects.visible_to(request.user).filter(pk=wanted).exists():
        Person.objects.filter(pk=request.user.pk).update(looks_at=wanted)
    return SeeOther(reverse("today"))
