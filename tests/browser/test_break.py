"""“I need a minute” in a browser: offline, the timer, the country, and nothing of anybody in what is kept."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from attachment_app.web.worker import KEPT
from tests.browser.conftest import Running, Watch

HEADING = "Take a minute. Your baby can wait safely."


def ready(page: Page) -> None:
    """Until the service worker keeps the page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => caches.keys())")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def test_offline_after_any_page_was_visited(browser: Browser, running: Running) -> None:
    context = browser.new_context(base_url=running.url)
    page = context.new_page()
    page.goto("/guidance/")
    ready(page)
    context.set_offline(True)
    page.goto("/break/")
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()
    page.get_by_role("button", name="Start five minutes").click()
    expect(page.locator("[data-at='0']")).to_be_visible()
    page.goto("/guidance/reading-cues/")
    expect(page.get_by_role("heading", name="There is no network just now")).to_be_visible()
    context.close()


def test_nothing_signed_in_is_kept(browser: Browser, running: Running) -> None:
    context = running.sign_in(browser)
    page = context.new_page()
    for url in ("/", "/journal/exchanges/", "/accounts/family/", "/break/", "/"):
        page.goto(url)
        ready(page)
    kept = page.evaluate(
        """async () => {
            const found = {};
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys())
                    found[new URL(request.url).pathname] = await (await caches.match(request)).text();
            return found;
        }"""
    )
    pages = {path: text for path, text in kept.items() if not path.startswith("/static/")}
    assert set(pages) == {"/break/", "/offline/"}
    assert len(kept) == len(KEPT) + 2
    name = page.locator(".brand__for").inner_text() if page.locator(".brand__for").count() else "Family"
    assert all(name not in text for text in pages.values())
    assert pages["/break/"] == browser.new_context(base_url=running.url).request.get("/break/").text()
    context.close()


def test_all_that_the_page_asks_for_is_kept(browser: Browser, running: Running) -> None:
    context = browser.new_context(base_url=running.url, service_workers="block")
    page, asked = context.new_page(), set()
    page.on("request", lambda request: asked.add(request.url.removeprefix(running.url)))
    page.goto("/break/", wait_until="networkidle")
    plain = {_plain(url) for url in asked if url.startswith("/static/")}
    assert plain <= set(KEPT), plain - set(KEPT)
    context.close()


def _plain(url: str) -> str:
    """css/site.c72bc572293e.css → css/site.css"""
    folder, _slash, name = url.removeprefix("/static/").rpartition("/")
    parts = name.split(".")
    return f"{folder}/{parts[0]}.{parts[-1]}"


def test_the_timer_says_when_to_look_in_and_survives_a_reload(page: Page, running: Running, watch: Watch) -> None:
    watch.over(page)
    page.clock.install()
    page.goto("/break/")
    page.get_by_role("button", name="Start five minutes").click()
    for minutes, words in (
        (5, "Five minutes. Look in on your baby."),
        (5, "Look in on your baby now."),
        (5, "call someone"),
    ):
        page.clock.run_for(minutes * 60 * 1000 + 1500)
        expect(page.locator("#said")).to_contain_text(words)
    page.reload()
    expect(page.locator("[data-at='15']")).to_be_visible()
    page.get_by_role("button", name="We are back").click()
    expect(page.get_by_role("button", name="Start five minutes")).to_be_focused()


@pytest.mark.parametrize(
    ("options", "number", "first"),
    [
        ({"timezone_id": "Europe/London"}, "999", "Samaritans"),
        ({"timezone_id": "Australia/Perth", "locale": "en-GB"}, "000", "PANDA"),
        ({"timezone_id": "Asia/Tokyo", "locale": "en-US"}, "911", "988 Lifeline"),
        ({"timezone_id": "Asia/Tokyo", "locale": "ja-JP"}, "", "findahelpline.com"),
    ],
)
def test_whose_numbers_come_first(
    browser: Browser, running: Running, options: dict[str, Any], number: str, first: str
) -> None:
    context = browser.new_context(base_url=running.url, **options)
    page = context.new_page()
    page.goto("/break/")
    expect(page.get_by_text(first).first).to_be_visible()
    assert page.locator("[data-call]").first.is_visible() is bool(number)
    if number:
        assert page.locator("[data-call-link]").first.get_attribute("href") == f"tel:{number}"
    page.get_by_label("Numbers for").select_option("NZ")
    page.reload()
    expect(page.get_by_text("PlunketLine")).to_be_visible()
    context.close()


def test_without_scripts_everything_is_within_reach(browser: Browser, running: Running) -> None:
    context = browser.new_context(base_url=running.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/break/")
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()
    expect(page.locator("[data-break-timer] noscript p")).to_be_visible()
    page.get_by_text("Ireland").last.click()
    expect(page.get_by_text("text HELLO to 50808")).to_be_visible()
    page.get_by_text("“I might hurt myself or my baby.”").click()
    expect(page.get_by_text("Ask another adult to come now.")).to_be_visible()
    context.close()
