"""What is the parent's own, beside an exchange; and what is left in the browser after they signed out: nothing."""

import os
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Running, Watch, tap
from tests.browser.test_every_page import check


def open_soothing(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Soothing").click()
    page.wait_for_url("**/journal/exchanges/*-*/")


def shots(page: Page, name: str) -> None:
    """Pictures to look at, where SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        for width in (360, 1280):
            for light in ("day", "night"):
                page.set_viewport_size({"width": width, "height": 800})
                page.evaluate("light => { document.documentElement.dataset.light = light }", light)
                page.screenshot(path=Path(folder) / f"{name}-{width}-{light}.png", full_page=True)


def test_too_much_opens_the_break_on_the_same_screen(browser: Browser, running: Running, watch: Watch) -> None:
    context = running.sign_in(browser, running.emails[1], viewport={"width": 360, "height": 800})
    page = watch.over(context.new_page())
    open_soothing(page)
    page.get_by_label("A note, if you like").fill("half a sentence")
    page.locator("#result-not_yet").click()  # swaps the exchange; what is being written stays
    page.locator(".chain__step").first.wait_for()
    assert page.get_by_label("A note, if you like").input_value() == "half a sentence"
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator("#said")).to_have_text("Saved: your note.")
    tap(page, "It is too much")
    expect(page.get_by_role("heading", name="Take a minute. Your baby can wait safely.")).to_be_visible()
    expect(page.locator("#said")).to_have_text("Saved, for you alone.")
    expect(page.locator("#minute")).to_be_focused()
    check(page, "too much")
    shots(page, "too-much")
    page.get_by_role("button", name="Take this answer away").click()
    expect(page.get_by_role("heading", name="Take a minute.")).to_have_count(0)
    assert page.get_by_label("A note, if you like").input_value() == "half a sentence"
    shots(page, "own")
    context.close()


def test_after_signing_out_the_back_button_shows_nothing(browser: Browser, running: Running) -> None:
    context = browser.new_context(base_url=running.url)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", running.emails[-1])
    page.fill("[name=password]", "to-and-fro-demo")
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{running.url}/")
    page.goto("/journal/exchanges/")
    before = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "__Host-session")
    assert page.get_by_role("heading", name="Exchanges").count()
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{running.url}/")
    assert before not in [cookie["value"] for cookie in context.cookies()]
    for _step in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert not page.locator(".entry").count(), page.url
    context.close()
    # And the session that somebody may have copied opens nothing.
    asked = urllib.request.Request(f"{running.url}/journal/exchanges/", headers={"Cookie": f"__Host-session={before}"})
    assert "/accounts/login/" in urllib.request.urlopen(asked, timeout=10).url
