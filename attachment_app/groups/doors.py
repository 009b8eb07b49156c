"""The two ways to a group: as somebody who leads it, and as a parent who belongs to it. Others get 404."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from attachment_app.accounts.models import Person

from .leading import leading
from .models import GroupMembership, ParentingGroup

View = Callable[..., HttpResponse]

# What every page of a facilitator knows beside its own: its frame shows nothing of the facilitator's own family, since
# others may look at the screen.
FRAME: dict[str, Any] = {"place": "groups", "leads": True, "timers": []}


def for_facilitators(view: View) -> View:
    """The door of every page from which a group is led.

    Whether somebody leads anything is the database's to say (see `led`). Accounts have no second factor yet; once they
    have one, it is asked for here.
    """
    return login_required(view)


@contextmanager
def led(person: Person, group_id: UUID) -> Iterator[ParentingGroup]:
    """The group, if `person` leads it, and its plan for afterwards; within, the transaction is the role `groups`'s.

    Raises Http404 for anybody else, and for a facilitator from whom the operator took the role back.
    """
    with leading(person):
        mine = ParentingGroup.objects.led_by(person).select_related("follow_up")
        yield get_object_or_404(mine, id=group_id)


def joined(person: Person, group_id: UUID) -> tuple[ParentingGroup, GroupMembership]:
    """The group and the membership of a parent who asked to join or belongs to it. Raises Http404 for anybody else."""
    group = get_object_or_404(ParentingGroup.objects.visible_to(person), id=group_id)
    return group, GroupMembership.objects.of(person).get(group=group)
