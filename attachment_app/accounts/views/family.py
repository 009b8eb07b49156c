"""The family: its children, and who belongs to it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.membership import family_of, is_parent
from attachment_app.accounts.models import Child, Membership
from attachment_app.accounts.models.child import ChildState
from attachment_app.accounts.requests import PersonRequest


@require_safe
@family_required
def show(request: PersonRequest) -> HttpResponse:
    family = family_of(request.user)
    assert family  # family_required
    context = {
        "children": Child.objects.visible_to(request.user).filter(family=family).eldest_first(),
        "members": Membership.objects.filter(family=family, ended_at=None).select_related("person").by_arrival(),
        "is_parent": is_parent(request.user, family),
        "states": ChildState,
        "place": "family",
    }
    return render(request, "accounts/family.html", context)
