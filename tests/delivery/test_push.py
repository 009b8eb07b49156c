"""Web push to a service of our own, which decrypts as a browser would."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import http_ece
import pytest
from py_vapid import Vapid02
from py_vapid.jwt import decode

from attachment_app.delivery import endpoints, push, vapid, wires
from attachment_app.delivery.models import PushSubscription
from attachment_app.delivery.parcels import Left
from tests.delivery.left import allowed
from tests.mailbox import free_port
from tests.pushbox import Browser, Pushbox
from tests.world import World


@pytest.fixture(autouse=True)
def no_wires() -> None:
    wires._kept.clear()


def parcel(browser: Browser, said: dict[str, Any] | None = None, **more: Any) -> push.Parcel:
    payload = json.dumps(said or {"title": "A small idea"}).encode()
    return push.Parcel(browser.endpoint, payload=payload, **browser.keys, **more)


def soon(seconds: float = 20) -> float:
    return time.monotonic() + seconds


def sent_to(browser: Browser) -> Left:
    (left,) = push.send([parcel(browser)], soon())
    return left


def test_it_works(pushbox: Pushbox) -> None:
    browser = Browser.at(pushbox)
    assert push.send([parcel(browser, {"title": "Grüße"}, topic="abc", ttl=60, urgency="high")], soon()) == [Left.SENT]
    (taken,) = pushbox.taken()
    assert browser.shown(taken.body) == {"title": "Grüße"}
    assert taken.headers["ttl"] == "60"
    assert taken.headers["urgency"] == "high"
    assert taken.headers["topic"] == "abc"
    assert taken.headers["content-encoding"] == "aes128gcm"


def test_nobody_else_can_read_it(pushbox: Pushbox) -> None:
    browser = Browser.at(pushbox)
    sent_to(browser)
    with pytest.raises(http_ece.ECEException):
        Browser.at(pushbox).read(pushbox.taken()[0].body)


def test_its_length_says_nothing_of_the_words(pushbox: Pushbox) -> None:
    browsers = [Browser.at(pushbox) for _ in range(3)]
    said = ["", "short", "long " * 400]
    push.send([parcel(browser, {"title": title}) for browser, title in zip(browsers, said, strict=True)], soon())
    assert {len(taken.body) for taken in pushbox.taken()} == {len(pushbox.taken()[0].body)}
    assert len(pushbox.taken()[0].body) <= 4096


def test_what_is_too_long_is_refused_and_nothing_goes(pushbox: Pushbox) -> None:
    browser = Browser.at(pushbox)
    assert push.send([parcel(browser, {"title": "x" * push.SIZE})], soon()) == [Left.REFUSED]
    assert pushbox.count() == 0


def test_the_site_signs_for_this_service_alone(pushbox: Pushbox) -> None:
    sent_to(Browser.at(pushbox))
    header = pushbox.taken()[0].headers["authorization"]
    assert Vapid02.verify(header)
    token, key = (part.split("=", 1)[1] for part in header.removeprefix("vapid ").split(","))
    claims = decode(token, key)
    assert key == vapid.public_key()
    assert claims["aud"] == pushbox.url
    assert claims["sub"].startswith("mailto:")
    assert time.time() + 3600 < claims["exp"] <= time.time() + 24 * 3600


def test_one_signature_serves_many_pushes(pushbox: Pushbox) -> None:
    push.send([parcel(Browser.at(pushbox)) for _ in range(30)], soon())
    assert len({taken.headers["authorization"] for taken in pushbox.taken()}) == 1


def test_another_key_signs_anew(pushbox: Pushbox, settings: Any) -> None:
    before = vapid.authorization("https://push.example")
    settings.VAPID_KEY = "c29tZS1vdGhlci1rZXktb2YtdGhpcnR5LTItYnl0ZXM"
    assert vapid.authorization("https://push.example") != before


@pytest.mark.parametrize(
    ("status", "left"),
    [
        (200, Left.SENT), (201, Left.SENT), (204, Left.SENT), (404, Left.GONE), (410, Left.GONE), (429, Left.LATER),
        (500, Left.LATER), (503, Left.LATER), (400, Left.REFUSED), (403, Left.REFUSED), (413, Left.REFUSED),
    ],
)  # fmt: skip
def test_what_an_answer_means(pushbox: Pushbox, status: int, left: Left) -> None:
    pushbox.answer("*", status)
    assert sent_to(Browser.at(pushbox)) == left
    assert pushbox.count() == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(pushbox: Pushbox, status: int) -> None:
    pushbox.answer("/push/here", status, headers={"Location": f"{pushbox.url}/push/there"})
    assert sent_to(Browser.at(pushbox, "here")) == Left.REFUSED
    assert [taken.path for taken in pushbox.taken()] == ["/push/here"]


def test_a_service_that_is_away(pushbox: Pushbox) -> None:
    assert sent_to(Browser(f"http://127.0.0.1:{free_port()}/push/x")) == Left.LATER


def test_a_name_that_is_not_there(pushbox: Pushbox) -> None:
    assert sent_to(Browser("https://no-such-name.invalid/push/x")) == Left.LATER


def test_cut_off_after_it_was_written(pushbox: Pushbox) -> None:
    pushbox.answer("*", 201, cut="before")
    assert sent_to(Browser.at(pushbox)) == Left.PERHAPS
    assert pushbox.count() == 1


def test_no_answer_in_time(pushbox: Pushbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "READ", 0.3)
    pushbox.answer("*", 201, takes=2)
    assert sent_to(Browser.at(pushbox)) == Left.PERHAPS


def test_an_answer_a_byte_at_a_time(pushbox: Pushbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "PATIENCE", 1.5)
    pushbox.answer("*", 201, cut="drip")
    began = time.monotonic()
    assert sent_to(Browser.at(pushbox)) == Left.PERHAPS
    assert time.monotonic() - began < 5


def test_the_deadline_is_kept(pushbox: Pushbox) -> None:
    browsers = [Browser.at(pushbox) for _ in range(60)]
    pushbox.answer("*", 201, takes=0.3)
    ends = push.send([parcel(browser) for browser in browsers], soon(0.5))
    assert ends.count(Left.SENT) == pushbox.count() < 60
    assert ends.count(Left.LATER) == 60 - pushbox.count()
    assert push.send([parcel(browsers[0])], time.monotonic() - 1) == [Left.LATER]


def test_nothing_begins_after_the_deadline_however_long_the_connection_took(
    pushbox: Pushbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = wires.take
    monkeypatch.setattr(wires, "take", lambda origin: time.sleep(0.6) or before(origin))
    assert push.send([parcel(Browser.at(pushbox))], soon(0.3)) == [Left.LATER]
    time.sleep(0.6)
    assert pushbox.count() == 0


def test_a_slow_service_holds_up_itself_alone(pushbox: Pushbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "READ", 1.0)
    with silent() as port:
        slow = [Browser(f"http://127.0.0.1:{port}/push/{one}") for one in range(40)]
        quick = [Browser.at(pushbox) for _ in range(40)]
        mixed = [one for pair in zip(slow, quick, strict=True) for one in pair]
        began = time.monotonic()
        ends = push.send([parcel(browser) for browser in mixed], soon())
        assert ends[1::2] == [Left.SENT] * 40
        assert Left.LATER in ends[0::2]  # it was given up after some
        assert Left.SENT not in ends[0::2]
        assert time.monotonic() - began < 6


def test_connections_are_used_again(pushbox: Pushbox) -> None:
    before = pushbox.connections()
    push.send([parcel(Browser.at(pushbox)) for _ in range(100)], soon())
    push.send([parcel(Browser.at(pushbox)) for _ in range(100)], soon())
    assert pushbox.connections() - before <= push.A_SERVICE + 2  # two of them asked for the count


def test_each_end_stands_in_its_place(pushbox: Pushbox) -> None:
    browsers = [Browser.at(pushbox, str(number)) for number in range(40)]
    for number in range(0, 40, 4):
        pushbox.answer(f"/push/{number}", 410)
    ends = push.send([parcel(browser) for browser in browsers], soon())
    assert ends == [Left.GONE if number % 4 == 0 else Left.SENT for number in range(40)]


def test_keys_that_are_none(pushbox: Pushbox) -> None:
    browser = Browser.at(pushbox)
    for keys in ({"p256dh": "AAAA", "auth": browser.keys["auth"]}, {"p256dh": "?", "auth": "?"}):
        assert push.send([push.Parcel(browser.endpoint, payload=b"{}", **keys)], soon()) == [Left.REFUSED]
    assert pushbox.count() == 0


@contextmanager
def silent() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(128)
        yield server.getsockname()[1]


def test_what_nobody_thought_of_is_logged_and_takes_no_other_down(
    pushbox: Pushbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before, odd = push.encrypted, Browser.at(pushbox)
    monkeypatch.setattr(push, "encrypted", lambda one: 1 / 0 if one.endpoint == odd.endpoint else before(one))
    browsers = [odd, *(Browser.at(pushbox) for _ in range(20))]
    assert push.send([parcel(browser) for browser in browsers], soon()) == [Left.LATER] + [Left.SENT] * 20
    assert "ZeroDivisionError" in caplog.text
    assert odd.path not in caplog.text


# --- where a push may go ---

NOT_PUBLIC = [
    "127.0.0.1", "127.8.9.1", "0.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::1", "::",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "::ffff:169.254.169.254", "2002:7f00:1::1", "2002:c0a8:101::1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "64:ff9b:1::7f00:1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "fec0::1", "nonsense", "",
]  # fmt: skip


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_push_to_an_address_that_is_not_public(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers(address))
    tried: list[Any] = []
    monkeypatch.setattr(wires, "_to", lambda *to: tried.append(to))
    assert sent_to(Browser("https://push.example/x")) == Left.REFUSED
    assert not tried


@pytest.mark.parametrize("address", ["1.1.1.1", "142.250.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_a_public_address_is_connected_to_as_it_was_checked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers(address))
    connection = wires._to(endpoints.Origin("https", "push.example", 443), address)
    assert endpoints.addresses(endpoints.Origin("https", "push.example", 443)) == [address]
    assert connection.host == address
    assert connection.server_hostname == "push.example"
    assert connection.ssl_context.check_hostname


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers("1.1.1.1", "10.0.0.1"))
    assert sent_to(Browser("https://push.example/x")) == Left.REFUSED


def test_a_name_that_turns_private_after_the_check(pushbox: Pushbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is asked once a connection; what it says afterwards reaches nobody."""
    asked = []

    def turning(host: str, port: int, **more: Any) -> list[Any]:
        asked.append(host)
        return answers("198.51.100.7" if len(asked) > 1 else "203.0.113.9")(host, port)

    connected = []
    monkeypatch.setattr(endpoints, "is_public", lambda address: address == "203.0.113.9")
    monkeypatch.setattr(wires.HTTPSConnection, "connect", lambda self: connected.append(self.host) or refuse())
    monkeypatch.setattr(socket, "getaddrinfo", turning)
    assert sent_to(Browser("https://push.example/x")) == Left.LATER
    assert connected == ["203.0.113.9"]
    assert sent_to(Browser("https://push.example/x")) == Left.REFUSED
    assert connected == ["203.0.113.9"]


def refuse() -> None:
    raise ConnectionRefusedError


def answers(*addresses: str) -> Any:
    def getaddrinfo(host: str, port: int, *more: Any, **named: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return getaddrinfo


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/x", "ftp://push.example/x", "push.example/x", "//push.example/x", "", "https://", "https:///x",
        "https://ana:secret@push.example/x", "https://ana@push.example/x", "https://push.example/x#part",
        "https://push.example:99999/x", "https://push.example/a b", "https://push.example/\r\nX: y", "https://[::1/x",
        "https://push.example\\@10.0.0.1/x", "https://pu\u00adsh.example/x", "javascript:alert(1)", "file:///etc/passwd",
        "https://push.example/" + "x" * 1000,
    ],
)  # fmt: skip
def test_an_address_that_is_none(endpoint: str) -> None:
    with pytest.raises(endpoints.NotAllowed):
        endpoints.split(endpoint)
    browser = Browser("https://push.example/x")
    assert push.send([push.Parcel(endpoint, payload=b"{}", **browser.keys)], soon()) == [Left.REFUSED]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "127.1", "2130706433", "0x7f000001", "017700000001"]
)
def test_this_machine_itself_is_refused_without_the_setting(host: str, settings: Any) -> None:
    settings.PUSH_LOCAL = False
    with silent() as port:
        assert sent_to(Browser(f"https://{host}:{port}/x")) == Left.REFUSED
        assert sent_to(Browser(f"http://{host}:{port}/x")) == Left.REFUSED


# --- rows ---


@pytest.mark.django_db
def test_who_is_gone_is_forgotten(world: World, pushbox: Pushbox) -> None:
    browsers = [Browser.at(pushbox) for _ in range(3)]
    rows = [allowed(world.ana, browser) for browser in browsers]
    pushbox.answer(browsers[1].path, 410)
    ends = push.send([push.Parcel.to(row, b"{}", "gentle", 60) for row in rows], soon())
    assert push.forget_gone([row for row, left in zip(rows, ends, strict=True) if left is Left.GONE]) == 1
    assert set(PushSubscription.objects.values_list("endpoint", flat=True)) == {
        browsers[0].endpoint, browsers[2].endpoint,
    }  # fmt: skip


def test_a_topic_tells_the_service_nothing(pushbox: Pushbox) -> None:
    one = PushSubscription(id=uuid4(), endpoint="https://push.example/1", p256dh="", auth="")
    two = PushSubscription(id=uuid4(), endpoint="https://push.example/2", p256dh="", auth="")
    topics = [push.Parcel.to(who, b"", "check", 60).topic for who in (one, one, two)]
    assert topics[0] == topics[1] != topics[2]
    assert all(len(topic) == 32 and "check" not in topic for topic in topics)
