"""From an invitation to what is shared: who may ask, who says yes, and how either side ends it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from attachment_app.accounts.models import Person
from attachment_app.groups.leading import leading
from attachment_app.groups.models import Facilitator, GroupConsent, GroupMembership, Invitation, ParentingGroup, Purpose
from attachment_app.groups.models.consent import SharedElsewhere
from attachment_app.groups.models.invitation import TRIES, TooManyTries
from attachment_app.web.person import acting_for
from tests.groups.makers import facilitator, group, joined
from tests.world import NOW, World

DAY = timedelta(days=1)


def invited(world: World, kind: str = Invitation.Kind.CODE) -> tuple[ParentingGroup, str]:
    facilitator(world.faye)
    with leading(world.faye):
        made = ParentingGroup.objects.start(world.faye, "Tuesday group", NOW)
        _invitation, said = Invitation.objects.make(made, kind, NOW)
    return made, said


@pytest.mark.parametrize("kind", Invitation.Kind.values)
def test_it_works(world: World, kind: str) -> None:
    made, said = invited(world, kind)
    with acting_for(world.ana.pk):
        assert Invitation.objects.accepted(said, world.ana, NOW) == made.pk
        assert ParentingGroup.objects.get(pk=made.pk).name == "Tuesday group"
        asked = GroupMembership.objects.ask(made.pk, world.ana, "Ana", NOW)
        assert GroupMembership.objects.ask(made.pk, world.ana, "Ana", NOW) == asked
    with acting_for(world.ana.pk):
        assert ParentingGroup.objects.visible_to(world.ana).get() == made
        with pytest.raises(DatabaseError), transaction.atomic():
            GroupConsent.objects.give(made, world.ana, Purpose.EXCHANGES, NOW)  # not approved yet
    with leading(world.faye):
        (waiting,) = GroupMembership.objects.led_by(world.faye).waiting()
        assert waiting.known_as == "Ana" and waiting.approve(NOW) and not waiting.approve(NOW)
    with acting_for(world.ana.pk):
        given = GroupConsent.objects.give(made, world.ana, Purpose.EXCHANGES, NOW)
        assert GroupConsent.objects.give(made, world.ana, Purpose.EXCHANGES, NOW) == given
        assert GroupConsent.objects.withdraw(made.pk, world.ana, Purpose.EXCHANGES, NOW + DAY)
        assert not GroupConsent.objects.withdraw(made.pk, world.ana, Purpose.EXCHANGES, NOW + DAY)
        assert GroupMembership.objects.get().end("parent", NOW)
        assert Invitation.objects.accepted("nothing", world.ana, NOW) is None  # what was opened is open no more
        assert not ParentingGroup.objects.exists()


def test_typed_in_any_way(world: World) -> None:
    made, said = invited(world)
    with acting_for(world.ana.pk):
        assert Invitation.objects.accepted(f" {said.replace('-', ' ').lower()} ", world.ana, NOW) == made.pk


def test_what_opens_nothing(world: World) -> None:
    made, said = invited(world)
    with acting_for(world.ana.pk):
        assert Invitation.objects.accepted(said, world.ana, NOW + 15 * DAY) is None
        assert Invitation.objects.accepted("BBBB-BBBB", world.ana, NOW) is None
        with pytest.raises(DatabaseError), transaction.atomic():
            GroupMembership.objects.ask(made.pk, world.ana, "Ana", NOW)
    with leading(world.faye):
        assert Invitation.objects.led_by(world.faye).get().revoke(NOW)
    with acting_for(world.ana.pk):
        assert Invitation.objects.accepted(said, world.ana, NOW) is None


def test_codes_are_not_to_be_tried(world: World) -> None:
    _made, said = invited(world)
    with acting_for(world.stan.pk):
        for _try in range(TRIES):
            assert Invitation.objects.accepted("BBBB-BBBB", world.stan, NOW) is None
        with pytest.raises(TooManyTries):
            Invitation.objects.accepted(said, world.stan, NOW)
    with acting_for(world.ana.pk):
        assert Invitation.objects.accepted(said, world.ana, NOW)


def test_an_address_that_is_not_confirmed_does_not_join(world: World) -> None:
    made, said = invited(world)
    unconfirmed = Person.objects.create(email="una@example.org")
    with acting_for(unconfirmed.pk):
        assert Invitation.objects.accepted(said, unconfirmed, NOW)
        with pytest.raises(DatabaseError), transaction.atomic():
            GroupMembership.objects.ask(made.pk, unconfirmed, "Una", NOW)


def test_nobody_says_yes_to_themselves(world: World) -> None:
    made, said = invited(world)
    with acting_for(world.ana.pk):
        Invitation.objects.accepted(said, world.ana, NOW)
        asked = GroupMembership.objects.ask(made.pk, world.ana, "Ana", NOW)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            asked.approve(NOW)


def test_only_a_facilitator_starts_a_group_and_only_while_they_are_one(world: World) -> None:
    with leading(world.faye), pytest.raises(DatabaseError), transaction.atomic():
        ParentingGroup.objects.start(world.faye, "x", NOW)
    call_command("facilitators", "grant", "faye@example.org")
    with leading(world.faye):
        ParentingGroup.objects.start(world.faye, "x", NOW)
        assert ParentingGroup.objects.led_by(world.faye).count() == 1
    call_command("facilitators", "withdraw", "faye@example.org")
    assert not Facilitator.objects.standing().exists()
    with leading(world.faye):
        assert not ParentingGroup.objects.exists()


def test_the_floor_is_hard_and_the_operators(world: World) -> None:
    made = group(world.faye)
    with leading(world.faye), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ParentingGroup.objects.update(floor=8)
    with leading(world.faye), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        ParentingGroup.objects.create(facilitator=world.faye, name="x", created_at=NOW, floor=8)
    ParentingGroup.objects.filter(pk=made.pk).update(floor=8)
    with pytest.raises(IntegrityError), transaction.atomic():
        ParentingGroup.objects.filter(pk=made.pk).update(floor=7)


def test_a_parent_counts_in_one_group_at_a_time(world: World) -> None:
    tuesday, friday = group(world.faye), group(world.faye, "Friday group")
    joined(tuesday, world.ana)
    joined(friday, world.ana)
    with acting_for(world.ana.pk):
        GroupConsent.objects.give(tuesday, world.ana, Purpose.EXCHANGES, NOW)
        with pytest.raises(SharedElsewhere):
            GroupConsent.objects.give(friday, world.ana, Purpose.EXCHANGES, NOW)
        GroupConsent.objects.give(friday, world.ana, Purpose.ARTICLES, NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupConsent.objects.filter(purpose="x").create(
                group=friday, person=world.ana, purpose=Purpose.EXCHANGES, version="x", given_at=NOW, adult_said_at=NOW
            )


def test_after_the_facilitator_ended_it_it_can_be_shared_elsewhere(world: World) -> None:
    tuesday, friday = group(world.faye), group(world.faye, "Friday group")
    ended = joined(tuesday, world.ana)
    joined(friday, world.ana)
    with acting_for(world.ana.pk):
        GroupConsent.objects.give(tuesday, world.ana, Purpose.EXCHANGES, NOW)
    with leading(world.faye):
        assert GroupMembership.objects.get(pk=ended.pk).end("facilitator", NOW)
    with acting_for(world.ana.pk):
        GroupConsent.objects.give(friday, world.ana, Purpose.EXCHANGES, NOW)
        kept = GroupConsent.objects.visible_to(world.ana).history()
        assert {(one.group_id, one.withdrawn_at is None) for one in kept} == {(tuesday.pk, False), (friday.pk, True)}
