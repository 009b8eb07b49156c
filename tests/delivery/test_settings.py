"""How often, when not, by which ways: all off until it is tapped, and off again in one tap."""

from datetime import time, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attachment_app.delivery.models import Standing
from tests.world import World

SETTINGS = reverse("inbox:settings")


def said(**more: Any) -> dict[str, Any]:
    return {"gentle_a_week": "3", "quiet_from": "21:00", "quiet_until": "08:00", "lock_screen": "neutral", **more}


def test_it_works(ana: Client, world: World) -> None:
    answer = ana.post(SETTINGS, said(gentle_a_week="5", quiet_from="22:30", lock_screen="text"))
    mine = Standing.objects.get(person=world.ana)
    assert answer["Location"] == f"{SETTINGS}?saved=1"
    assert (mine.gentle_a_week, mine.quiet_from, mine.quiet_until, mine.lock_screen) == (
        5,
        time(22, 30),
        time(8),
        "text",
    )
    assert "Saved." in ana.get(answer["Location"]).content.decode()


def test_all_is_off_and_says_so(ana: Client, world: World) -> None:
    page = ana.get(SETTINGS).content.decode()
    mine = Standing.objects.get(person=world.ana)
    assert mine.email_since is None and mine.check_on_me_since is None and mine.lock_screen == "neutral"
    assert "All of this is off until you turn it on." in page
    assert page.count('aria-checked="false"') >= 2 and 'aria-checked="true"' not in page
    assert "A push may not arrive. When you take a break, set your phone’s own timer too." in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"gentle_a_week": "0"}, "Choose a number from one to seven."),
        ({"gentle_a_week": "8"}, "Choose a number from one to seven."),
        ({"gentle_a_week": "many"}, "Choose a number from one to seven."),
        ({"quiet_from": "late"}, "We could not read this time. Write it like 21:00."),
        ({"quiet_until": ""}, "We could not read this time. Write it like 21:00."),
        ({"lock_screen": "everything"}, "Choose one of the three."),
        ({"lock_screen": "own\x00"}, "Choose one of the three."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_changed(ana: Client, more: dict[str, str], words: str) -> None:
    answer = ana.post(SETTINGS, said(**{"gentle_a_week": "6", **more}))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Standing.objects.exclude(gentle_a_week=3, lock_screen="neutral").exists()


def test_a_pause_is_one_tap_and_goes_on_in_one(ana: Client, world: World) -> None:
    pause, now = reverse("inbox:pause"), timezone.now()
    assert ana.post(pause, {"on": "yes"})["Location"] == f"{SETTINGS}#pause"
    until = Standing.objects.get().paused_until
    assert until and timedelta(days=6, hours=23) < until - now < timedelta(days=7, minutes=1)
    assert "Paused until" in ana.get(SETTINGS).content.decode()
    ana.post(pause, {"on": "no"}), ana.post(pause, {"on": "no"})
    assert Standing.objects.get().paused_until is None


def test_stop_all_twice_is_the_first_time_and_is_taken_back(ana: Client, world: World) -> None:
    stop = reverse("inbox:stop")
    ana.post(stop, {"on": "yes"})
    first = Standing.objects.get().stopped_at
    ana.post(stop, {"on": "yes"})
    assert first and Standing.objects.get().stopped_at == first
    assert "You have stopped all messages." in ana.get(SETTINGS).content.decode()
    ana.post(stop, {"on": "no"})
    assert Standing.objects.get().stopped_at is None


def test_email_goes_to_a_confirmed_address_alone(ana: Client, world: World) -> None:
    email = reverse("inbox:email")
    EmailAddress.objects.filter(user=world.ana).update(verified=False)
    assert "Confirm this address first." in ana.get(SETTINGS).content.decode()
    ana.post(email, {"on": "yes"})
    assert Standing.objects.get().email_since is None
    EmailAddress.objects.filter(user=world.ana).update(verified=True)
    ana.post(email, {"on": "yes"})
    first = Standing.objects.get().email_since
    ana.post(email, {"on": "yes"})
    assert first and Standing.objects.get().email_since == first
    EmailAddress.objects.filter(user=world.ana).update(verified=False)
    ana.post(email, {"on": "no"})  # off works in any case
    assert Standing.objects.get().email_since is None


def test_check_on_me(ana: Client, world: World) -> None:
    check = reverse("inbox:check")
    ana.post(check, {"on": "yes"}), ana.post(check, {"on": "maybe"})
    assert Standing.objects.get().check_on_me_since
    ana.post(check, {"on": "no"})
    assert Standing.objects.get().check_on_me_since is None


@pytest.mark.parametrize("name", ["pause", "stop", "email", "check"])
def test_a_look_changes_nothing_and_a_tap_is_ones_own(ana: Client, ben: Client, world: World, name: str) -> None:
    address = reverse(f"inbox:{name}")
    assert ana.get(address).status_code == 405
    ben.post(address, {"on": "yes"})
    assert not Standing.objects.filter(person=world.ana).exists()
    assert ana.post(address, {"on": "\x00"}).status_code == 303


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "", "/\\x.example"]
)
def test_it_leads_nowhere_else(ana: Client, wanted: str) -> None:
    assert ana.post(reverse("inbox:pause"), {"on": "yes", "next": wanted})["Location"] == f"{SETTINGS}#pause"


def test_the_pages_of_the_person_and_the_family_lead_here(ana: Client) -> None:
    for name in ("you", "family"):
        page = ana.get(reverse(name)).content.decode()
        assert SETTINGS in page and reverse("journal:reminders") in page
