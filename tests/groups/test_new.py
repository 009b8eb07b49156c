"""Beginning a group: for whom an operator granted it."""

import pytest
from django.test import Client
from django.urls import reverse

from attachment_app.groups.models import Facilitator, ParentingGroup
from tests.conftest import signed_in
from tests.groups.makers import facilitator
from tests.world import NOW, World

URL = reverse("groups:new")


@pytest.fixture
def faye(world: World) -> Client:
    facilitator(world.faye)
    return signed_in(world.faye)


def test_it_works(world: World, faye: Client) -> None:
    assert "Name of the group" in faye.get(URL).content.decode()
    answer = faye.post(URL, {"name": "Tuesday group"})
    made = ParentingGroup.objects.get()
    assert answer.status_code == 303 and answer["Location"] == reverse("groups:guests", args=[made.pk])
    assert (made.facilitator, made.name, made.floor) == (world.faye, "Tuesday group", 10)


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Give the group a name."), ("x" * 61, "That is long."), ("\u200b", "Give a name that can be read.")],
)
def test_bad_input(faye: Client, name: str, said: str) -> None:
    answer = faye.post(URL, {"name": name})
    assert answer.status_code == 422 and answer.content.decode().count(said) == 2  # in the summary and at the field
    assert not ParentingGroup.objects.exists()


def test_not_for_a_parent_nor_for_a_former_facilitator(world: World, ana: Client, faye: Client) -> None:
    Facilitator.objects.withdraw(world.faye, NOW)
    for browser in (ana, faye):
        assert browser.get(URL).status_code == 404
        assert browser.post(URL, {"name": "x"}).status_code == 404
    assert not ParentingGroup.objects.exists()
