"""Timers: several at once, on every page, paused, and asked about kindly when they seem forgotten."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from attachment_app.lib.roles import WEB, WORKER
from attachment_app.web.person import acting_for
from journal import tasks
from journal.models import Exchange, Kind, Pause
from tests.journal.makers import logged, tried
from tests.queries import asked_by
from tests.world import World

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def soothing(world: World) -> Exchange:
    return logged(world.pip, world.ana, at=timezone.now() - 12 * MINUTE)


def url(exchange: Exchange, what: str = "") -> str:
    return f"/journal/exchanges/{exchange.pk}/{what}"


def as_read(exchange: Exchange) -> Exchange:
    return Exchange.objects.with_tale().get(pk=exchange.pk)


@pytest.mark.parametrize("address", ["/guidance/", "/accounts/family/", "/journal/exchanges/", "/accounts/you/"])
def test_it_works(ana: Client, ben: Client, soothing: Exchange, address: str) -> None:
    for browser in (ana, ben):  # another device, another parent: the timer is a row
        seen = browser.get(address).content.decode()
        assert "Running timers" in seen
        assert f'href="{url(soothing)}"' in seen
        assert "data-title-since" in seen


def test_today_has_them_as_panels(ana: Client, soothing: Exchange) -> None:
    page = ana.get("/").content.decode()
    assert "data-title-since" in page
    assert f'id="running-{soothing.pk}"' in page


def test_nobody_elses_timer_shows(stan: Client, client: Client, soothing: Exchange) -> None:
    for browser in (stan, client):
        assert "Running timers" not in browser.get("/guidance/").content.decode()


def test_several_run_at_once(ana: Client, world: World, soothing: Exchange) -> None:
    sleep = logged(world.pip, world.ana, Kind.SLEEP, at=timezone.now() - MINUTE)
    page = ana.get("/").content.decode()
    assert all(url(one) in page for one in (soothing, sleep))


def test_a_pause_stops_the_clock_and_is_left_out(ana: Client, soothing: Exchange) -> None:
    assert ana.post(url(soothing, "pause/")).status_code == 303
    assert as_read(soothing).paused_since
    assert "min, paused" in ana.get(url(soothing)).content.decode()
    Pause.objects.update(started_at=timezone.now() - 5 * MINUTE)
    ana.post(url(soothing, "going-on/"))
    assert not as_read(soothing).paused_since
    ana.post(url(soothing, "ending/"))
    assert as_read(soothing).duration == pytest.approx(7 * MINUTE, abs=timedelta(seconds=5))


def test_paused_twice_is_one_pause_and_ending_ends_it(ana: Client, soothing: Exchange) -> None:
    for _again in range(2):
        ana.post(url(soothing, "pause/"))
    assert Pause.objects.count() == 1
    ana.post(url(soothing, "ending/"))
    assert Pause.objects.get().ended_at
    ana.post(url(soothing, "pause/"))  # it has ended: there is no clock to stop
    assert Pause.objects.filter(ended_at=None).count() == 0


def test_a_stranger_pauses_nothing(stan: Client, soothing: Exchange) -> None:
    assert stan.post(url(soothing, "pause/")).status_code == 404
    assert not Pause.objects.exists()


def test_a_forgotten_timer_is_asked_about_and_not_ended(ana: Client, world: World) -> None:
    forgotten = logged(world.pip, world.ana, at=timezone.now() - 6 * HOUR)
    tried(forgotten, world.ana, "not_yet")
    tasks.ask_about_timers()
    asked = as_read(forgotten)
    assert asked.is_running
    assert asked.proposed_end_at == asked.started_at + 3 * MINUTE  # the last thing that was written down
    assert "Did it end at about" in ana.get("/").content.decode()
    ana.post(url(forgotten, "ending/"), {"at": "proposed"})
    assert as_read(forgotten).ended_at == asked.proposed_end_at


def test_still_going_is_believed_for_a_while(ana: Client, world: World) -> None:
    forgotten = logged(world.pip, world.ana, at=timezone.now() - 6 * HOUR)
    tasks.ask_about_timers()
    ana.post(url(forgotten, "timer/"))
    tasks.ask_about_timers()
    assert as_read(forgotten).proposed_end_at is None
    Exchange.objects.update(asked_at=timezone.now() - 5 * HOUR)
    tasks.ask_about_timers()
    assert as_read(forgotten).proposed_end_at


def test_a_long_sleep_and_a_fresh_timer_are_left_alone(world: World, soothing: Exchange) -> None:
    logged(world.pip, world.ana, Kind.SLEEP, at=timezone.now() - 11 * HOUR)
    tasks.ask_about_timers()
    assert not Exchange.objects.filter(proposed_end_at__isnull=False).exists()


def test_the_worker_asks_and_reads_no_row(world: World) -> None:
    logged(world.pip, world.ana, at=timezone.now() - 6 * HOUR)
    with acting_for(None, role=WORKER):
        tasks.ask_about_timers()
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Exchange.objects.exists()
    assert Exchange.objects.get().proposed_end_at
    with (
        acting_for(world.ana.pk, role=WEB),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        tasks.forget_removed()


def test_what_was_removed_long_ago_is_forgotten_for_good(ana: Client, world: World, soothing: Exchange) -> None:
    tried(soothing, world.ana, "not_yet", "settled")
    recent = logged(world.pip, world.ana)
    recent.remove(timezone.now() - timedelta(days=29))
    soothing.remove(timezone.now() - timedelta(days=31))
    ana.post(url(soothing, "note/"), {"text": "gone with it"})
    tasks.forget_removed()
    assert list(Exchange.objects.all()) == [recent]
    assert "Bring it back" in ana.get("/journal/exchanges/removed/").content.decode()


def test_everything_that_hangs_on_an_exchange_is_forgotten_with_it(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT conrelid::regclass::text FROM pg_constraint WHERE confrelid = 'journal_exchange'::regclass"
        )
        hanging = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'forget_removed'")
        source = cursor.fetchone()[0]
    assert hanging
    assert set(re.findall(r"DELETE FROM (\w+)", source)) == {*hanging, "journal_exchange"}


@pytest.mark.parametrize("address", ["/", "/journal/exchanges/"])
def test_a_page_asks_six_questions_at_most(ana: Client, world: World, address: str) -> None:
    counts = []
    for many in (20, 180):
        for index in range(many):
            at = timezone.now() - index * MINUTE
            tried(logged(world.pip, world.ana, at=at), world.ben, "not_yet", "settled")
        counts.append(len(asked_by(lambda: ana.get(address))))
    assert counts[0] == counts[1] <= 6
