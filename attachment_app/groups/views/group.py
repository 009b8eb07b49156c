"""A parent's page of a group: when and where it meets, what the facilitator says, and what this parent shares."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from attachment_app.accounts.requests import PersonRequest
from attachment_app.groups.doors import joined
from attachment_app.groups.models import GroupConsent, GroupMembership, Purpose
from attachment_app.web.htmx import SeeOther
from guidance.models import Article


@require_safe
@login_required
def show(request: PersonRequest, group_id: UUID) -> HttpResponse:
    if _was_here(request, group_id):
        return render(request, "groups/over.html", {"place": "groups"}, status=410)
    group, membership = joined(request.user, group_id)
    standing = GroupConsent.objects.visible_to(request.user).standing().filter(group=group)
    since = {consent.purpose: consent.given_at for consent in standing}
    articles = {one.slug: one for one in Article.objects.in_brief().filter(slug__in=group.suggested)}
    context = {
        "group": group,
        "membership": membership,
        "shared": [(purpose.label, since.get(purpose)) for purpose in Purpose],
        "shares_any": bool(since),
        "articles": [articles[slug] for slug in group.suggested if slug in articles],
        "is_to_come": bool(group.meets_at and group.meets_at > timezone.now()),
        "place": "groups",
    }
    return render(request, "groups/waiting.html" if membership.is_waiting else "groups/group.html", context)


@require_POST
@login_required
def leave(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """One tap; what was shared with the group is taken back with it."""
    now = timezone.now()
    group, membership = joined(request.user, group_id)
    GroupConsent.objects.withdraw_all(membership, now)
    membership.end(GroupMembership.EndedBy.PARENT, now)
    messages.success(
        request, _("You have left “%(group)s”. Nothing of yours is counted there any more.") % {"group": group}
    )
    return SeeOther(reverse("groups:index"))


def _was_here(request: PersonRequest, group_id: UUID) -> bool:
    """Whether a membership of theirs has ended, and no other stands: they are told so, and nothing of the group."""
    mine = GroupMembership.objects.filter(person=request.user, group_id=group_id)
    return {one.ended_at is None for one in mine} == {False}
