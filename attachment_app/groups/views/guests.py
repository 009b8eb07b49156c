"""The guest list, by the names that the parents gave themselves: who asks to join, who belongs, and the invitations."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from attachment_app.accounts.requests import PersonRequest
from attachment_app.groups.doors import FRAME, for_facilitators, led
from attachment_app.groups.models import GroupMembership, Invitation
from attachment_app.web.htmx import SeeOther


@require_safe
@for_facilitators
def show(request: PersonRequest, group_id: UUID) -> HttpResponse:
    return page(request, group_id)


def page(request: PersonRequest, group_id: UUID, made: Invitation | None = None, said: str = "") -> HttpResponse:
    """The list; `made` and `said` are an invitation that was just made and its words, which are shown this once."""
    with led(request.user, group_id) as group:
        there = list(
            GroupMembership.objects.led_by(request.user).filter(group=group, ended_at=None).order_by("asked_at")
        )
        invitations = Invitation.objects.led_by(request.user).filter(group=group).open_at(timezone.now())
        context: dict[str, Any] = {"group": group, "invitations": list(invitations.order_by("created_at"))}
    context |= {
        "waiting": [one for one in there if one.is_waiting],
        "guests": sorted((one for one in there if not one.is_waiting), key=lambda one: one.known_as.lower()),
        "made": made,
        "said": said,
        "link": request.build_absolute_uri(reverse("groups:asking", args=[said])) if said else "",
    }
    return render(request, "groups/guests.html", context | FRAME)


@require_POST
@for_facilitators
def approve(request: PersonRequest, group_id: UUID, membership_id: UUID) -> HttpResponse:
    with led(request.user, group_id):
        _membership(request, group_id, membership_id).approve(timezone.now())
    return SeeOther(reverse("groups:guests", args=[group_id]))


@require_POST
@for_facilitators
def end(request: PersonRequest, group_id: UUID, membership_id: UUID) -> HttpResponse:
    """Declines somebody who asks, and ends the membership of somebody who belongs: one tap, harmless twice."""
    with led(request.user, group_id):
        membership = _membership(request, group_id, membership_id)
        membership.end(GroupMembership.EndedBy.FACILITATOR, timezone.now())
    return SeeOther(reverse("groups:guests", args=[group_id]))


def _membership(request: PersonRequest, group_id: UUID, membership_id: UUID) -> GroupMembership:
    found: GroupMembership = get_object_or_404(
        GroupMembership.objects.led_by(request.user), group=group_id, id=membership_id
    )
    return found
