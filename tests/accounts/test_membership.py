"""Which family a person's pages are about, and how the first one begins."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction

from attachment_app.accounts.membership import family_for, family_of
from attachment_app.accounts.models import Family, Membership, Person
from tests.together import together
from tests.world import NOW, World, family, person


def is_parent(who: Person, of: Family) -> bool:
    return bool(Membership.objects.of(who).parents().filter(family=of).exists())


def test_it_works(world: World) -> None:
    assert family_of(world.ana) == family_of(world.gran) == world.family
    assert family_of(world.faye) is None


def test_the_family_that_was_joined_first(world: World) -> None:
    later = NOW + timedelta(days=1)
    Membership.objects.create(
        family=world.other_family, person=world.ana, role=Membership.Role.CARER_VIEWS, started_at=later
    )
    assert family_of(world.ana) == world.family
    assert not is_parent(world.ana, world.other_family)


def test_whoever_left_belongs_no_more(world: World) -> None:
    Membership.objects.filter(person=world.ben).update(ended_at=NOW)
    assert family_of(world.ben) is None
    assert not is_parent(world.ben, world.family)


def test_a_second_time_is_the_same_family(db: None) -> None:
    una = person("Una")
    assert family_for(una, at=NOW) == family_for(una, at=NOW)
    assert is_parent(una, Family.objects.get())


@pytest.mark.django_db(transaction=True)
def test_while_one_page_begins_a_family_another_waits_for_it() -> None:
    una, begun = person("Una"), threading.Event()

    def first() -> Family:
        with transaction.atomic():
            started = family_for(una, at=NOW)
            begun.set()
            threading.Event().wait(0.3)  # the other one asks before this one is committed
            return started

    def second() -> Family:
        begun.wait(10)
        return family_for(una, at=NOW)

    one, other = together(first, second)
    assert one == other == Family.objects.get()


@pytest.mark.parametrize("role", Membership.Role.values)
def test_roles(world: World, role: str) -> None:
    somebody = person("Una")
    family(world.faye, (somebody, role))
    assert is_parent(somebody, Family.objects.visible_to(world.faye).get()) is (role == "parent")
