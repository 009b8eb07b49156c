"""Web push to a service of our own, which decrypts as a browser would."""

import json
import time
from typing import Any

from attachment_app.delivery import push
from attachment_app.delivery.parcels import Left
from tests.pushbox import Browser, Pushbox


def parcel(browser: Browser, said: dict[str, Any] | None = None, **more: Any) -> push.Parcel:
    payload = json.dumps(said or {"title": "A small idea"}).encode()
    return push.Parcel(browser.endpoint, payload=payload, **browser.keys, **more)


def soon(seconds: float = 20) -> float:
    return time.monotonic() + seconds


def test_it_works(pushbox: Pushbox) -> None:
    browser = Browser.at(pushbox)
    assert push.send([parcel(browser, {"title": "Grüße"}, topic="abc", ttl=60, urgency="high")], soon()) == [Left.SENT]
    (taken,) = pushbox.taken()
    assert browser.shown(taken.body) == {"title": "Grüße"}
    assert taken.headers["ttl"] == "60"
    assert taken.headers["urgency"] == "high"
    assert taken.headers["topic"] == "abc"
    assert taken.headers["content-encoding"] == "aes128gcm"
