"""The browsers that may be pushed to: kept by a tap, checked at each visit, theirs alone."""

import hashlib
import json
import socket
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from attachment_app.delivery import endpoints, vapid
from attachment_app.delivery.models import PushSubscription
from attachment_app.delivery.models.subscription import MOST
from attachment_app.lib.roles import WORKER
from attachment_app.web.person import acting_for
from tests.conftest import signed_in
from tests.delivery.left import allowed
from tests.delivery.test_push import NOT_PUBLIC, answers
from tests.pushbox import Browser
from tests.world import NOW, World

PUSH, END = "/inbox/push/", "/inbox/push/end/"


@pytest.fixture
def phone(settings: Any) -> Browser:
    settings.PUSH_LOCAL = True
    return Browser("http://127.0.0.1:9/push/ana")


def say(client: Client, phone: Browser, address: str = PUSH, **more: Any) -> Any:
    """As `PushSubscription.toJSON()` is sent by static/js/push.js."""
    said = {"endpoint": phone.endpoint, "expirationTime": None, "keys": phone.keys, **more}
    return client.post(address, json.dumps(said), content_type="application/json")


def test_it_works(ana: Client, world: World, phone: Browser) -> None:
    assert say(ana, phone).status_code == 201
    (row,) = PushSubscription.objects.all()
    assert row.person_id == world.ana.pk
    assert (row.endpoint, row.p256dh, row.auth) == (phone.endpoint, *phone.keys.values())


def test_a_form_will_do(ana: Client, phone: Browser) -> None:
    assert ana.post(PUSH, {"endpoint": phone.endpoint, **phone.keys}).status_code == 201
    assert ana.post(END, {"endpoint": phone.endpoint}).status_code == 303
    assert not PushSubscription.objects.exists()


def test_twice_is_one_row_that_was_seen_again(ana: Client, world: World, phone: Browser) -> None:
    allowed(world.ana, phone)
    assert say(ana, phone).status_code == 200
    row = PushSubscription.objects.get()
    assert row.made_at == NOW
    assert row.checked_at != NOW


def test_a_browser_that_changed_takes_the_place_of_what_it_was(ana: Client, world: World, phone: Browser) -> None:
    allowed(world.ana, phone)
    other = Browser("http://127.0.0.1:9/push/new")
    assert say(ana, other, was=phone.endpoint).status_code == 201
    assert PushSubscription.objects.get().endpoint == other.endpoint


def test_what_a_page_tells_a_browser(ana: Client, world: World, phone: Browser) -> None:
    allowed(world.ana, phone)
    allowed(world.stan, Browser("http://127.0.0.1:9/push/stan"))
    known = ana.get(PUSH)
    assert "no-store" in known.headers["Cache-Control"]
    said = known.json()
    assert said["key"] == vapid.public_key()
    assert said["browsers"] == [hashlib.sha256(phone.endpoint.encode()).hexdigest()]
    assert said["person"] != signed_in(world.ben).get(PUSH).json()["person"]
    assert str(world.ana.pk) not in known.content.decode()


def test_off_and_off_again(ana: Client, world: World, phone: Browser) -> None:
    allowed(world.ana, phone)
    for _twice in range(2):
        assert say(ana, phone, END).status_code == 200
    assert not PushSubscription.objects.exists()


def test_a_stranger_ends_and_replaces_nothing_of_anas(stan: Client, world: World, phone: Browser) -> None:
    row = allowed(world.ana, phone)
    say(stan, phone, END)
    say(stan, Browser("http://127.0.0.1:9/push/stan"), was=phone.endpoint)
    assert PushSubscription.objects.get(person=world.ana) == row


def test_nobody_is_asked_to_sign_in(client: Client, db: None, phone: Browser) -> None:
    for answer in (client.get(PUSH), say(client, phone), say(client, phone, END)):
        assert answer.status_code == 302
    assert not PushSubscription.objects.exists()


def test_only_from_our_own_pages(world: World, phone: Browser) -> None:
    other_site = Client(enforce_csrf_checks=True)
    other_site.force_login(world.ana)
    assert say(other_site, phone).status_code == 403
    assert say(other_site, phone, END).status_code == 403
    token = other_site.get(PUSH).json()["token"]
    said = json.dumps({"endpoint": phone.endpoint, "keys": phone.keys})
    kept = other_site.post(PUSH, said, content_type="application/json", headers={"X-CSRFToken": token})
    assert kept.status_code == 201


def test_ten_at_most_and_the_one_away_the_longest_goes(ana: Client, world: World, phone: Browser) -> None:
    for number in range(MOST):
        row = allowed(world.ana, Browser(f"http://127.0.0.1:9/push/{number}"))
        PushSubscription.objects.filter(pk=row.pk).update(checked_at=NOW - timedelta(days=number))
    allowed(world.stan, phone)
    assert say(ana, phone).status_code == 201
    ends = {row.endpoint.rsplit("/", 1)[1] for row in PushSubscription.objects.filter(person=world.ana)}
    assert ends == {"ana", *(str(number) for number in range(MOST - 1))}
    assert PushSubscription.objects.filter(person=world.stan).exists()


@pytest.mark.parametrize(
    "said",
    [
        "", "nonsense", "[]", "1", "{}", '{"keys": 3}', '{"endpoint": 7, "keys": {}}', '{"endpoint": null}',
        '{"endpoint": "http://127.0.0.1:9/x"}', "{" * 2000,
    ],
)  # fmt: skip
def test_what_cannot_be_read(ana: Client, phone: Browser, said: str) -> None:
    answer = ana.post(PUSH, said, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["said"]
    assert ana.post(END, said, content_type="application/json").status_code in (200, 303)
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"auth": "AAAA"}, {"auth": "?"}, {"p256dh": "BAAA"}, {"p256dh": "ü"}, {"auth": "A" * 41}, {"p256dh": ""}]
)
def test_keys_that_are_none(ana: Client, phone: Browser, wrong: dict[str, str]) -> None:
    assert say(ana, phone, keys={**phone.keys, **wrong}).status_code == 400


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_refused(
    ana: Client, phone: Browser, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *a, **k: (answers(address) if host == "push.example" else real)(host, *a, **k),
    )
    answer = say(ana, Browser("https://push.example/x"))
    assert answer.status_code == 400
    assert "do not send" in answer.json()["said"][0]


def test_a_public_one_is_kept(ana: Client, phone: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *a, **k: (answers("1.1.1.1") if host == "push.example" else real)(host, *a, **k),
    )
    assert say(ana, Browser("https://push.example/x")).status_code == 201


@pytest.mark.parametrize("endpoint", ["http://push.example/x", "https://ana:pw@push.example/x", "https://127.0.0.1/x"])
def test_other_addresses_are_refused(ana: Client, settings: Any, endpoint: str) -> None:
    settings.PUSH_LOCAL = False
    assert say(ana, Browser(endpoint)).status_code == 400


def test_a_name_that_takes_too_long(ana: Client, phone: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "NAMED", 0.1)
    monkeypatch.setattr(endpoints, "addresses", lambda origin: time.sleep(0.5))
    answer = say(ana, phone)
    assert answer.status_code == 400
    assert "not found" in answer.json()["said"][0]


def test_it_is_throttled(ana: Client, phone: Browser) -> None:
    assert [say(ana, phone).status_code for _ in range(22)] == [201] + [200] * 19 + [429] * 2


def test_the_database_keeps_them_apart(world: World, phone: Browser) -> None:
    allowed(world.ana, phone)
    with acting_for(world.stan.pk):
        assert not PushSubscription.objects.exists()
        assert PushSubscription.objects.filter(endpoint=phone.endpoint).delete()[0] == 0
    with acting_for(None, role=WORKER):
        assert PushSubscription.objects.count() == 1  # it sends to them, and forgets those that are gone
        assert PushSubscription.objects.all().delete()[0] == 1
