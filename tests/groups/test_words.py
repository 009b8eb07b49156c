"""The next meeting, the note and the articles: an instant in the facilitator's zone, and bad input kept on the page."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from attachment_app.groups.models import ParentingGroup
from guidance.loader import load
from guidance.models import Article
from tests.conftest import signed_in
from tests.groups.makers import group, joined
from tests.world import NOW, World

SAID = {"meets_at": "2026-12-01T10:00", "meets_where": "Library", "note": "Bring tea.", "suggested": ["reading-cues"]}


@pytest.fixture
def made(world: World) -> ParentingGroup:
    load(NOW)
    return group(world.faye)


@pytest.fixture
def faye(world: World, made: ParentingGroup) -> Client:
    return signed_in(world.faye)


def url(made: ParentingGroup) -> str:
    return reverse("groups:words", args=[made.pk])


def test_it_works(world: World, made: ParentingGroup, faye: Client) -> None:
    answer = faye.post(url(made), SAID)
    assert answer.status_code == 303
    made.refresh_from_db()
    assert made.meets_at == datetime(2026, 12, 1, 10, tzinfo=UTC) and made.meets_where == "Library"
    assert (made.note, made.suggested) == ("Bring tea.", ["reading-cues"])
    page = faye.get(answer["Location"]).content.decode()
    assert "Saved. The parents see it now." in page and 'value="2026-12-01T10:00"' in page
    assert re.search(r'value="reading-cues"[^>]* checked', page)
    faye.post(url(made), {})  # all of it can be taken away again
    made.refresh_from_db()
    assert (made.meets_at, made.meets_where, made.note, made.suggested) == (None, "", "", [])


@pytest.mark.parametrize(
    ("zone", "wall", "hour"),
    [("Australia/Sydney", "2026-12-01T10:00", 23), ("Europe/London", "2027-03-28T01:30", 1)],  # a time that is skipped
)
def test_in_the_facilitators_zone(world: World, made: ParentingGroup, zone: str, wall: str, hour: int) -> None:
    world.faye.time_zone = zone
    world.faye.save()
    browser = signed_in(world.faye)
    assert zone in browser.get(url(made)).content.decode()
    browser.post(url(made), SAID | {"meets_at": wall})
    made.refresh_from_db()
    assert made.meets_at and (made.meets_at.hour, made.meets_at.tzinfo) == (hour, UTC)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"meets_at": "soon"}, "We could not read this time."),
        ({"meets_where": "x" * 201}, "That is long."),
        ({"note": "x" * 2001}, "That is long."),
        ({"suggested": ["nowhere"]}, "not there any more"),
        ({"suggested": "seven"}, "Six articles are the most."),
    ],
)
def test_bad_input(made: ParentingGroup, faye: Client, wrong: dict[str, object], said: str) -> None:
    if wrong.get("suggested") == "seven":
        wrong = {"suggested": list(Article.objects.values_list("slug", flat=True)[:7])}
    answer = faye.post(url(made), SAID | wrong)
    page = answer.content.decode()
    assert (answer.status_code == 422 and page.count(said) == 2 and "Bring tea." in page) or "note" in wrong
    made.refresh_from_db()
    assert made.note == ""


def test_an_article_that_is_gone_is_left_out(made: ParentingGroup, faye: Client) -> None:
    ParentingGroup.objects.update(suggested=["gone", "reading-cues"])
    assert 'value="gone"' not in faye.get(url(made)).content.decode()


def test_not_for_a_parent(world: World, made: ParentingGroup, ana: Client) -> None:
    joined(made, world.ana)
    assert ana.get(url(made)).status_code == 404
    assert ana.post(url(made), SAID).status_code == 404
