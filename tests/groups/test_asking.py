"""Joining by a link or a code: what is known opens, what is not says no more than that."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attachment_app.groups.models import GroupMembership, Invitation, ParentingGroup
from attachment_app.groups.models.invitation import TRIES
from tests.conftest import signed_in
from tests.groups.makers import group, joined
from tests.world import World, person

JOINING = reverse("groups:joining")


@pytest.fixture
def made(world: World) -> ParentingGroup:
    return group(world.faye)


def invitation(made: ParentingGroup, kind: str = Invitation.Kind.CODE) -> str:
    return Invitation.objects.make(made, kind, timezone.now())[1]


def asking(said: str) -> str:
    return reverse("groups:asking", args=[said])


def test_it_works(world: World, ana: Client, made: ParentingGroup) -> None:
    said = invitation(made)
    answer = ana.post(JOINING, {"code": said.lower()})
    assert answer.status_code == 303 and answer["Location"] == asking(said.lower())
    page = ana.get(answer["Location"]).content.decode()
    assert "Tuesday group" in page and 'value="Ana"' in page
    answer = ana.post(asking(said), {"known_as": "Ana from No. 5"})
    here = reverse("groups:group", args=[made.pk])
    assert answer.status_code == 303 and answer["Location"] == here
    membership = GroupMembership.objects.get()
    assert (membership.known_as, membership.is_waiting, membership.made_by_facilitator) == (
        "Ana from No. 5",
        True,
        False,
    )
    assert "You have asked to join" in ana.get(here).content.decode()


def test_a_link_and_twice_is_once(world: World, ana: Client, made: ParentingGroup) -> None:
    said = invitation(made, Invitation.Kind.LINK)
    for _time in range(2):
        assert ana.post(asking(said), {"known_as": "Ana"}).status_code == 303
    assert GroupMembership.objects.count() == 1
    assert ana.get(asking(said)).status_code == 303  # there already


def test_signed_out_it_comes_back_after_signing_in(client: Client, made: ParentingGroup) -> None:
    said = invitation(made, Invitation.Kind.LINK)
    answer = client.get(asking(said))
    assert answer.status_code == 302 and answer["Location"].endswith(f"?next={quote(asking(said))}")
    assert quote(asking(said), safe="") in client.get(answer["Location"]).content.decode()  # and on, by signing up


def test_what_is_not_known_says_no_more(world: World, ana: Client, made: ParentingGroup) -> None:
    revoked, late = invitation(made), invitation(made)
    Invitation.objects.order_by("created_at").first().revoke(timezone.now())
    Invitation.objects.filter(revoked_at=None).update(expires_at=timezone.now() - timedelta(seconds=1))
    pages = [ana.post(JOINING, {"code": said}) for said in ("BCDF-GHJK", revoked, late)]
    assert {answer.status_code for answer in pages} == {422}
    for answer in pages:
        assert answer.content.decode().count("We do not know this code.") == 2
        assert "Tuesday group" not in answer.content.decode()
    links = [ana.get(asking(said)) for said in ("BCDF-GHJK", revoked, late, "x" * 300)]
    assert {answer.status_code for answer in links} == {404}
    assert all("We do not know this link or code" in answer.content.decode() for answer in links)


def test_codes_are_not_to_be_tried(world: World, stan: Client, ana: Client, made: ParentingGroup) -> None:
    said = invitation(made)
    for _try in range(TRIES):
        assert stan.post(JOINING, {"code": "BBBB-BBBB"}).status_code == 422
    for answer in (stan.post(JOINING, {"code": said}), stan.get(asking(said)), stan.post(asking(said))):
        assert answer.status_code == 429 and "Tuesday group" not in answer.content.decode()
    assert ana.post(JOINING, {"code": said}).status_code == 303


def test_an_address_that_is_not_confirmed(world: World, made: ParentingGroup) -> None:
    una = person("Una")
    EmailAddress.objects.filter(user=una).update(verified=False)
    browser, said = signed_in(una), invitation(made)
    for answer in (browser.get(asking(said)), browser.post(asking(said), {"known_as": "Una"})):
        assert answer.status_code == 200 and "wants to be confirmed" in answer.content.decode()
    assert not GroupMembership.objects.exists()


@pytest.mark.parametrize(
    ("known_as", "said"),
    [("", "Say what the group calls you."), (" \u200b", "can be read"), ("x" * 41, "That is long.")],
)
def test_bad_names(ana: Client, made: ParentingGroup, known_as: str, said: str) -> None:
    answer = ana.post(asking(invitation(made)), {"known_as": known_as})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not GroupMembership.objects.exists()


def test_an_ended_group_is_not_joined(ana: Client, made: ParentingGroup) -> None:
    said = invitation(made)
    made.end(timezone.now())
    assert ana.get(asking(said)).status_code == 404


def test_again_after_leaving(world: World, ana: Client, made: ParentingGroup) -> None:
    joined(made, world.ana).end(GroupMembership.EndedBy.PARENT, timezone.now())
    assert ana.post(asking(invitation(made)), {"known_as": "Ana"}).status_code == 303
    assert "You have asked to join" in ana.get(reverse("groups:group", args=[made.pk])).content.decode()
