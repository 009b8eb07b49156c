"""At the edges of a lease: who may take it, what is too late for it, and who comes back after it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from attachment_app.accounts.models import Person
from attachment_app.delivery import departing, sender, voices
from attachment_app.delivery.leasing import lease
from attachment_app.delivery.models import LEASE, Kind, Occurrence, PushSubscription, Standing, State
from tests.delivery.makers import PlainVoice, occurrence
from tests.pushbox import Browser, Pushbox, open_pushbox
from tests.world import World

TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def plain_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "_voices", {kind: PlainVoice("text-1", "text-2") for kind in Kind.values})


@pytest.fixture
def box(settings: Any) -> Iterator[Pushbox]:
    with open_pushbox(settings) as box:
        yield box


def with_device(person: Person, box: Pushbox) -> Person:
    device = Browser.at(box)
    PushSubscription.objects.create(person=person, endpoint=device.endpoint, made_at=TEN, checked_at=TEN, **device.keys)
    Person.objects.filter(pk=person.pk).update(last_active_at=TEN - DAY)
    return person


def again(one: Occurrence) -> Occurrence:
    one.refresh_from_db()
    return one


def test_it_works(world: World, box: Pushbox) -> None:
    one = occurrence(with_device(world.ana, box), TEN)
    sender.send_due(TEN, spell=0)
    assert (again(one).state, one.channels) == (State.SENT, {"push": "sent"})
    assert box.count() == 1


def test_what_would_perhaps_arrive_after_its_window_is_too_late(world: World, box: Pushbox) -> None:
    with_device(world.ana, box)
    late, last = occurrence(world.ana, TEN), occurrence(world.ana, TEN + 30 * SECOND)
    sender.send_due(TEN + HOUR - 20 * SECOND, spell=0)  # a batch may take longer
    assert (again(late).state, late.reason) == (State.DROPPED, "late")
    assert again(last).state == State.SENT


def test_a_worker_that_was_taken_for_dead_changes_nothing_afterwards(world: World, box: Pushbox) -> None:
    box.answer("*", 503)
    one = occurrence(with_device(world.ana, box), TEN)
    _looked, going = lease(TEN)
    sender.sweep(TEN + LEASE + SECOND)
    departing.finish(going, TEN, deadline=time.monotonic() + 5)
    assert again(one).state == State.UNKNOWN
    assert sender.send_due(TEN + 10 * 60 * SECOND, spell=0) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", [Occurrence, Standing])
def test_what_another_holds_is_left_to_them(what: Any) -> None:
    world = World()
    Person.objects.filter(pk=world.ana.pk).update(last_active_at=TEN - DAY)
    one = occurrence(world.ana, TEN)
    with held(what):
        assert lease(TEN) == (0, [])
    assert lease(TEN)[0] == 1
    assert again(one).state == State.SENT


@contextmanager
def held(what: Any) -> Iterator[None]:
    """Another connection has locked every row of a table, for a second at most."""
    is_held, is_over = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(what.objects.select_for_update())
            is_held.set()
            is_over.wait(1)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    is_held.wait(5)
    yield
    is_over.set()
    thread.join()
