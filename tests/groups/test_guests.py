"""The guest list and invitations: names as parents gave them, one tap each way, words shown once."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attachment_app.groups.models import GroupConsent, GroupMembership, Invitation, ParentingGroup
from tests.conftest import signed_in
from tests.groups.makers import facilitator, group, joined, shares
from tests.world import NOW, World


@pytest.fixture
def made(world: World) -> ParentingGroup:
    return group(world.faye)


@pytest.fixture
def faye(world: World, made: ParentingGroup) -> Client:
    return signed_in(world.faye)


def url(made: ParentingGroup, name: str = "guests", *more: object) -> str:
    return reverse(f"groups:{name}", args=[made.pk, *more])


def asked(made: ParentingGroup, world: World) -> GroupMembership:
    return GroupMembership.objects.create(group=made, person=world.ana, known_as="Ana of No. 5", asked_at=NOW)


def test_it_works(world: World, made: ParentingGroup, faye: Client) -> None:
    membership = asked(made, world)
    page = faye.get(url(made)).content.decode()
    assert "Would like to join" in page and "Ana of No. 5" in page and "asked on 24 November" in page
    assert faye.post(url(made, "approval", membership.pk)).status_code == 303
    page = faye.get(url(made)).content.decode()
    assert "Would like to join" not in page and "Ana of No. 5" in page
    membership.refresh_from_db()
    assert membership.approved_at and not membership.made_by_facilitator
    assert faye.post(url(made, "guest-ending", membership.pk)).status_code == 303
    membership.refresh_from_db()
    assert membership.ended_by == "facilitator"
    assert "Ana of No. 5" not in faye.get(url(made)).content.decode()


def test_no_address_no_family_and_nothing_of_who_shares(world: World, made: ParentingGroup, faye: Client) -> None:
    joined(made, world.ana)
    before = faye.get(url(made)).content.decode()
    shares(made, world.ana, "exchanges", "own")
    assert without_tokens(faye.get(url(made)).content.decode()) == without_tokens(before)
    assert world.ana.email not in before and "Pip" not in before and str(world.ana.pk) not in before


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_declining_and_twice_is_harmless(world: World, made: ParentingGroup, faye: Client) -> None:
    membership = asked(made, world)
    for _time in range(2):
        assert faye.post(url(made, "guest-ending", membership.pk)).status_code == 303
    ended = GroupMembership.objects.get()
    faye.post(url(made, "approval", membership.pk))
    assert GroupMembership.objects.get().approved_at is None
    assert GroupMembership.objects.get().ended_at == ended.ended_at


def test_after_the_end_the_consents_say_what_was_said(world: World, made: ParentingGroup, faye: Client) -> None:
    membership = joined(made, world.ana)
    shares(made, world.ana, "exchanges")
    faye.post(url(made, "guest-ending", membership.pk))
    assert GroupConsent.objects.standing().exists()  # theirs to change, and counted nowhere without a membership


def test_refuses_get(world: World, made: ParentingGroup, faye: Client) -> None:
    membership = asked(made, world)
    for name in ("approval", "guest-ending"):
        assert faye.get(url(made, name, membership.pk)).status_code == 405
    assert faye.get(url(made, "invitations")).status_code == 405


def test_the_guest_of_another_group(world: World, made: ParentingGroup, faye: Client) -> None:
    """Neither another facilitator's guest, nor a guest of another of one's own groups under this address."""
    others = joined(group(world.gran, "Friday group"), world.ana)
    mine = joined(group(world.faye, "Monday group"), world.ana)
    for membership in (others, mine):
        for name in ("approval", "guest-ending"):
            assert faye.post(url(made, name, membership.pk)).status_code == 404
    assert not GroupMembership.objects.filter(ended_at__isnull=False).exists()


@pytest.mark.parametrize("kind", Invitation.Kind.values)
def test_an_invitation_is_shown_once(world: World, made: ParentingGroup, faye: Client, ana: Client, kind: str) -> None:
    page = faye.post(url(made, "invitations"), {"kind": kind}).content.decode()
    words = re.search(r'<p class="code[^"]*">(.*?)</p>', page)
    assert words
    said = words[1].rpartition("joining/")[2].strip("/")
    assert (words[1].startswith("http") and len(said) >= 40) if kind == "link" else re.fullmatch(r"\w{4}-\w{4}", said)
    assert "Tuesday group" in ana.get(reverse("groups:asking", args=[said])).content.decode()
    again = faye.get(url(made)).content.decode()
    assert said not in again and "Close it" in again
    assert said not in str(Invitation.objects.values())


def test_an_invitation_is_closed(world: World, made: ParentingGroup, faye: Client, ana: Client) -> None:
    invitation, said = Invitation.objects.make(made, "code", timezone.now())
    for _time in range(2):
        assert faye.post(url(made, "revoking", invitation.pk)).status_code == 303
    assert ana.get(reverse("groups:asking", args=[said])).status_code == 404
    assert "Close it" not in faye.get(url(made)).content.decode()


def test_an_invitation_that_is_over_is_not_shown(world: World, made: ParentingGroup, faye: Client) -> None:
    Invitation.objects.make(made, "code", timezone.now() - timedelta(days=15))
    assert "Close it" not in faye.get(url(made)).content.decode()


def test_nobody_closes_or_makes_anothers(world: World, made: ParentingGroup, ana: Client) -> None:
    invitation, _said = Invitation.objects.make(made, "code", timezone.now())
    joined(made, world.ana)
    facilitator(world.gran)
    for browser in (ana, signed_in(world.gran)):
        assert browser.post(url(made, "revoking", invitation.pk)).status_code == 404
        assert browser.post(url(made, "invitations"), {"kind": "code"}).status_code == 404
    assert Invitation.objects.get().revoked_at is None


def test_an_ended_group_invites_nobody(world: World, made: ParentingGroup, faye: Client) -> None:
    made.end(NOW)
    assert "Make a link" not in faye.get(url(made)).content.decode()
    assert faye.post(url(made, "invitations"), {"kind": "code"}).status_code == 303
    assert not Invitation.objects.exists()
