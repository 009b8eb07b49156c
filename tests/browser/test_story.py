"""The whole story, once: sign up, code, child, a soothing of two steps, the timeline, an article, a break offline."""

import os
import re
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Running, Watch, tap
from tests.embedded.site import until

PICTURE = Path(__file__).with_name("picture.png")


def test_the_whole_story(browser: Browser, running: Running, watch: Watch) -> None:
    context = browser.new_context(
        base_url=running.url, viewport={"width": 360, "height": 780}, timezone_id="Australia/Sydney", locale="en-AU"
    )
    page = watch.over(context.new_page())
    began = time.monotonic()
    sign_up(page, running)
    name_a_child(page)
    page.get_by_role("button", name="Soothing").click()
    expect(page.get_by_role("heading", name="Soothing Pip")).to_be_visible()
    assert time.monotonic() - began < 60  # from landing to logging, the mail included
    soothe_in_two_steps(page)
    find_it_on_the_timeline(page)
    read_an_article(page)
    take_a_break_offline(page)
    context.close()


def sign_up(page: Page, running: Running) -> None:
    page.goto("/")
    page.get_by_role("link", name="Start a journal").first.click()
    page.get_by_label("E-mail address").fill("una@example.org")
    page.get_by_label("A password").fill("a long night and a kettle")
    page.get_by_label("Yes, keep what I log").check()
    page.get_by_role("button", name="Agree and start").click()
    # The mail leaves through the outbox and the worker.
    assert until(lambda: running.mailbox.mails, 10), "no mail came"
    mail = running.mailbox.mails[-1]
    assert (mail["To"], mail["Subject"]) == ("una@example.org", "Your code")
    code = re.search(r"\b\d{6}\b", running.mailbox.last_text())
    assert code
    page.get_by_label("Code", exact=True).fill(code[0])
    page.get_by_role("button", name="Confirm").click()


def name_a_child(page: Page) -> None:
    page.get_by_label("Nickname").fill("Pip")
    page.get_by_label("Month of birth").select_option(index=2)
    expect(page.get_by_label("Your time zone")).to_have_value("Australia/Sydney")
    page.get_by_role("button", name="Go to the journal").click()
    expect(page.get_by_role("heading", name="A clear page")).to_be_visible()


def soothe_in_two_steps(page: Page) -> None:
    for words in ("Rubbing eyes", "Tired", "Rocked"):
        tap(page, words)
    expect(page.locator("#said")).to_have_text("Saved.")
    page.get_by_role("button", name="Not yet").click()
    expect(page.locator("#said")).to_have_text("Saved: not yet. Another guess is ready.")
    expect(page.locator("#tries")).to_be_focused()
    tap(page, "Dimmed the light")
    page.get_by_role("button", name="Settled").click()
    expect(page.locator("#result")).to_be_focused()
    expect(page.locator("#said")).to_have_text("Saved: settled.")
    expect(page.get_by_text("Found it together")).to_be_visible()


def find_it_on_the_timeline(page: Page) -> None:
    page.get_by_role("link", name="Timeline").click()
    entry = page.locator(".entry").first
    expect(entry).to_contain_text("Rubbing eyes. Rocked: not yet. Dimmed the light: settled.")
    expect(entry).to_contain_text("Found it together")


def read_an_article(page: Page) -> None:
    page.get_by_role("link", name="Guidance").click()
    page.get_by_role("link", name="Reading cues, and finding it together").click()
    expect(page.get_by_role("heading", name="What this does not mean")).to_be_visible()


def take_a_break_offline(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    page.get_by_role("link", name="I need a minute").first.click()
    expect(page.get_by_role("heading", name="Take a minute. Your baby can wait safely.")).to_be_visible()
    expect(page.locator("[data-call-number]").first).to_have_text("000")


def test_the_picture_of_the_readme(browser: Browser, running: Running, tmp_path: Path) -> None:
    context = running.sign_in(browser, running.emails[-1], viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Soothing").click()
    tap(page, "Rubbing eyes")
    tap(page, "Tired")
    tap(page, "Rocked")
    page.get_by_role("button", name="A bit").click()
    expect(page.locator("#tries")).to_be_focused()
    page.goto("/")
    expect(page.locator(".timer")).to_be_visible()
    path = PICTURE if os.environ.get("PICTURE") else tmp_path / PICTURE.name
    page.screenshot(path=path)
    assert path.stat().st_size > 20_000
    context.close()
