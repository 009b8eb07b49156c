"""Invitations to a group: a link or a code, whose words are shown when it is made and at no other time."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from attachment_app.accounts.requests import PersonRequest
from attachment_app.groups.doors import for_facilitators, led
from attachment_app.groups.models import Invitation
from attachment_app.web.htmx import SeeOther

from . import guests


@require_POST
@for_facilitators
def make(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """`kind` is `code`, else a link. The page comes with the answer: a redirect would have to keep the words."""
    kind = Invitation.Kind.CODE if request.POST.get("kind") == Invitation.Kind.CODE else Invitation.Kind.LINK
    with led(request.user, group_id) as group:
        if group.is_over:
            return SeeOther(reverse("groups:guests", args=[group_id]))
        made, said = Invitation.objects.make(group, kind, timezone.now())
    return guests.page(request, group_id, made, said)


@require_POST
@for_facilitators
def revoke(request: PersonRequest, group_id: UUID, invitation_id: UUID) -> HttpResponse:
    with led(request.user, group_id):
        mine = Invitation.objects.led_by(request.user)
        get_object_or_404(mine, group=group_id, id=invitation_id).revoke(timezone.now())
    return SeeOther(reverse("groups:guests", args=[group_id]))
