"""A break is offered: on the page, rarely, once, to the parent alone whose entries set it off."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from attachment_app.accounts.models.child import ChildState
from attachment_app.delivery.models import Kind as Said
from attachment_app.delivery.models import Occurrence, Standing, State
from attachment_app.lib.roles import WORKER
from attachment_app.web.person import acting_for
from journal.break_offers import plan_checks
from journal.models import Exchange, Feeling, Kind, OwnState, Pause
from journal.tasks import check_on_people
from tests.conftest import signed_in
from tests.journal.makers import logged, tried
from tests.queries import asked_by
from tests.world import NOW, World

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ILLNESS = "Could your baby be ill or in pain?"
CARD = 'id="break-offer"'


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


def page(browser: Client, exchange: Exchange | None = None) -> str:
    url = reverse("journal:exchange", args=[exchange.pk]) if exchange else "/"
    return browser.get(url).content.decode()


def feel(browser: Client, exchange: Exchange, feeling: str, **more: object) -> str:
    url = reverse("journal:state", args=[exchange.pk])
    return browser.post(url, {"feeling": feeling}, headers={"HX-Request": "true"}).content.decode()


def say_not_yet(browser: Client, exchange: Exchange) -> str:
    form = {"client_key": str(uuid4()), "guess": "tired", "result": "not_yet"}
    url = reverse("journal:steps", args=[exchange.pk])
    return browser.post(url, form, headers={"HX-Request": "true"}).content.decode()


def test_it_works(world: World, ana: Client) -> None:
    exchange = logged(world.pip, world.ana, at=NOW - 31 * MINUTE)
    for said in (page(ana), page(ana, exchange)):
        assert CARD in said
        assert said.index(ILLNESS) < said.index("five minutes, within earshot")
    offer = Occurrence.objects.get()
    assert (offer.kind, offer.source, offer.about, offer.state) == ("offer", exchange.pk, world.pip.pk, State.SENT)
    assert offer.decisions == [[NOW.isoformat(), "send", "due"]]


@pytest.mark.parametrize(("minutes", "expected"), [(29, False), (30, False), (31, True), (239, True), (240, False)])
def test_after_thirty_minutes(world: World, ana: Client, minutes: int, expected: bool) -> None:
    logged(world.pip, world.ana, at=NOW - minutes * MINUTE)
    assert (CARD in page(ana)) is expected
    assert Occurrence.objects.exists() is expected


def test_a_pause_is_left_out(world: World, ana: Client) -> None:
    exchange = logged(world.pip, world.ana, at=NOW - 40 * MINUTE)
    Pause.objects.begin(exchange, NOW - 20 * MINUTE)
    assert CARD not in page(ana)
    Pause.objects.end(exchange, NOW - 5 * MINUTE)
    assert CARD not in page(ana)


@pytest.mark.parametrize("fields", [{"ended_at": NOW}, {"proposed_end_at": NOW}, {"kind": Kind.SLEEP}])
def test_what_ended_or_seems_forgotten_or_is_no_soothing_offers_nothing(
    world: World, ana: Client, fields: dict[str, object]
) -> None:
    logged(world.pip, world.ana, at=NOW - 31 * MINUTE, **fields)
    assert CARD not in page(ana)


def test_only_to_whom_it_belongs(world: World, ana: Client, ben: Client, gran: Client) -> None:
    exchange = logged(world.pip, world.ben, at=NOW - 31 * MINUTE)
    tried(exchange, world.ben, "not_yet", "not_yet", "not_yet")
    assert CARD not in page(ana) + page(ana, exchange) + page(gran) + page(gran, exchange)
    assert not Occurrence.objects.exists()
    assert CARD in page(ben)
    assert CARD not in page(ana) + page(gran)
    assert set(Occurrence.objects.values_list("person", flat=True)) == {world.ben.pk}


def test_the_third_not_yet_offers_it_on_the_same_screen(
    world: World, ana: Client, clock: time_machine.Traveller
) -> None:
    exchange = logged(world.pip, world.ana)
    for _try in range(2):
        assert CARD not in say_not_yet(ana, exchange)
        clock.shift(5 * MINUTE)
    third = say_not_yet(ana, exchange)
    assert CARD in third and "?for=not_yet" in third
    assert CARD in page(ana)


@pytest.mark.parametrize(("minutes", "expected"), [(120, True), (121, False)])
def test_three_not_yets_within_two_hours(
    world: World, ana: Client, clock: time_machine.Traveller, minutes: int, expected: bool
) -> None:
    earlier = logged(world.pip, world.ana)
    say_not_yet(ana, earlier)
    say_not_yet(ana, earlier)
    earlier.end(NOW)
    clock.shift(minutes * MINUTE)
    assert (CARD in say_not_yet(ana, logged(world.pip, world.ana, at=NOW + minutes * MINUTE))) is expected


def test_two_not_yets_of_hers_and_one_of_bens_are_not_three(world: World, ana: Client, ben: Client) -> None:
    exchange = logged(world.pip, world.ana)
    say_not_yet(ana, exchange)
    say_not_yet(ben, exchange)
    assert CARD not in say_not_yet(ana, exchange)


def test_settled_is_no_moment_for_an_offer(world: World, ana: Client) -> None:
    tried(logged(world.pip, world.ana, at=NOW - 20 * MINUTE), world.ana, "not_yet", "not_yet", "not_yet", "settled")
    assert CARD not in page(ana)


def test_waved_away_in_one_tap_it_stays_away(world: World, ana: Client) -> None:
    exchange = logged(world.pip, world.ana, at=NOW - 31 * MINUTE)
    page(ana)
    url = reverse("journal:offer-waving", args=[Occurrence.objects.get().pk])
    said = ana.post(url, headers={"HX-Request": "true"}).content.decode()
    assert "Put away" in said and ILLNESS not in said
    assert ana.post(url).status_code == 303
    assert CARD not in page(ana) + page(ana, exchange)
    assert Occurrence.objects.get().answer == "not_now"


def test_only_an_offer_of_ones_own_is_waved_away(world: World, ana: Client, ben: Client, stan: Client) -> None:
    logged(world.pip, world.ana, at=NOW - 31 * MINUTE)
    page(ana)
    url = reverse("journal:offer-waving", args=[Occurrence.objects.get().pk])
    assert [browser.post(url).status_code for browser in (ben, stan)] == [404, 404]
    assert ana.get(url).status_code == 405
    assert CARD in page(ana)


def test_two_a_day_three_hours_apart(world: World, ana: Client, clock: time_machine.Traveller) -> None:
    began = datetime(2026, 11, 24, 9, tzinfo=UTC)
    shown = []
    for hours in (0, 2.9, 3.1, 8):
        clock.move_to(began + timedelta(hours=hours))
        exchange = logged(world.pip, world.ana, at=began + timedelta(hours=hours) - 31 * MINUTE)
        shown.append(CARD in page(ana))
        exchange.end(began + timedelta(hours=hours))
    assert shown == [True, False, True, False]
    kept = Occurrence.objects.order_by("planned_at").values_list("state", "reason")
    assert list(kept) == [("sent", "due"), ("dropped", "kind_limit"), ("sent", "due"), ("dropped", "kind_limit")]


def test_once_an_exchange_midnight_or_not(world: World, ana: Client, clock: time_machine.Traveller) -> None:
    clock.move_to(datetime(2026, 11, 23, 23, 50, tzinfo=UTC))
    logged(world.pip, world.ana, at=datetime(2026, 11, 23, 23, 15, tzinfo=UTC))
    assert CARD in page(ana)
    clock.shift(20 * MINUTE)
    assert CARD in page(ana)
    assert Occurrence.objects.count() == 1


def test_a_child_who_is_lost_is_not_spoken_of(world: World, ana: Client) -> None:
    logged(world.pip, world.ana, at=NOW - 31 * MINUTE)
    world.pip.say(ChildState.LOST, at=NOW)
    assert CARD not in page(ana)
    assert Occurrence.objects.get().reason == "child"


def test_a_usual_page_asks_nothing_more(world: World, ana: Client, clock: time_machine.Traveller) -> None:
    exchange = logged(world.pip, world.ana, at=NOW - 10 * MINUTE)
    usual = len(asked_by(lambda: page(ana)))
    clock.shift(25 * MINUTE)
    page(ana)  # it is offered
    assert len(asked_by(lambda: page(ana))) <= usual + 3
    exchange.end(NOW)
    assert len(asked_by(lambda: page(ana))) == usual


# --- rest, after hard nights ---------------------------------------------------


def nights(world: World, *days: int) -> None:
    for day in days:
        logged(world.pip, world.ana, Kind.FEEDING, at=datetime(2026, 11, day, 2, tzinfo=UTC))


def test_hard_nights_and_a_hard_mark_speak_of_rest_the_next_day(world: World, ana: Client) -> None:
    nights(world, 21, 22)
    exchange = logged(world.pip, world.ana, at=NOW)  # on the night of the 24th
    feel(ana, exchange, Feeling.TIRED)
    rest = Occurrence.objects.get()
    assert (rest.kind, rest.state, rest.about) == (Said.REST, State.WAITING, world.pip.pk)
    assert rest.due_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert rest.expires_at == datetime(2026, 11, 24, 17, tzinfo=UTC)
    feel(ana, exchange, Feeling.TOO_MUCH)
    assert Occurrence.objects.count() == 1


def test_the_entry_that_completes_it_does_so_too(world: World, ana: Client) -> None:
    nights(world, 21, 22)
    feel(ana, Exchange.objects.first(), Feeling.LOW)
    assert not Occurrence.objects.exists()
    ana.post(reverse("journal:exchanges"), {"kind": "feeding", "key_feeding": str(uuid4())})
    assert Occurrence.objects.get().kind == Said.REST


@pytest.mark.parametrize("what", ["two nights", "no mark", "a fine one", "nights of Ben's", "a mark of Ben's"])
def test_less_than_both_is_nothing(world: World, ana: Client, ben: Client, what: str) -> None:
    nights(world, 21, *([] if what == "two nights" else [22]))
    exchange = logged(world.pip, world.ana, at=NOW)
    if what == "nights of Ben's":
        Exchange.objects.filter(started_at__lt=NOW).update(author=world.ben)
    if what == "a mark of Ben's":
        feel(ben, exchange, Feeling.TOO_MUCH)
    elif what == "a fine one":
        feel(ana, exchange, Feeling.FINE)
    elif what != "no mark":
        feel(ana, exchange, Feeling.TIRED)
    ana.post(reverse("journal:exchanges"), {"kind": "feeding", "key_feeding": str(uuid4())})
    assert not Occurrence.objects.filter(kind=Said.REST).exists()


# --- “how are you?” -------------------------------------------------------------


def too_much_before(world: World, *days: int) -> None:
    for day in days:
        at = datetime(2026, 11, day, 12, tzinfo=UTC)
        OwnState.objects.say(world.ana, logged(world.pip, world.ana, Kind.FEEDING, at=at), Feeling.TOO_MUCH, at)


@pytest.mark.parametrize(("days", "expected"), [((11, 12, 13), True), ((10, 12, 13), False), ((12, 13), False)])
def test_too_much_on_four_of_fourteen_days_asks_how_she_is(
    world: World, ana: Client, days: tuple[int, ...], expected: bool
) -> None:
    too_much_before(world, *days)
    said = feel(ana, logged(world.pip, world.ana), Feeling.TOO_MUCH)
    assert "Take a minute. Your baby can wait safely." in said  # the break card comes first, without any limit
    assert ("How are you?" in said) is expected
    if expected:
        assert said.index("Take a minute.") < said.index("How are you?")
        assert "116 123" in said and "GP" in said
        assert list(Occurrence.objects.in_inbox().values_list("kind", flat=True)) == [Said.CARE]


def test_it_is_asked_once_in_fourteen_days(world: World, ana: Client, clock: time_machine.Traveller) -> None:
    too_much_before(world, *range(20, 31))  # days that are still to come do not count yet
    asked = []
    for days in (0, 1, 13, 14):
        clock.move_to(NOW + days * DAY)
        asked.append("How are you?" in feel(ana, logged(world.pip, world.ana, at=NOW + days * DAY), Feeling.TOO_MUCH))
    assert asked == [True, False, False, True]


def test_without_scripts_it_is_on_the_page_that_follows(world: World, ana: Client) -> None:
    too_much_before(world, 21, 22, 23)
    exchange = logged(world.pip, world.ana)
    url = reverse("journal:state", args=[exchange.pk])
    assert "How are you?" in ana.post(url, {"feeling": "too_much"}, follow=True).content.decode()
    for other in (world.ben, world.gran):
        assert "How are you?" not in page(signed_in(other), exchange)


# --- check on me ------------------------------------------------------------------


@pytest.fixture
def asked(world: World) -> None:
    standing = Standing.objects.of(world.ana)
    standing.check_on_me_since = NOW - DAY
    standing.save()


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(("minutes", "expected"), [(29, 0), (30, 0), (31, 1), (119, 1), (121, 0)])
def test_a_long_soothing_is_checked_on_once(world: World, minutes: int, expected: int) -> None:
    exchange = logged(world.pip, world.ana, at=NOW - minutes * MINUTE)
    for _time in range(2):
        with acting_for(None, role=WORKER):
            plan_checks(NOW)
    checks = list(Occurrence.objects.all())
    assert len(checks) == expected
    if checks:
        assert (checks[0].person_id, checks[0].kind, checks[0].about) == (world.ana.pk, Said.CHECK, world.pip.pk)
        assert checks[0].due_at == NOW and checks[0].source != exchange.pk


@pytest.mark.usefixtures("asked")
def test_a_check_and_the_pages_offer_stand_beside_each_other(world: World, ana: Client) -> None:
    logged(world.pip, world.ana, at=NOW - 31 * MINUTE)
    assert CARD in page(ana)
    check_on_people()
    assert set(Occurrence.objects.values_list("kind", flat=True)) == {Said.OFFER, Said.CHECK}


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("what", ["not asked", "stopped", "ben's", "paused", "pauses", "waved", "ended", "left"])
def test_nobody_else_is_checked_on(world: World, ana: Client, what: str) -> None:
    exchange = logged(world.pip, world.ben if what == "ben's" else world.ana, at=NOW - 31 * MINUTE)
    if what == "not asked":
        Standing.objects.update(check_on_me_since=None)
    elif what == "stopped":
        Standing.objects.update(stopped_at=NOW)
    elif what == "paused":
        Pause.objects.begin(exchange, NOW - MINUTE)
    elif what == "pauses":
        Pause.objects.begin(exchange, NOW - 5 * MINUTE)
        Pause.objects.end(exchange, NOW - 4 * MINUTE)
    elif what == "waved":
        page(ana)
        Occurrence.objects.update(answered_at=NOW, answer="not_now")
    elif what == "ended":
        exchange.end(NOW)
    elif what == "left":
        world.ana.memberships.update(ended_at=NOW)
    with acting_for(None, role=WORKER):
        assert plan_checks(NOW) == 0
    assert not Occurrence.objects.filter(kind=Said.CHECK).exists()


def test_the_web_may_not_ask_whom_to_check_on(world: World) -> None:
    with acting_for(world.ana.pk), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT * FROM long_soothings(now(), interval '1 s', interval '1 day', 9)")
