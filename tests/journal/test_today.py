"""The first page of somebody who is signed in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attachment_app.accounts.models.child import ChildState
from journal.models import Exchange, Kind
from tests.conftest import signed_in
from tests.journal.makers import logged, tried
from tests.queries import asked_by
from tests.world import World, person

EXCHANGES = reverse("journal:exchanges")


def test_it_works(ana: Client, world: World) -> None:
    logged(world.pip, world.ana, Kind.FEEDING, timezone.now() - timedelta(minutes=50), side="left")
    page = ana.get("/").content.decode()
    assert "Pip" in page and "50 min" in page and "left" in page


def test_one_tap_logs_just_now(ana: Client, world: World) -> None:
    answer = ana.post(EXCHANGES, {"kind": "feeding", "key_feeding": str(uuid4())})
    exchange = Exchange.objects.get()
    assert answer.status_code == 303 and answer["Location"] == f"/?saved={exchange.pk}"
    assert exchange.author == world.ana and not exchange.is_running
    assert abs(timezone.now() - exchange.started_at) < timedelta(seconds=20)
    assert "Undo" in ana.get(answer["Location"]).content.decode()


def test_with_htmx_the_tap_swaps_one_part_and_says_so(ana: Client) -> None:
    answer = ana.post(EXCHANGES, {"kind": "play"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert page.lstrip().startswith('<div class="split') and "<html" not in page
    assert "Saved: Play, just now." in page


def test_soothing_opens_its_page_with_the_timer_running(ana: Client) -> None:
    answer = ana.post(EXCHANGES, {"kind": "soothing"}, headers={"HX-Request": "true"})
    exchange = Exchange.objects.get()
    assert exchange.is_running
    assert answer["HX-Redirect"] == f"/journal/exchanges/{exchange.pk}/"


def test_a_second_tap_on_soothing_goes_back_to_the_one_that_runs(ana: Client, ben: Client, world: World) -> None:
    ana.post(EXCHANGES, {"kind": "soothing", "key_soothing": str(uuid4())})
    first = Exchange.objects.get()
    answer = ben.post(EXCHANGES, {"kind": "soothing", "key_soothing": str(uuid4())})
    assert answer["Location"] == f"/journal/exchanges/{first.pk}/"
    assert Exchange.objects.count() == 1


@pytest.mark.parametrize("what", ["ended", "forgotten"])
def test_a_soothing_that_ended_or_was_forgotten_does_not_hold_the_next_one_up(ana: Client, what: str) -> None:
    ana.post(EXCHANGES, {"kind": "soothing", "key_soothing": str(uuid4())})
    now = timezone.now()
    Exchange.objects.update(**({"ended_at": now} if what == "ended" else {"started_at": now - timedelta(hours=3)}))
    ana.post(EXCHANGES, {"kind": "soothing", "key_soothing": str(uuid4())})
    assert Exchange.objects.count() == 2


def test_a_repeated_post_is_one_row_and_says_so(ana: Client) -> None:
    form = {"kind": "feeding", "key_feeding": str(uuid4())}
    ana.post(EXCHANGES, form)
    again = ana.post(EXCHANGES, form, headers={"HX-Request": "true"})
    assert Exchange.objects.count() == 1
    assert "saved already" in again.content.decode()


def test_two_taps_on_one_page_are_two_exchanges(ana: Client) -> None:
    keys = {f"key_{kind}": str(uuid4()) for kind in Kind.values}
    ana.post(EXCHANGES, {"kind": "feeding", **keys})
    ana.post(EXCHANGES, {"kind": "play", **keys})
    assert Exchange.objects.count() == 2


def test_one_tap_logs_for_twins(ana: Client, world: World) -> None:
    from tests.world import child

    twin = child(world.family, "Pop")
    ana.post(EXCHANGES, {"kind": "feeding", "child": [str(world.pip.pk), str(twin.pk)], "key_feeding": str(uuid4())})
    assert {exchange.child for exchange in Exchange.objects.all()} == {world.pip, twin}


def test_a_strangers_child_cannot_be_logged_for(ana: Client, world: World) -> None:
    answer = ana.post(EXCHANGES, {"kind": "feeding", "child": str(world.kit.pk)})
    assert answer.status_code == 422 and "Choose who it was." in answer.content.decode()
    assert not Exchange.objects.exists()


@pytest.mark.parametrize("kind", ["", "sleepwalking", "feeding\x00", "<script>alert(1)</script>", "x" * 5000])
def test_an_unknown_kind_gets_a_clear_answer(ana: Client, kind: str) -> None:
    answer = ana.post(EXCHANGES, {"kind": kind})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert not Exchange.objects.exists()


def test_undo_and_its_undo(ana: Client) -> None:
    ana.post(EXCHANGES, {"kind": "feeding"})
    exchange = Exchange.objects.get()
    answer = ana.post(f"/journal/exchanges/{exchange.pk}/removal/")
    assert "Bring it back" in ana.get(answer["Location"]).content.decode()
    assert not Exchange.objects.filter(removed_at=None).exists()
    ana.post(f"/journal/exchanges/{exchange.pk}/return/")
    assert Exchange.objects.filter(removed_at=None).exists()


def test_somebody_without_a_family_names_a_child_first(db: None) -> None:
    answer = signed_in(person("Una")).get("/")
    assert answer.status_code == 302 and answer["Location"] == reverse("child-new")


@pytest.mark.parametrize("state", [ChildState.LOST, ChildState.NOT_WITH_US_NOW])
def test_a_child_who_is_not_here_is_not_spoken_of(ana: Client, world: World, state: str) -> None:
    logged(world.pip, world.ana, Kind.FEEDING, timezone.now() - timedelta(minutes=5))
    world.pip.say(state, at=timezone.now())
    page = ana.get("/").content.decode()
    assert "Pip" not in page and 'value="feeding"' not in page
    assert "5 min" in page  # the entries stay
    world.pip.hide_entries(timezone.now())
    assert "5 min" not in ana.get("/").content.decode()
    assert Exchange.objects.count() == 1  # put away, not deleted


def test_a_carer_who_looks_cannot_log(world: World, gran: Client) -> None:
    world.gran.memberships.update(role="carer_views")
    assert 'value="feeding"' not in gran.get("/").content.decode()
    assert gran.post(EXCHANGES, {"kind": "feeding"}).status_code == 422
    assert not Exchange.objects.exists()


def test_the_same_number_of_queries_for_two_and_for_two_hundred(ana: Client, world: World) -> None:
    def more(count: int) -> None:
        for index in range(count):
            exchange = logged(world.pip, world.ana, at=timezone.now() - timedelta(minutes=index))
            tried(exchange, world.ben, "not_yet", "settled")

    more(2)
    few = asked_by(lambda: ana.get("/"))
    more(60)
    many = asked_by(lambda: ana.get("/"))
    assert len(many) == len(few), many
    assert len(few) <= 10, few
