"""The groups of a person: those that they belong to, and those that they lead."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attachment_app.accounts.models import Person
from attachment_app.accounts.requests import PersonRequest
from attachment_app.groups.forms import CodeForm
from attachment_app.groups.leading import leading
from attachment_app.groups.models import Facilitator, GroupMembership, ParentingGroup

WAITING = Q(memberships__approved_at=None, memberships__ended_at=None)


@require_safe
@login_required
def show(request: PersonRequest) -> HttpResponse:
    groups_led = _led_by(request.user)
    memberships = GroupMembership.objects.of(request.user).select_related("group").order_by("asked_at")
    context = {"led": groups_led, "memberships": memberships, "form": CodeForm(), "place": "groups"}
    return render(request, "groups/index.html", context)


def _led_by(person: Person) -> list[ParentingGroup] | None:
    """Groups that this person leads, those that go on first; None for somebody who leads none and may not."""
    with leading(person):
        if not Facilitator.objects.visible_to(person).standing().exists():
            return None
        waiting = Count("memberships", filter=WAITING)
        mine = ParentingGroup.objects.led_by(person).annotate(waiting=waiting)
        return sorted(mine, key=lambda one: (one.is_over, one.name.lower()))
