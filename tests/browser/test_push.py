"""Pushes in a browser: nothing is asked before a tap, each visit checks, and the service worker shows and answers.

Chromium has no push service here, so its push manager is one of the test's, with the keys of a browser that can read
what the site sends; what arrived is handed to the real service worker as the browser would.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Running
from tests.browser.test_every_page import SHORT, check
from tests.embedded.site import until
from tests.pushbox import Browser, Pushbox, open_pushbox

SETTINGS = "/inbox/settings/"
# A push manager that subscribes to `endpoint`, and counts what the page asks the browser for.
MANAGER = """
const box = %s;
const count = (what) => localStorage.setItem(what, Number(localStorage.getItem(what) ?? 0) + 1);
const held = () => JSON.parse(localStorage.getItem("test-held") ?? "null");
const made = (said) => said && ({ endpoint: said.endpoint, options: {}, toJSON: () => said,
  unsubscribe: async () => { localStorage.removeItem("test-held"); return true; } });
PushManager.prototype.subscribe = async function (options) {
  count("test-subscribed");
  if (Notification.permission !== "granted") throw new DOMException("no", "NotAllowedError");
  const next = box.endpoints[Number(localStorage.getItem("test-subscribed")) - 1];
  localStorage.setItem("test-held", JSON.stringify({ endpoint: next, keys: box.keys }));
  return made(held());
};
PushManager.prototype.getSubscription = async () => made(held());
const ask = Notification.requestPermission.bind(Notification);
Notification.requestPermission = () => { count("test-asked"); return ask(); };
"""


@pytest.fixture(scope="module")
def box() -> Iterator[Pushbox]:
    with open_pushbox() as box:
        yield box


class Phone:
    """A browser context with a push manager of the test's."""

    def __init__(self, chromium: Chromium, running: Running, box: Pushbox, granted: bool, email: str = "") -> None:
        self.first, self.running = Browser.at(box), running
        self.endpoints = [self.first.endpoint, *(Browser.at(box).endpoint for _ in range(3))]
        more: dict[str, Any] = {"permissions": ["notifications"]} if granted else {}
        self.context: BrowserContext = running.sign_in(chromium, email, **more)
        self.context.add_init_script(MANAGER % json.dumps({"endpoints": self.endpoints, "keys": self.first.keys}))
        self.page: Page = self.context.new_page()

    def count(self, what: str) -> int:
        return int(self.page.evaluate(f"Number(localStorage.getItem('test-{what}') ?? 0)"))

    def rows(self) -> list[str]:
        """The endpoints that the site holds, of these."""
        known = self.page.evaluate("fetch('/inbox/push/').then((answer) => answer.json())")["browsers"]
        return [one for one in self.endpoints if sha256(one.encode()).hexdigest() in known]

    @property
    def switch(self) -> Any:
        return self.page.get_by_role("switch", name="Push, on this device")

    def visit(self, address: str = SETTINGS) -> None:
        self.page.goto(address)
        ready = "navigator.serviceWorker.ready.then((there) => there.active.state)"
        assert until(lambda: self.page.evaluate(ready) == "activated", 8)

    def new_visit(self, address: str) -> None:
        """Another day: the session of the tab is over."""
        self.page.evaluate("sessionStorage.clear()")
        self.visit(address)
        assert until(lambda: self.page.evaluate("sessionStorage.getItem('push-checked')"), 8)


def forget(running: Running) -> None:
    """The site knows of no browser any more, as after a push service said that they are gone."""
    running.site.sql("SET app.bypass = 'on'; DELETE FROM delivery_pushsubscription")


@pytest.fixture
def phone(browser: Chromium, running: Running, box: Pushbox) -> Iterator[Phone]:
    phone = Phone(browser, running, box, granted=True)
    yield phone
    phone.context.close()
    forget(running)


def test_without_a_tap_nothing_is_asked(browser: Chromium, running: Running, box: Pushbox) -> None:
    for granted in (False, True):
        phone = Phone(browser, running, box, granted)
        for address in ("/", "/guidance/", "/break/", "/inbox/", SETTINGS):
            phone.visit(address)
            phone.page.wait_for_load_state("networkidle")
        assert (phone.count("asked"), phone.count("subscribed")) == (0, 0)
        # Without a permission a headless browser says that it was refused, or that nobody was asked yet.
        expect(phone.page.locator("p[data-push-when=off]:visible, p[data-push-when=denied]:visible")).to_have_count(1)
        phone.context.close()


def test_on_by_a_tap_and_off_again(phone: Phone) -> None:
    phone.visit()
    expect(phone.switch).not_to_be_checked()
    phone.switch.click()
    expect(phone.switch).to_be_checked()
    assert (phone.count("asked"), phone.count("subscribed")) == (1, 1)
    assert phone.rows() == [phone.endpoints[0]]
    expect(phone.page.locator("#said")).to_contain_text("Messages appear here")
    expect(phone.switch).to_be_focused()
    check(phone.page, "the settings with a push", SHORT[:1])
    phone.page.reload()
    expect(phone.switch).to_be_checked()
    phone.switch.click()
    expect(phone.switch).not_to_be_checked()
    assert phone.rows() == []
    assert phone.page.evaluate("localStorage.getItem('push')") is None


def test_each_visit_checks(phone: Phone) -> None:
    phone.visit()
    phone.switch.click()
    expect(phone.switch).to_be_checked()
    # The browser lost it: another one takes its place, on whatever page.
    phone.page.evaluate("localStorage.removeItem('test-held')")
    phone.new_visit("/guidance/")
    assert phone.rows() == [phone.endpoints[1]]
    # The site lost it (its push service said that it was gone): made anew.
    forget(phone.running)
    phone.new_visit("/")
    assert phone.rows() == [phone.endpoints[2]]
    assert phone.count("asked") == 1
    # Permission was taken back: the row goes.
    phone.context.clear_permissions()
    phone.new_visit("/guidance/")
    assert phone.rows() == []


def test_somebody_else_in_the_same_browser_is_not_pushed_to(phone: Phone, running: Running, browser: Chromium) -> None:
    phone.visit()
    phone.switch.click()
    expect(phone.switch).to_be_checked()
    other = running.sign_in(browser, running.emails[1])
    phone.context.clear_cookies()
    phone.context.add_cookies(other.cookies())
    other.close()
    phone.new_visit("/guidance/")
    assert phone.rows() == []
    phone.visit()
    expect(phone.switch).not_to_be_checked()


def test_without_scripts_it_says_so(browser: Chromium, running: Running) -> None:
    context = running.sign_in(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(SETTINGS)
    expect(page.get_by_text("This browser needs scripts for pushes.")).to_be_visible()
    expect(page.locator("[data-push-switch]")).to_be_hidden()
    context.close()


def test_a_push_is_shown_and_answered(phone: Phone, running: Running, box: Pushbox) -> None:
    """The worker seals it, the push service gets it, the service worker shows it, and its button answers it."""
    phone.visit()
    phone.switch.click()
    expect(phone.switch).to_be_checked()
    running.site.manage("shell", "-c", SENDS % (running.emails[0], TOKEN))
    assert until(box.count, 5)
    body = phone.first.read(box.taken()[-1].body).decode()
    worker = delivered(phone, body)
    (shown,) = notifications(phone, 1)
    assert shown["title"] == "A small idea, if you want one"
    assert shown["body"] == "Tap to read it."
    assert shown["tag"] == "gentle"
    assert [one["action"] for one in shown["actions"]] == ["done", "not-now"]  # a browser shows two; the page has four
    assert shown["data"] == {"url": f"/inbox/link/{TOKEN}/"}
    delivered(phone, body)
    assert len(notifications(phone, 1)) == 1  # the newer one took its place
    worker.evaluate(TAPPED, "done")
    phone.page.goto(f"/inbox/link/{TOKEN}/")
    check(phone.page, "the page of a link", SHORT[:1])
    assert until(lambda: phone.page.reload() and phone.page.get_by_text("You answered: Done.").count(), 8)
    assert notifications(phone, 0) == []


def test_a_broken_push_is_shown_in_neutral_words(phone: Phone) -> None:
    phone.visit()
    for broken in ("", "nonsense", "null", "[]", '{"title": 7, "url": "https://elsewhere.example/x"}'):
        (shown,) = shown_of(phone, broken)
        assert shown["title"] == "A message from To and fro"
        assert shown["data"]["url"] in ("/inbox/", "/x")  # a path of this site, wherever it led
        phone.page.evaluate(
            "navigator.serviceWorker.ready.then((there) => there.getNotifications()).then(([one]) => one.close())"
        )
        assert notifications(phone, 0) == []


TOKEN = "b" * 43
SENDS = """
import time
from attachment_app.accounts.models import Person
from attachment_app.delivery import notes, push
from attachment_app.delivery.models import PushSubscription
from attachment_app.lib.row_security import bypass
from tests.delivery.left import sent
with bypass():
    person, token = Person.objects.get(email="%s"), "%s"
    payload = notes.payload(sent(person, token), token, None, "neutral")
    rows = list(PushSubscription.objects.filter(person=person))
assert push.send([push.Parcel.to(row, payload, "gentle", 60) for row in rows], time.monotonic() + 5) == ["sent"]
"""
TAPPED = """async (action) => {
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action }));
}"""


SHOWN = """async () => {
  const all = await (await navigator.serviceWorker.ready).getNotifications();
  return all.map(({ title, body, tag, data, actions }) =>
    ({ title, body, tag, data, actions: actions.map(({ action }) => ({ action })) }));
}"""


def delivered(phone: Phone, data: str) -> Any:
    """Hand a push to the service worker, as Chromium does with what its push service brought; the worker."""
    session = phone.context.new_cdp_session(phone.page)
    found: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(said["registrations"]))
    session.send("ServiceWorker.enable")
    assert until(lambda: phone.page.evaluate("1") and found, 8)
    which = {"origin": phone.running.url, "registrationId": found[-1]["registrationId"], "data": data}
    session.send("ServiceWorker.deliverPushMessage", which)
    return phone.context.service_workers[0]


def shown_of(phone: Phone, data: str) -> list[dict[str, Any]]:
    """What is shown of a push. A worker that has just become active is not written down yet, and a push for it is lost
    without a word: then another is sent."""
    for _try in range(5):
        delivered(phone, data)
        if until(lambda: phone.page.evaluate(SHOWN), 2):
            break
    return notifications(phone, 1)


def notifications(phone: Phone, count: int) -> list[dict[str, Any]]:
    """What is shown, once there are so many."""
    until(lambda: len(phone.page.evaluate(SHOWN)) == count, 10)
    return list(phone.page.evaluate(SHOWN))
