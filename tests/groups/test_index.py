"""The page of groups: those one belongs to, those one leads, and the ways in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from attachment_app.groups.models import GroupMembership
from tests.conftest import signed_in
from tests.groups.makers import facilitator, group, joined
from tests.world import NOW, World, person

URL = reverse("groups:index")


def test_it_works(world: World, ana: Client) -> None:
    joined(group(world.faye, meets_at=datetime(2026, 12, 1, 10, tzinfo=UTC)), world.ana)
    page = ana.get(URL).content.decode()
    assert "Tuesday group" in page and "Tuesday 1 December, 10:00" in page
    assert "Groups that you lead" not in page and "Begin a group" not in page


def test_a_parent_without_a_group_reads_how_one_comes_in(ana: Client) -> None:
    page = ana.get(URL).content.decode()
    assert "None yet. Whoever leads a group gives you a link or a code." in page
    assert 'name="code"' in page


def test_a_facilitator_sees_who_waits(world: World) -> None:
    made = group(world.faye)
    group(world.faye, "Old group", ended_at=NOW)
    for name in ("Una", "Vic"):
        GroupMembership.objects.create(group=made, person=person(name), known_as=name, asked_at=NOW)
    joined(made, world.ana)
    page = signed_in(world.faye).get(URL).content.decode()
    assert "2 parents ask to join" in page and "Begin a group" in page
    assert page.index("Tuesday group") < page.index("Old group") < page.index("Ended on 24 November 2026")


def test_somebody_without_a_family_finds_it_in_the_frame(world: World) -> None:
    facilitator(world.faye)
    browser = signed_in(world.faye)
    assert URL in browser.get(reverse("child-new")).content.decode()
    page = browser.get(URL).content.decode()
    assert f'href="{URL}" aria-current="page"' in page
    assert reverse("journal:exchanges") not in page
    assert reverse("account_logout") in browser.get(reverse("you")).content.decode()


def test_a_parent_finds_it_on_the_family_page(ana: Client) -> None:
    assert URL in ana.get(reverse("family")).content.decode()


@pytest.mark.parametrize("minutes", [-1, 1])
def test_the_group_of_another_is_not_there(world: World, stan: Client, minutes: int) -> None:
    joined(group(world.faye), world.ana, at=NOW + timedelta(minutes=minutes))
    assert "Tuesday group" not in stan.get(URL).content.decode()
