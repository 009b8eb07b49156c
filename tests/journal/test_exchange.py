"""What an exchange is: found together, stayed with, how long, and what looks odd."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from journal.models import Exchange, Kind, Step
from tests.journal.makers import logged, tried
from tests.world import NOW, World


def fresh(exchange: Exchange) -> Exchange:
    return Exchange.objects.with_tale().get(pk=exchange.pk)


def test_it_works(world: World) -> None:
    exchange = logged(world.pip, world.ana)
    tried(exchange, world.ana, "not_yet", "settled")
    found = fresh(exchange)
    assert found.is_found_together
    assert found.outcome == "settled"
    assert found.duration == timedelta(minutes=6)


def test_one_try_that_settles_is_not_a_mismatch(world: World) -> None:
    exchange = logged(world.pip, world.ana)
    tried(exchange, world.ana, "settled")
    assert not fresh(exchange).is_found_together
    assert not fresh(exchange).is_stayed_with


def test_never_settled_is_stayed_with_once_it_ended(world: World) -> None:
    exchange = logged(world.pip, world.ana)
    tried(exchange, world.ana, "not_yet", "a_bit")
    assert not fresh(exchange).is_stayed_with
    exchange.end(NOW + timedelta(minutes=40))
    assert fresh(exchange).is_stayed_with


def test_settled_and_then_not_is_not_found_together(world: World) -> None:
    exchange = logged(world.pip, world.ana)
    tried(exchange, world.ana, "not_yet", "settled", "not_yet")
    assert not fresh(exchange).is_found_together


def test_the_same_form_twice_is_one_row(world: World) -> None:
    key = uuid4()
    first, is_new = Exchange.objects.log(Kind.FEEDING, world.pip, world.ana, key, NOW)
    again, is_new_again = Exchange.objects.log(Kind.FEEDING, world.pip, world.ana, key, NOW + timedelta(seconds=9))
    assert (first.pk, is_new, is_new_again) == (again.pk, True, False)
    assert Exchange.objects.count() == 1


def test_the_same_key_in_another_family_is_another_row(world: World) -> None:
    key = uuid4()
    Exchange.objects.log(Kind.FEEDING, world.pip, world.ana, key, NOW)
    _kits, is_new = Exchange.objects.log(Kind.FEEDING, world.kit, world.stan, key, NOW)
    assert is_new


def test_a_step_sent_twice_is_one_and_can_be_corrected(world: World) -> None:
    exchange, key = logged(world.pip, world.ana), uuid4()
    for result in ("not_yet", "not_yet", "a_bit"):
        Step.objects.tell(exchange, world.ana, key, NOW, "tired", "rocked", result)
    assert [step.result for step in Step.objects.all()] == ["a_bit"]


def test_two_people_stop_one_timer_and_the_first_stands(world: World) -> None:
    exchange = logged(world.pip, world.ana)
    assert exchange.end(NOW + timedelta(minutes=1))
    assert not exchange.end(NOW + timedelta(minutes=9))
    assert fresh(exchange).duration == timedelta(minutes=1)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"started_at": NOW + timedelta(days=365 * 74)}, "future"),
        ({"started_at": NOW - timedelta(days=365 * 126), "ended_at": NOW - timedelta(days=365 * 126)}, "long time ago"),
        ({"ended_at": NOW - timedelta(minutes=1)}, "before it starts"),
        ({"ended_at": NOW + timedelta(hours=4, minutes=1)}, "long one"),
        ({"ended_at": NOW + timedelta(hours=3)}, ""),
    ],
)
def test_what_is_odd_is_asked_about_and_never_refused(world: World, fields: dict[str, object], word: str) -> None:
    exchange = logged(world.pip, world.ana, **fields)
    question = str(exchange.odd(NOW))
    assert (word in question) if word else not question


def test_postgres_keeps_a_step_in_its_exchange_s_family(world: World) -> None:
    exchange = logged(world.pip, world.ana)
    Step.objects.create(family=world.other_family, exchange=exchange, position=1, started_at=NOW, client_key=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Step.objects.all().delete()


def test_visible_to_its_family_and_nobody_else(world: World) -> None:
    logged(world.pip, world.ana)
    seen = {who.name: Exchange.objects.visible_to(who).count() for who in (world.ana, world.ben, world.gran)}
    assert seen == {"Ana": 1, "Ben": 1, "Gran": 1}
    assert not Exchange.objects.visible_to(world.stan).exists()
    assert not Exchange.objects.visible_to(world.faye).exists()


def test_a_carer_changes_what_she_logged_alone(world: World) -> None:
    mine, anas = logged(world.pip, world.gran), logged(world.pip, world.ana)
    assert list(Exchange.objects.kept_by(world.gran)) == [mine]
    assert set(Exchange.objects.kept_by(world.ben)) == {mine, anas}


def test_who_left_the_family_sees_nothing(world: World) -> None:
    logged(world.pip, world.ana)
    world.gran.memberships.update(ended_at=NOW)
    assert not Exchange.objects.visible_to(world.gran).exists()
