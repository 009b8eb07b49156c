"""Light entries, kinds of a family's own, what is usual, and the order of guesses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attachment_app.accounts.models import Membership
from journal.habits import by_habit
from journal.models import CONTEXT, Exchange, FamilyKind, Kind
from journal.usual import usual
from tests.journal.makers import logged, tried
from tests.world import World

LOG = "/journal/exchanges/"
MAKE = {"name": "Vitamin drops", "shape": "idea", "colour": "amber"}


def made(browser: Client, **said: str) -> FamilyKind:
    browser.post(reverse("journal:kinds"), {**MAKE, "client_key": str(uuid4()), **said})
    return FamilyKind.objects.latest("created_at")


@pytest.mark.parametrize("kind", CONTEXT)
def test_it_works_in_one_tap(ana: Client, kind: str) -> None:
    assert ana.post(LOG, {"kind": kind}).status_code == 303
    exchange = Exchange.objects.get()
    assert exchange.kind == kind
    assert exchange.is_running is (kind == Kind.SLEEP)
    assert exchange.is_context


def test_sleep_goes_back_to_the_one_that_runs(ana: Client) -> None:
    for _tap in range(2):
        ana.post(LOG, {"kind": "sleep"})
    assert Exchange.objects.count() == 1


def test_a_kind_of_our_own_is_a_button_and_one_tap(ana: Client, ben: Client) -> None:
    kind = made(ana)
    page = ben.get("/").content.decode()
    assert "Vitamin drops" in page
    assert "kind--amber" in page
    ben.post(LOG, {"kind": str(kind.pk), f"key_{kind.pk}": str(uuid4())})
    exchange = Exchange.objects.get()
    assert (exchange.kind, exchange.family_kind, exchange.what) == ("", kind, "Vitamin drops")
    assert "Vitamin drops" in ana.get(LOG).content.decode()


def test_the_same_form_twice_is_one_kind_and_one_tap_one_row(ana: Client) -> None:
    form = {**MAKE, "client_key": str(uuid4())}
    for _again in range(2):
        ana.post(reverse("journal:kinds"), form)
    kind, key = FamilyKind.objects.get(), str(uuid4())
    for _again in range(2):
        ana.post(LOG, {"kind": str(kind.pk), f"key_{kind.pk}": key})
    assert Exchange.objects.count() == 1


@pytest.mark.parametrize("name", ["", " ", "x" * 25, "a\x00b"])
def test_a_name_that_cannot_be_is_said(ana: Client, name: str) -> None:
    answer = ana.post(reverse("journal:kinds"), {**MAKE, "name": name, "client_key": str(uuid4())})
    assert answer.status_code == 422
    assert not FamilyKind.objects.exists()


@pytest.mark.parametrize("name", ["🌙", "שלום", "<script>x</script>"])
def test_any_other_name_is_kept(ana: Client, name: str) -> None:
    made(ana, name=name)
    assert "<script>x" not in ana.get("/").content.decode()
    assert FamilyKind.objects.get().name == name


def test_put_away_it_has_no_button_and_its_entries_stay(ana: Client) -> None:
    kind = made(ana)
    ana.post(LOG, {"kind": str(kind.pk)})
    ana.post(reverse("journal:kind-retiring", args=[kind.pk]))
    assert f'value="{kind.pk}"' not in ana.get("/").content.decode()
    assert "Vitamin drops" in ana.get(LOG).content.decode()
    assert ana.post(LOG, {"kind": str(kind.pk)}).status_code == 422


def test_another_familys_kind_is_not_there(ana: Client, stan: Client) -> None:
    kind = made(ana)
    assert stan.post(LOG, {"kind": str(kind.pk)}).status_code == 422
    assert stan.post(reverse("journal:kind-retiring", args=[kind.pk])).status_code == 404


def test_a_carer_who_looks_makes_none(world: World, gran: Client) -> None:
    world.gran.memberships.update(role="carer_views")
    assert gran.get(reverse("journal:kinds")).status_code == 403


def test_exactly_one_kind_by_constraint(world: World) -> None:
    own = FamilyKind.objects.add(world.family.pk, uuid4(), "Walk", "idea", "teal")
    exchange = logged(world.pip, world.ana)
    for wrong in ({"kind": ""}, {"family_kind": own}):
        with pytest.raises(IntegrityError, match="exchange_has_one_kind"), transaction.atomic():
            Exchange.objects.filter(pk=exchange.pk).update(**wrong)


def test_a_second_tap_adds_what_is_usual(ana: Client, world: World) -> None:
    hour = timezone.now() - timedelta(hours=2)
    logged(world.pip, world.ana, Kind.FEEDING, at=hour, method="bottle", amount_ml=120)
    page = ana.post(LOG, {"kind": "feeding"}, follow=True).content.decode()
    assert "As last time: Bottle, 120 ml" in page
    fresh = Exchange.objects.get(method="")
    ana.post(reverse("journal:usual", args=[fresh.pk]))
    fresh.refresh_from_db()
    assert (fresh.method, fresh.amount_ml) == ("bottle", 120)
    assert usual(fresh) is None  # it is said now


def test_the_other_side_is_a_tap_as_well(ana: Client, world: World) -> None:
    logged(world.pip, world.ana, Kind.FEEDING, at=timezone.now() - timedelta(hours=2), method="breast", side="left")
    fresh = logged(world.pip, world.ana, Kind.FEEDING, at=timezone.now())
    assert "Right this time" in ana.get(f"/?saved={fresh.pk}").content.decode()
    ana.post(reverse("journal:usual", args=[fresh.pk]), {"side": "right"})
    fresh.refresh_from_db()
    assert (fresh.method, fresh.side) == ("breast", "right")


def test_what_is_usual_is_never_another_childs_or_filled_in_by_itself(world: World, ana: Client) -> None:
    logged(world.kit, world.stan, Kind.FEEDING, at=timezone.now() - timedelta(hours=1), method="bottle")
    ana.post(LOG, {"kind": "feeding"})
    fresh = Exchange.objects.get(child=world.pip)
    assert usual(fresh) is None
    assert fresh.method == ""


def test_amounts_in_the_persons_own_measure(ana: Client, world: World) -> None:
    world.ana.measure = "oz"
    world.ana.save()
    feed = logged(world.pip, world.ana, Kind.FEEDING, at=timezone.now())
    ana.post(f"{LOG}{feed.pk}/details/", {"amount_ml": "4,5", "was_amount_ml": ""})
    feed.refresh_from_db()
    assert feed.amount_ml == 133
    page = ana.get(f"{LOG}{feed.pk}/").content.decode()
    assert "Amount in fl oz" in page and 'value="4.5"' in page
    assert "4.5 fl oz" in ana.get(LOG).content.decode()
    # Sent again as it was shown, it changes nothing.
    ana.post(f"{LOG}{feed.pk}/details/", {"amount_ml": "4.5", "was_amount_ml": "4.5", "method": "bottle"})
    feed.refresh_from_db()
    assert (feed.amount_ml, feed.method) == (133, "bottle")


def test_guesses_come_in_the_order_of_this_babys_days(world: World) -> None:
    now = timezone.now()
    for hours, guess, result in ((1, "hungry", "settled"), (2, "hungry", "not_yet"), (3, "close", "settled")):
        tried(logged(world.pip, world.ana, at=now - timedelta(hours=hours)), world.ana, result, guess=guess)
    tried(logged(world.pip, world.ana, at=now - timedelta(days=30)), world.ana, *["settled"] * 3, guess="warm")
    tried(logged(world.kit, world.stan, at=now - timedelta(hours=1)), world.stan, *["settled"] * 3, guess="cold")
    order = [value for value, _words in by_habit(logged(world.pip, world.ana, at=now), "guess")]
    assert order[:2] == ["hungry", "close"]
    assert order[-1] == "unsure"
    assert order.index("tired") < order.index("cold")  # the rest stands as usual


def test_couldnt_tell_and_stayed_close_are_always_there(ana: Client, world: World) -> None:
    page = ana.get(f"{LOG}{logged(world.pip, world.ana, at=timezone.now()).pk}/").content.decode()
    assert "Couldn’t tell" in page
    assert "Just stayed close" in page


def test_the_timeline_by_kind_child_and_author(ana: Client, world: World) -> None:
    own = FamilyKind.objects.add(world.family.pk, uuid4(), "Walk", "idea", "teal")
    logged(world.pip, world.ana, Kind.BATH)
    logged(world.pip, world.ben, Kind.PLAY)
    Exchange.objects.log("", world.pip, world.ben, uuid4(), timezone.now(), own=own)
    for query, count in (
        ("", 3), ("kind=bath", 1), (f"kind={own.pk}", 1), (f"author={world.ben.pk}", 2), (f"child={world.pip.pk}", 3),
        (f"child={world.kit.pk}", 3), ("kind=nonsense", 3), (f"kind=play&author={world.ana.pk}", 0), ("show=1", 3),
    ):  # fmt: skip
        answer = ana.get(f"{LOG}?{query}")
        assert sum(len(day.exchanges) for day in answer.context["days"]) == count, query


def test_several_families_are_shown_one_at_a_time(ana: Client, world: World) -> None:
    Membership.objects.create(family=world.other_family, person=world.ana, role="carer_logs", started_at=timezone.now())
    logged(world.kit, world.stan, Kind.PLAY, at=timezone.now())
    assert "Kit" not in ana.get("/").content.decode()
    assert "Kit" in ana.get("/accounts/family/").content.decode()
    ana.post(reverse("family-showing"), {"family": str(world.other_family.pk)})
    assert Exchange.objects.get().pk in [one.pk for one in ana.get("/").context["today"].earlier]
    ana.post(reverse("family-showing"), {"family": "nonsense"})
    Membership.objects.filter(person=world.ana, family=world.other_family).update(ended_at=timezone.now())
    assert "Kit" not in ana.get("/").content.decode()


def test_a_strangers_family_cannot_be_looked_at(stan: Client, world: World) -> None:
    stan.post(reverse("family-showing"), {"family": str(world.family.pk)})
    world.stan.refresh_from_db()
    assert world.stan.looks_at_id is None
