"""What a parent shares: off until they say so, seen before they say it, taken back in one tap, and its history kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attachment_app.groups.models import ArticleRead, GroupConsent, GroupMembership, ParentingGroup, Purpose
from attachment_app.groups.models.window import number_at
from guidance.loader import load
from journal.models import Kind, OwnState
from tests.groups.makers import group, joined, shares
from tests.journal.makers import logged, tried
from tests.world import NOW, World

YES = {"share": "yes", "exchanges-adult": "on"}


@pytest.fixture
def made(world: World) -> ParentingGroup:
    made = group(world.faye)
    joined(made, world.ana)
    return made


def url(made: ParentingGroup, purpose: str = "") -> str:
    return reverse("groups:consent", args=[made.pk, purpose]) if purpose else reverse("groups:sharing", args=[made.pk])


def test_it_works(world: World, ana: Client, made: ParentingGroup, time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)
    page = ana.get(url(made)).content.decode()
    assert page.count("Not shared") == len(Purpose) and "Take it back" not in page
    answer = ana.post(url(made, "exchanges"), YES)
    assert answer.status_code == 303 and answer["Location"] == url(made) + "#exchanges"
    given = GroupConsent.objects.get()
    assert (given.person, given.group, given.purpose) == (world.ana, made, "exchanges")
    assert given.adult_said_at == given.given_at == NOW
    page = ana.get(url(made)).content.decode()
    assert "Shared. It counts from 7 December 2026 at the earliest" in page
    assert page.count("Not shared") == len(Purpose) - 1 and "Shared on 24 November 2026, 03:12" in page
    time_machine.shift(timedelta(days=1))
    assert ana.post(url(made, "exchanges"), {"share": "no"}).status_code == 303
    page = ana.get(url(made)).content.decode()
    assert "Shared on 24 November 2026, 03:12, taken back on 25 November 2026, 03:12" in page
    assert page.count("Not shared") == len(Purpose)


def test_each_purpose_stands_alone(world: World, ana: Client, made: ParentingGroup) -> None:
    ana.post(url(made, "pool"), {"share": "yes", "pool-adult": "on"})
    assert [one.purpose for one in GroupConsent.objects.standing()] == ["pool"]
    ana.post(url(made, "own"), {"share": "yes", "own-adult": "on"})
    ana.post(url(made, "pool"), {"share": "no"})
    assert [one.purpose for one in GroupConsent.objects.standing()] == ["own"]


def test_twice_is_harmless(world: World, ana: Client, made: ParentingGroup) -> None:
    for _time in range(2):
        assert ana.post(url(made, "exchanges"), YES).status_code == 303
    assert GroupConsent.objects.count() == 1
    for _time in range(2):
        assert ana.post(url(made, "exchanges"), {"share": "no"}).status_code == 303
    assert GroupConsent.objects.count() == 1 and not GroupConsent.objects.standing().exists()


def test_under_eighteen_everything_but_this(world: World, ana: Client, made: ParentingGroup) -> None:
    answer = ana.post(url(made, "exchanges"), {"share": "yes"})
    assert answer.status_code == 422
    assert answer.content.decode().count("Sharing is for people who are 18 or older.") == 2
    assert not GroupConsent.objects.exists()
    # The tick of another purpose does not stand for this one.
    assert ana.post(url(made, "exchanges"), {"share": "yes", "own-adult": "on"}).status_code == 422
    page = ana.get(reverse("groups:group", args=[made.pk]))
    assert page.status_code == 200 and "Nothing. And that is fine" in page.content.decode()


@pytest.mark.parametrize("share", ["", "maybe", "YES"])
def test_anything_but_yes_shares_nothing(ana: Client, made: ParentingGroup, share: str) -> None:
    assert ana.post(url(made, "exchanges"), YES | {"share": share}).status_code == 303
    assert not GroupConsent.objects.exists()


def test_bad_purpose_and_get(ana: Client, made: ParentingGroup) -> None:
    assert ana.post(url(made, "notes"), YES).status_code == 404
    assert ana.get(url(made, "exchanges")).status_code == 405


def test_the_preview_is_made_of_ones_own_rows(world: World, ana: Client, made: ParentingGroup) -> None:
    now = timezone.now()
    exchange = logged(world.pip, world.ana, Kind.SOOTHING, now - timedelta(days=2))
    tried(exchange, world.ana, "not_yet", "settled", response="held")
    logged(world.pip, world.ben, Kind.PLAY, now - timedelta(days=2))  # not hers
    logged(world.pip, world.ana, Kind.FEEDING, now - timedelta(days=20))  # a fortnight before
    OwnState.objects.say(world.ana, exchange, "tired", now - timedelta(days=1))
    ArticleRead.objects.create(person=world.ana, window_number=number_at(now), topic="cues")
    said = dict(rows(ana.get(url(made)).content.decode()))
    assert said["Wrote down some soothing"] == said["Tried a second idea when the first did not fit"] == "yes"
    assert said["Held their baby close, or just stayed"] == said["Had a moment when they were worn out"] == "yes"
    assert said["Read about cues"] == "yes"
    assert said["Wrote down some play"] == said["Wrote down a feed"] == said["Took a break"] == "no"
    assert said["Read about the bond"] == "no"


def rows(page: str) -> list[tuple[str, str]]:
    """Every row of the previews: its words, and what it says of “you”."""
    found = []
    for row in page.split('<th scope="row">')[1:]:
        words, _end, rest = row.partition("</th>")
        if "preview__you" in rest.partition("</tr>")[0]:
            found.append((words, "yes" if '<span class="yes">' in rest.partition("</tr>")[0] else "no"))
    return found


def test_the_example_group_is_drawn_like_the_facilitators(ana: Client, made: ParentingGroup) -> None:
    page = ana.get(url(made)).content.decode()
    for band in ("few", "half", "most"):
        assert f"bands.svg#{band}" in page
    assert len(rows(page)) == 26  # every row of every panel


def test_the_limits_are_said_in_numbers(ana: Client, made: ParentingGroup) -> None:
    page = " ".join(ana.get(url(made)).content.decode().split())
    assert "no parent can be singled out" in page and "We cannot rule it out." in page
    for words, many in (("10–12", 2), ("15", 3), ("20", 5)):
        assert f'<th scope="row">{words}</th><td>{many}</td>' in page
    assert "8–9" not in page
    ParentingGroup.objects.update(floor=8)
    page = ana.get(url(made)).content.decode()
    assert '<th scope="row">8–9</th><td>1</td>' in page and "Below 8 who share" in page


def test_in_one_group_at_a_time(world: World, ana: Client, made: ParentingGroup) -> None:
    friday = group(world.gran, "Friday group")
    joined(friday, world.ana)
    shares(friday, world.ana, "exchanges", "pool")
    page = ana.get(url(made)).content.decode()
    assert "You share this with another group." in page and f"{url(friday)}#exchanges" in page
    answer = ana.post(url(made, "exchanges"), YES)
    assert answer.status_code == 422 and "Take it back there first." in answer.content.decode()
    assert ana.post(url(made, "pool"), {"share": "yes", "pool-adult": "on"}).status_code == 303  # a word of its own
    ana.post(url(friday, "exchanges"), {"share": "no"})
    assert ana.post(url(made, "exchanges"), YES).status_code == 303


def test_the_wrong_person(world: World, stan: Client, ben: Client, made: ParentingGroup) -> None:
    shares(made, world.ana, "exchanges")
    GroupMembership.objects.create(group=made, person=world.ben, known_as="Ben", asked_at=NOW)  # asks, and waits
    for browser in (stan, ben):
        assert browser.get(url(made)).status_code == 404
        assert browser.post(url(made, "exchanges"), {"share": "no"}).status_code == 404
        assert browser.post(url(made, "exchanges"), YES).status_code == 404
    assert GroupConsent.objects.standing().count() == 1


def test_another_member_sees_nothing_of_anas(world: World, ben: Client, made: ParentingGroup) -> None:
    joined(made, world.ben)
    shares(made, world.ana, "exchanges")
    page = ben.get(url(made)).content.decode()
    assert page.count("Not shared") == len(Purpose) and "Shared on" not in page


def test_reading_is_noted_only_while_it_is_shared(world: World, ana: Client, made: ParentingGroup) -> None:
    load(NOW)
    for slug in ("reading-cues", "when-it-is-too-much", "your-own-childhood", "after-a-loss"):
        ana.get(reverse("guidance:article", args=[slug]))
    assert not ArticleRead.objects.exists()
    ana.post(url(made, "articles"), {"share": "yes", "articles-adult": "on"})
    for slug in ("reading-cues", "when-it-is-too-much", "your-own-childhood", "after-a-loss", "reading-cues"):
        ana.get(reverse("guidance:article", args=[slug]))
    assert [(one.person, one.topic) for one in ArticleRead.objects.all()] == [(world.ana, "cues")]
    ana.post(url(made, "articles"), {"share": "no"})
    assert not ArticleRead.objects.exists()
