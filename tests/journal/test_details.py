"""What is added afterwards: details, times, turns."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from journal.models import EXCHANGES, Exchange, Kind
from journal.vocabulary import TODDLING, Began, Connection, Method, Occasion, PlayKind, Side
from tests.journal.makers import logged
from tests.world import NOW, World


@pytest.fixture
def feeding(world: World) -> str:
    return f"/journal/exchanges/{logged(world.pip, world.ana, Kind.FEEDING).pk}/"


@pytest.fixture
def play(world: World) -> str:
    return f"/journal/exchanges/{logged(world.pip, world.ana, Kind.PLAY).pk}/"


def test_it_works(ana: Client, feeding: str) -> None:
    ana.post(feeding + "details/", {"method": "breast", "side": "left", "connection": ["eye_contact"]})
    exchange = Exchange.objects.get()
    assert (exchange.method, exchange.side, exchange.connection) == ("breast", "left", ["eye_contact"])
    page = ana.get("/journal/exchanges/").content.decode()
    assert "Breast, left." in page and "Shared a look" in page


CHIPS = {
    Kind.FEEDING: {*Connection.values, *Occasion.values, *Method.values, *Side.values},
    Kind.PLAY: {*Began.values, *Connection.values, *Occasion.values, *(set(PlayKind.values) - {*TODDLING})},
    Kind.SOOTHING: {*Connection.values, *Occasion.values},
}


@pytest.mark.parametrize("kind", EXCHANGES)
def test_every_detail_of_a_kind_has_its_chip(ana: Client, world: World, kind: str) -> None:
    page = ana.get(f"/journal/exchanges/{logged(world.pip, world.ana, kind).pk}/").content.decode()
    form = page.split('id="details"')[1].split("</form>")[0]
    assert set(re.findall(r'<input type="(?:checkbox|radio)"[^>]* value="(\w+)"', form)) == CHIPS[Kind(kind)]


def test_a_toddler_explores_and_comes_back(ana: Client, world: World, play: str) -> None:
    assert "Glanced back" not in ana.get(play).content.decode()
    ana.post(play + "details/", {"play": ["glanced"]})
    assert "Glanced back" in ana.get(play).content.decode()  # it was said, so it stays to be seen
    world.pip.birth_month = date(2025, 10, 1)
    world.pip.save()
    page = ana.get(play).content.decode()
    assert all(words in page for words in ("Exploring and coming back", "Showed me", "Came for comfort"))


def test_several_at_once_and_one_taken_away(ana: Client, play: str) -> None:
    ana.post(play + "details/", {"connection": ["smile", "naming"], "play": ["sounds"]})
    exchange = Exchange.objects.get()
    assert (exchange.connection, exchange.play) == (["smile", "naming"], ["sounds"])
    page = ana.get(play).content.decode()
    assert page.count(" checked>") >= 3
    was = {"was_connection": ["smile", "naming"], "was_play": ["sounds"]}
    ana.post(play + "details/", {"connection": ["naming"], "play": ["sounds"], **was})
    assert Exchange.objects.get().connection == ["naming"]


def test_two_people_adding_keep_both(ana: Client, ben: Client, feeding: str) -> None:
    ana.post(feeding + "details/", {"method": "breast"})
    ben.post(feeding + "details/", {"side": "left", "was_method": "", "method": ""})
    exchange = Exchange.objects.get()
    assert (exchange.method, exchange.side) == ("breast", "left")


@pytest.mark.parametrize("amount", ["lots", "-5", "1e9", "99999999", "<b>9</b>", "٩٠ml"])
def test_an_amount_that_cannot_be_kept_is_named_and_stays_on_the_page(ana: Client, feeding: str, amount: str) -> None:
    answer = ana.post(feeding + "details/", {"amount_ml": amount, "method": "bottle"})
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert Exchange.objects.get().amount_ml is None


def test_a_field_of_another_kind_is_not_taken(ana: Client, feeding: str) -> None:
    ana.post(feeding + "details/", {"play": ["sounds"]})
    assert Exchange.objects.get().play == []


def test_times_in_the_person_s_zone(ana: Client, world: World, feeding: str) -> None:
    world.ana.time_zone = "America/New_York"
    world.ana.save()
    ana.post(feeding + "times/", {"started_at": "2026-11-23T22:00", "ended_at": "2026-11-23T22:20"})
    assert Exchange.objects.get().started_at == datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def test_times_as_they_were_change_nothing(ana: Client, feeding: str) -> None:
    Exchange.objects.update(started_at=NOW.replace(second=33), ended_at=None)
    ana.post(feeding + "times/", {"started_at": NOW.strftime("%Y-%m-%dT%H:%M"), "ended_at": ""})
    assert Exchange.objects.get().started_at == NOW.replace(second=33)


def test_a_time_that_cannot_be_read_stays_on_the_page(ana: Client, feeding: str) -> None:
    answer = ana.post(feeding + "times/", {"started_at": "noonish"})
    assert answer.status_code == 422 and "noonish" in answer.content.decode()


def test_a_turn_sent_twice_counts_once(ana: Client, play: str) -> None:
    for _again in range(2):
        ana.post(play + "turns/", {"turns": "7"})
    assert Exchange.objects.get().turns == 7
    ana.post(play + "turns/", {"turns": "-1"})
    ana.post(play + "turns/", {"turns": "many"})
    assert Exchange.objects.get().turns == 7


def test_still_going_starts_the_timer_and_stop_ends_it(ana: Client, feeding: str) -> None:
    ana.post(feeding + "timer/")
    assert Exchange.objects.get().is_running
    assert "Stop the timer" in ana.get("/").content.decode()
    ana.post(feeding + "ending/")
    assert not Exchange.objects.get().is_running
