"""Short ways to a group, its guests and what they share."""

from datetime import datetime, timedelta
from typing import Any

from attachment_app.accounts.models import Person
from attachment_app.groups.models import Facilitator, GroupConsent, GroupMembership, ParentingGroup
from attachment_app.groups.models.window import bounds
from tests.world import NOW, person

WINDOW = 22  # from 9 to 23 November 2026; due two days later
STARTS, ENDS = bounds(WINDOW)
DUE = ENDS + timedelta(hours=48)
LONG_AGO = STARTS - timedelta(days=30)


def facilitator(who: Person) -> Person:
    Facilitator.objects.grant(who, LONG_AGO)
    return who


def group(leader: Person, name: str = "Tuesday group", **fields: Any) -> ParentingGroup:
    facilitator(leader)
    return ParentingGroup.objects.create(facilitator=leader, name=name, created_at=LONG_AGO, **fields)


def joined(to: ParentingGroup, who: Person, at: datetime = LONG_AGO, **fields: Any) -> GroupMembership:
    return GroupMembership.objects.create(
        group=to, person=who, known_as=who.name, asked_at=at, approved_at=at, **fields
    )


def shares(to: ParentingGroup, who: Person, *purposes: str, at: datetime = LONG_AGO) -> None:
    for purpose in purposes:
        GroupConsent.objects.create(group=to, person=who, purpose=purpose, version="x", adult_said_at=at, given_at=at)


def parents(count: int, name: str = "Parent") -> list[Person]:
    return [person(f"{name}{number}") for number in range(count)]


__all__ = ["NOW"]
