"""What a parent shares with a group, purpose by purpose: what it would look like, the switch, and its history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from attachment_app.accounts.models import Person
from attachment_app.accounts.requests import PersonRequest
from attachment_app.groups.doors import joined
from attachment_app.groups.forms import ConsentForm
from attachment_app.groups.models import GroupConsent, ParentingGroup, Purpose
from attachment_app.groups.models.consent import COUNTED, SharedElsewhere
from attachment_app.groups.preview import EXAMPLE, OwnRow, example, own_rows, withstood
from attachment_app.groups.reading import Part, Row
from attachment_app.groups.summary import COLOURS, counts_from
from attachment_app.web.htmx import SeeOther


@dataclass(frozen=True)
class Preview:
    """A panel as an example group would see it, each row beside this parent's own part in it."""

    part: Part
    rows: list[tuple[OwnRow, Row]]
    colour: str


@dataclass(frozen=True)
class Choice:
    """One switch: whether it stands, what it would show, and what was said before (the newest first)."""

    purpose: Purpose
    standing: GroupConsent | None
    history: list[GroupConsent]
    elsewhere: UUID | None  # another group with which this is shared
    previews: list[Preview]
    form: ConsentForm


@require_safe
@login_required
def show(request: PersonRequest, group_id: UUID) -> HttpResponse:
    return _page(request, _approved(request, group_id))


@require_POST
@login_required
def say(request: PersonRequest, group_id: UUID, purpose: str) -> HttpResponse:
    """`share=yes` with `adult` says yes to one purpose; anything else takes it back, in one tap. Twice is harmless."""
    group, now = _approved(request, group_id), timezone.now()
    if purpose not in Purpose.values:
        raise Http404
    here = reverse("groups:sharing", args=[group.pk]) + f"#{purpose}"
    if request.POST.get("share") != "yes":
        if GroupConsent.objects.withdraw(group.pk, request.user, purpose, now):
            messages.success(request, _("Taken back. Nothing of it is counted from now on."))
        return SeeOther(here)
    form = ConsentForm(request.POST, prefix=purpose)
    if not form.is_valid():
        return _page(request, group, refused=(purpose, form))
    try:
        GroupConsent.objects.give(group, request.user, purpose, now)
    except SharedElsewhere:
        form.add_error(None, _("You share this with another group already. Take it back there first."))
        return _page(request, group, refused=(purpose, form))
    said = _("Shared. It counts from %(day)s at the earliest, and can be taken back in one tap.")
    messages.success(request, said % {"day": date_format(counts_from(now), "j F Y")})
    return SeeOther(here)


def _approved(request: PersonRequest, group_id: UUID) -> ParentingGroup:
    group, membership = joined(request.user, group_id)
    if membership.is_waiting or group.is_over:
        raise Http404
    return group


def _page(
    request: PersonRequest, group: ParentingGroup, refused: tuple[str, ConsentForm] | None = None
) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = {
        "group": group,
        "choices": [_choice(request.user, group, purpose, now, refused) for purpose in Purpose],
        "example": EXAMPLE,
        "withstood": [(words, withstood(least)) for words, least in _sizes(group)],
        "counts_from": counts_from(now),
        "form": refused[1] if refused else None,
        "place": "groups",
    }
    return render(request, "groups/sharing.html", context, status=422 if refused else 200)


def _sizes(group: ParentingGroup) -> list[tuple[str, int]]:
    """Sizes for which the page says how many may collude, as words and the least of each."""
    sizes = [("10–12", 10), ("15", 15), ("20", 20)]
    return [("8–9", 8), *sizes] if group.floor < sizes[0][1] else sizes


def _choice(
    person: Person,
    group: ParentingGroup,
    purpose: Purpose,
    now: datetime,
    refused: tuple[str, ConsentForm] | None,
) -> Choice:
    mine = GroupConsent.objects.visible_to(person).filter(purpose=purpose)
    history = list(mine.filter(group=group).history())
    elsewhere = mine.standing().exclude(group=group).values_list("group_id", flat=True).first()
    return Choice(
        purpose=purpose,
        standing=next((one for one in history if one.withdrawn_at is None), None),
        history=history,
        elsewhere=elsewhere if purpose in COUNTED else None,
        previews=_previews(person, purpose, now) if purpose in COUNTED else [],
        form=refused[1] if refused and refused[0] == purpose else ConsentForm(prefix=purpose),
    )


def _previews(person: Person, purpose: Purpose, now: datetime) -> list[Preview]:
    mine: dict[str, list[OwnRow]] = {}
    for row in own_rows(person, purpose, now):
        mine.setdefault(row.panel, []).append(row)
    return [
        Preview(part, list(zip(mine[part.name], part.rows, strict=True)), COLOURS[part.name])
        for part in example(purpose)
    ]
