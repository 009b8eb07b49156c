"""What comes afterwards, and the end of a group."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from attachment_app.groups.leading import leading
from attachment_app.groups.models import FollowUp, ParentingGroup
from attachment_app.web.person import acting_for
from tests.conftest import signed_in
from tests.groups.makers import facilitator, group, joined
from tests.world import NOW, World


@pytest.fixture
def made(world: World) -> ParentingGroup:
    return group(world.faye)


@pytest.fixture
def faye(world: World, made: ParentingGroup, time_machine: Any) -> Client:
    time_machine.move_to(NOW, tick=False)
    return signed_in(world.faye)


def url(made: ParentingGroup, name: str = "follow-up") -> str:
    return reverse(f"groups:{name}", args=[made.pk])


def test_it_works(made: ParentingGroup, faye: Client) -> None:
    page = faye.get(url(made)).content.decode()
    assert "tends to fade by a year" in page and "Barlow and others (2012)" in page
    answer = faye.post(url(made), {"on": "2027-03-02", "words": "How is everybody?"})
    assert answer.status_code == 303
    assert 'value="2027-03-02"' in faye.get(answer["Location"]).content.decode()
    page = faye.get(url(made, "led")).content.decode()
    assert "Afterwards, on Tuesday 2 March 2027:" in page and "How is everybody?" in page


def test_planned_again_it_takes_the_others_place(made: ParentingGroup, faye: Client) -> None:
    for day in ("2027-03-02", "2027-04-06"):
        faye.post(url(made), {"on": day})
    assert FollowUp.objects.get().on == date(2027, 4, 6)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"on": ""}, "Choose a day."),
        ({"on": "soon"}, "We could not read this date."),
        ({"on": "2127-03-02"}, "Check the year"),
        ({"on": "2027-03-02", "words": "x" * 1001}, "That is long."),
    ],
)
def test_bad_input(made: ParentingGroup, faye: Client, said: dict[str, str], why: str) -> None:
    answer = faye.post(url(made), said)
    assert answer.status_code == 422 and answer.content.decode().count(why) == 2
    assert not FollowUp.objects.exists()


def test_it_is_the_facilitators_alone(world: World, made: ParentingGroup, ana: Client) -> None:
    FollowUp.objects.create(group=made, on=date(2027, 3, 2), words="for me")
    joined(made, world.ana)
    assert "for me" not in ana.get(reverse("groups:group", args=[made.pk])).content.decode()
    with leading(world.faye):
        assert FollowUp.objects.led_by(world.faye).count() == FollowUp.objects.count() == 1
    with leading(facilitator(world.gran)):
        assert not FollowUp.objects.exists()
        assert not FollowUp.objects.update(words="x")
        with pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
            FollowUp.objects.create(group_id=made.pk, on=date(2027, 3, 2))
    for role in ("web", "worker", "aggregator"):
        with acting_for(world.faye.pk, role=role), pytest.raises(DatabaseError), transaction.atomic():
            FollowUp.objects.exists()


def test_the_end_of_a_group(world: World, made: ParentingGroup, faye: Client) -> None:
    joined(made, world.ana)
    for _time in range(2):
        answer = faye.post(url(made, "ending"))
        assert answer.status_code == 303
    page = faye.get(answer["Location"]).content.decode()
    assert "This group ended on 24 November 2026." in page and "End the group now" not in page
    made.refresh_from_db()
    assert made.ended_at == NOW
    assert faye.get(url(made, "led")).status_code == 200  # what was released can still be read


def test_ending_wants_a_tap_and_its_facilitator(world: World, made: ParentingGroup, faye: Client, ana: Client) -> None:
    assert faye.get(url(made, "ending")).status_code == 405
    facilitator(world.gran)
    for browser in (ana, signed_in(world.gran)):
        assert browser.post(url(made, "ending")).status_code == 404
    made.refresh_from_db()
    assert made.ended_at is None
