"""All exchanges: keyset pages, days in the person's zone, and one from earlier."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from journal.models import Exchange, Kind
from journal.views.exchanges import PAGE, days, place_after, place_from
from tests.journal.makers import logged, tried
from tests.queries import asked_by
from tests.world import NOW, World

URL = reverse("journal:exchanges")


def test_it_works(ana: Client, world: World) -> None:
    exchange = logged(world.pip, world.ben)
    tried(exchange, world.ben, "not_yet", "settled")
    page = ana.get(URL).content.decode()
    assert "Soothing, by Ben" in page and "Found it together" in page


def test_pages_meet_without_a_gap_or_a_repeat(ana: Client, world: World) -> None:
    made = {
        str(logged(world.pip, world.ana, Kind.PLAY, NOW - timedelta(minutes=index // 3)).pk)
        for index in range(2 * PAGE + 5)
    }
    seen: list[str] = []
    url: str | None = URL
    while url:
        answer = ana.get(url)
        seen += [str(exchange.pk) for day in answer.context["days"] for exchange in day.exchanges]
        url = f"{URL}?{answer.context['next']}" if answer.context["next"] else None
    assert len(seen) == len(made) and set(seen) == made


def test_days_are_the_person_s_own(world: World) -> None:
    late = logged(world.pip, world.ana, Kind.PLAY, datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    world.ana.time_zone = "Pacific/Auckland"
    assert [day.date.isoformat() for day in days([late], world.ana.zone)] == ["2026-11-25"]


def test_by_kind(ana: Client, world: World) -> None:
    logged(world.pip, world.ana, Kind.PLAY)
    logged(world.pip, world.ana, Kind.FEEDING)
    page = ana.get(URL, {"kind": "play"})
    assert [e.kind for day in page.context["days"] for e in day.exchanges] == ["play"]


@pytest.mark.parametrize("before", ["", "yesterday", "2026-11-24T03:12:00_x", "_", "2026-11-24_" + "0" * 32, "\x00"])
def test_a_place_that_cannot_be_read_shows_the_first_page(ana: Client, world: World, before: str) -> None:
    logged(world.pip, world.ana)
    assert ana.get(URL, {"before": before}).context["days"]


def test_a_place_goes_there_and_back(world: World) -> None:
    exchange = logged(world.pip, world.ana)
    place = place_from(place_after(exchange))
    assert place and (place.started_at, place.id) == (exchange.started_at, exchange.pk)


@pytest.mark.parametrize("year", [1900, 2100])
def test_an_odd_date_is_saved_and_asked_about(ana: Client, year: int) -> None:
    answer = ana.post(URL, {"kind": "feeding", "started_at": f"{year}-02-03T04:05"})
    exchange = Exchange.objects.get()
    assert exchange.started_at.year == year
    assert "Check the" in ana.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("text", ["soon", "2026-13-41T99:99", "ابدأ الآن", "😀" * 10, "9" * 5000])
def test_a_time_that_cannot_be_read_is_kept_on_the_page(ana: Client, text: str) -> None:
    answer = ana.post(URL, {"kind": "feeding", "started_at": text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "We could not read this time" in page and text in page
    assert not Exchange.objects.exists()


def test_the_number_of_queries_does_not_grow(ana: Client, world: World) -> None:
    counts = []
    for many in (2, PAGE):
        for index in range(many):
            tried(logged(world.pip, world.ana, at=NOW - timedelta(minutes=index)), world.ben, "not_yet", "settled")
        counts.append(len(asked_by(lambda: ana.get(URL))))
    assert counts[0] == counts[1] <= 7


def test_a_stranger_sees_an_empty_page(stan: Client, world: World) -> None:
    logged(world.pip, world.ana)
    assert stan.get(URL).context["days"] == []
