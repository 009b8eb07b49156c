"""A parent's page of a group, and leaving it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attachment_app.groups.models import GroupConsent, GroupMembership, ParentingGroup
from guidance.loader import load
from tests.groups.makers import LONG_AGO, group, joined, shares
from tests.world import NOW, World

MEETS = datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.fixture
def made(world: World) -> ParentingGroup:
    return group(world.faye, meets_at=MEETS, meets_where="Library, upstairs", note="Bring a blanket.\nAnd tea.")


def url(made: ParentingGroup, name: str = "group") -> str:
    return reverse(f"groups:{name}", args=[made.pk])


def test_it_works(world: World, ana: Client, made: ParentingGroup, time_machine: Any) -> None:
    load(NOW)
    ParentingGroup.objects.update(suggested=["finding-it-together", "gone"])
    joined(made, world.ana)
    shares(made, world.ana, "exchanges")
    time_machine.move_to(NOW, tick=False)
    page = ana.get(url(made)).content.decode()
    assert "Next meeting" in page and "Tuesday 1 December, 10:00" in page and "Library, upstairs" in page
    assert "Bring a blanket." in page and "The second guess" in page
    assert "What we log together" in page and f"since {LONG_AGO.day} October 2026" in page
    assert "Which topics I read about" not in page  # exactly what is shared


def test_the_meeting_is_in_the_parents_own_zone(world: World, ana: Client, made: ParentingGroup) -> None:
    world.ana.time_zone = "Australia/Sydney"
    world.ana.save()
    joined(made, world.ana)
    page = ana.get(url(made)).content.decode()
    assert "Tuesday 1 December, 21:00" in page and "Australia/Sydney" in page


def test_a_meeting_that_was(world: World, ana: Client, made: ParentingGroup, time_machine: Any) -> None:
    joined(made, world.ana)
    time_machine.move_to(MEETS + timedelta(minutes=1))
    page = ana.get(url(made)).content.decode()
    assert "Last meeting" in page and "Next meeting" not in page


def test_a_bare_group(world: World, ana: Client) -> None:
    made = group(world.faye)
    joined(made, world.ana)
    page = ana.get(url(made)).content.decode()
    assert "Not fixed yet. It will stand here." in page
    assert "Nothing. And that is fine" in page


def test_waiting_shows_the_name_alone(world: World, ana: Client, made: ParentingGroup) -> None:
    GroupMembership.objects.create(group=made, person=world.ana, known_as="Ana", asked_at=NOW)
    page = ana.get(url(made)).content.decode()
    assert "You have asked to join" in page and "Tuesday group" in page
    assert "Library" not in page and "Bring a blanket" not in page


def test_leaving_is_one_tap_and_takes_back_what_was_shared(world: World, ana: Client, made: ParentingGroup) -> None:
    joined(made, world.ana)
    joined(made, world.ben)
    shares(made, world.ana, "exchanges", "own")
    shares(made, world.ben, "exchanges")
    answer = ana.post(url(made, "leaving"))
    assert answer.status_code == 303
    assert "You have left “Tuesday group”" in ana.get(answer["Location"]).content.decode()
    ended = GroupMembership.objects.get(person=world.ana)
    assert ended.ended_at and ended.ended_by == "parent"
    standing = GroupConsent.objects.standing().values_list("person", flat=True)
    assert list(standing) == [world.ben.pk]
    assert ana.post(url(made, "leaving")).status_code == 404  # twice is harmless


def test_whoever_was_there_is_told_so_and_nothing_of_it(world: World, ana: Client, made: ParentingGroup) -> None:
    joined(made, world.ana).end(GroupMembership.EndedBy.FACILITATOR, timezone.now())
    answer = ana.get(url(made))
    assert answer.status_code == 410
    assert "You are not in this group now" in answer.content.decode()
    assert "Tuesday group" not in answer.content.decode() and "Library" not in answer.content.decode()


def test_a_group_that_has_ended(world: World, ana: Client, made: ParentingGroup) -> None:
    joined(made, world.ana)
    made.end(NOW)
    page = ana.get(url(made)).content.decode()
    assert "This group ended on 24 November 2026." in page
    assert url(made, "sharing") not in page
    assert ana.get(url(made, "sharing")).status_code == 404
    assert ana.post(url(made, "leaving")).status_code == 303


@pytest.mark.parametrize("name", ["leaving"])
def test_refuses_get(world: World, ana: Client, made: ParentingGroup, name: str) -> None:
    joined(made, world.ana)
    assert ana.get(url(made, name)).status_code == 405
