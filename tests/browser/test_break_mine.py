"""A parent's own part of “I need a minute”: online only, kept nowhere, gone with signing out; and offers of a break."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Running, Watch
from tests.browser.test_break import HEADING, ready
from tests.browser.test_every_page import check, weigh

PLAN = "If the crying passes 20 minutes, I will put Pip down and step out."
ALLOW = """
SET app.bypass = 'on';
INSERT INTO delivery_pushsubscription (id, person_id, endpoint, p256dh, auth, made_at, checked_at)
SELECT gen_random_uuid(), id, 'https://push.example.org/1', 'k', 'a', now(), now() FROM accounts_person
WHERE email = '{email}'
"""


@pytest.fixture
def parent(browser: Browser, running: Running) -> Any:
    """A parent with one plan and one person to ring, in a browser with a service worker."""
    context = running.sign_in(browser, running.emails[1], timezone_id="Europe/London")
    page = context.new_page()
    for url in ("/journal/breaks/plans/", "/journal/breaks/people/"):
        page.goto(url)
        while page.get_by_role("button", name=re.compile("^Take away")).count():
            page.get_by_role("button", name=re.compile("^Take away")).first.click()
    page.goto("/journal/breaks/plans/")
    page.get_by_label("If …").fill("the crying passes 20 minutes")
    page.get_by_label("… I will").fill("put Pip down and step out")
    page.get_by_role("button", name="Keep this plan").click()
    page.goto("/journal/breaks/people/")
    page.get_by_label("Who?").fill("Mum")
    page.get_by_label("Their number").fill("020 7946 0123")
    page.get_by_role("button", name="Put them on the list").click()
    # Closed in the middle of a navigation, a page may never say that it is: it stays open, with its context.
    expect(page.get_by_role("button", name=re.compile("^Take away")).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    yield context
    context.close()


def kept_in_the_browser(page: Page) -> str:
    """All that Cache Storage, local and session storage hold, as one text."""
    kept = page.evaluate(
        """async () => {
            const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys())
                    found.push(request.url, await (await caches.match(request)).text());
            return found.join("\\n");
        }"""
    )
    return str(kept)


def test_plans_first_then_people_and_the_break(parent: BrowserContext, watch: Watch) -> None:
    page = watch.over(parent.new_page())
    page.goto("/break/")
    expect(page.get_by_text(PLAN)).to_be_visible()
    tops = [
        page.locator(one).bounding_box()["y"]  # type: ignore[index]
        for one in ("#illness", ".mine__plans", "h1", "[data-start]", "a[href='tel:02079460123']", ".breath")
    ]
    assert tops == sorted(tops)  # the illness box before all, and plans before everything else
    page.get_by_label("Keep a note of this break").check()
    page.get_by_role("button", name="Start five minutes").click()
    expect(page.get_by_text("A note of this break is kept since")).to_be_visible()
    expect(page.get_by_role("button", name="We are back")).to_be_focused()
    expect(page.get_by_role("button", name="We are back")).to_have_count(1)
    page.reload()
    expect(page.get_by_text("A note of this break is kept since")).to_be_visible()
    page.get_by_role("button", name="We are back").click()
    expect(page.get_by_role("group", name="How did it end, for you?")).to_be_focused()
    page.get_by_role("button", name="A bit calmer").click()
    expect(page.get_by_text("Saved, for you alone.")).to_be_focused()
    page.goto("/journal/breaks/")
    expect(page.get_by_text("A bit calmer")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Delete ?:")).click()
    expect(page.get_by_text("None. A break is kept where you ask for it")).to_be_visible()


def test_nothing_is_written_down_unless_it_is_ticked(parent: BrowserContext) -> None:
    page, posts = parent.new_page(), []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.goto("/break/")
    expect(page.get_by_text(PLAN)).to_be_visible()
    page.get_by_role("button", name="Start five minutes").click()
    page.get_by_role("button", name="We are back").click()
    expect(page.get_by_role("button", name="Start five minutes")).to_be_focused()
    assert posts == []


def test_a_push_is_asked_for_with_the_break_and_taken_back(running: Running, parent: BrowserContext) -> None:
    running.site.sql(ALLOW.format(email=running.emails[1]))
    page = parent.new_page()
    page.goto("/break/")
    page.get_by_role("button", name="Start five minutes").click()
    page.get_by_label("Check on me").check()  # ticked while it goes on: no other tap is needed
    expect(page.get_by_text("It may not arrive: set your phone’s own timer too.")).to_be_visible()
    assert re.search(r"A push comes at \d\d:\d\d and \d\d:\d\d", page.locator("[data-mine=break]").inner_text())
    page.get_by_role("button", name="We are back").click()
    expect(page.get_by_text("No push comes any more.")).to_be_visible()
    running.site.sql("SET app.bypass = 'on'; DELETE FROM delivery_pushsubscription")


def test_nothing_of_it_is_kept_and_offline_the_page_works_without_it(parent: BrowserContext) -> None:
    page = parent.new_page()
    page.goto("/break/")
    ready(page)
    page.reload()
    expect(page.get_by_text(PLAN)).to_be_visible()
    kept = kept_in_the_browser(page)
    assert HEADING in kept
    assert not any(words in kept for words in ("put Pip down", "Mum", "7946", "localhost/break/mine/"))
    assert "/break/mine/\n" not in kept  # its address is in the page, and no answer of it is kept
    parent.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()
    page.wait_for_timeout(300)
    assert page.get_by_text(PLAN).count() == 0
    page.get_by_role("button", name="Start five minutes").click()
    expect(page.locator("[data-at='0']")).to_be_visible()
    page.get_by_role("button", name="We are back").click()
    parent.set_offline(False)


def test_what_cannot_be_sent_is_said(parent: BrowserContext) -> None:
    page = parent.new_page()
    page.goto("/break/")
    page.get_by_label("Keep a note of this break").check()
    parent.set_offline(True)
    page.get_by_role("button", name="Start five minutes").click()
    expect(page.get_by_text("That did not get through. Set your phone’s own timer")).to_be_visible()
    expect(page.locator("[data-at='0']")).to_be_visible()  # it counts all the same
    parent.set_offline(False)


def test_signing_out_takes_it_from_the_browser(browser: Browser, running: Running, parent: BrowserContext) -> None:
    page = parent.new_page()
    page.goto("/break/")
    ready(page)
    expect(page.get_by_text(PLAN)).to_be_visible()
    page.goto("/accounts/family/")
    running.states.pop(running.emails[1])
    with page.expect_response(lambda answer: answer.url.endswith("/accounts/logout/")) as out:
        page.get_by_role("button", name="Sign out").click()
    assert out.value.header_value("Clear-Site-Data") == '"cache"'
    page.wait_for_load_state()
    for _step in range(3):
        page.go_back()
        assert page.get_by_text(PLAN).count() == 0
    page.goto("/break/")
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()
    page.wait_for_timeout(300)
    assert page.get_by_text(PLAN).count() == 0 and page.locator("[data-mine]:visible").count() == 0
    assert "put Pip down" not in kept_in_the_browser(page)
    parent.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()


def test_the_back_button_brings_no_old_part_back(parent: BrowserContext) -> None:
    page = parent.new_page()
    page.goto("/break/")
    expect(page.get_by_text(PLAN)).to_be_visible()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.get_by_text(PLAN).count() == 0  # what the browser would freeze
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.get_by_text(PLAN)).to_be_visible()


def test_signed_out_nothing_is_shown_and_nothing_moves(browser: Browser, running: Running, watch: Watch) -> None:
    context = browser.new_context(base_url=running.url)
    page = watch.over(context.new_page())
    with page.expect_response("**/break/mine/") as mine:
        page.goto("/break/")
    assert mine.value.status == 204
    assert page.locator("[data-mine]:visible").count() == 0
    context.close()


def test_without_scripts_plans_people_and_a_kept_break(browser: Browser, running: Running, parent: Any) -> None:
    context = running.sign_in(browser, running.emails[1], java_script_enabled=False)
    page = context.new_page()
    page.goto("/break/")
    page.get_by_role("link", name="Plans and people of your own").click()
    expect(page.get_by_text(PLAN)).to_be_visible()
    page.get_by_label("Keep a note of this break").check()
    page.get_by_role("button", name="Start five minutes").click()
    page.get_by_role("button", name="We are back").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_text("Skipped. It is not asked again.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Delete ?:")).click()
    context.close()


def test_one_of_the_three_lines_and_nothing_else(page: Page, running: Running) -> None:
    page.goto("/break/")
    page.get_by_text("“I might hurt myself or my baby.”").click()
    expect(page.get_by_text("Ask another adult to come now.")).to_be_visible()
    for other in ("#illness", "h1", "[data-break-timer]", ".ways", ".breath"):
        expect(page.locator(other)).to_be_hidden()
    assert page.get_by_text("“I might hurt myself or my baby.”").bounding_box()["y"] < 200  # type: ignore[index]
    page.get_by_role("link", name="The whole page").first.click()
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()
    page.goto("/guidance/")
    page.goto("/break/#hurt")
    expect(page.get_by_text("even if they look fine")).to_be_visible()
    expect(page.locator("h1")).to_be_hidden()


def test_the_drawing_moves_slowly_and_holds_still(browser: Browser, running: Running) -> None:
    moving = "document.querySelector('.breath').getAnimations({ subtree: true }).length"
    context = browser.new_context(base_url=running.url)
    page = context.new_page()
    page.goto("/break/")
    assert page.evaluate(moving) > 0
    lasts = moving.replace(".length", ".map((one) => one.effect.getTiming().duration)")
    assert min(page.evaluate(lasts)) >= 10_000
    page.get_by_text("Hold still").click()
    assert page.evaluate(moving) == 0
    expect(page.get_by_text("In while the ring is drawn.")).to_be_visible()
    context.close()
    context = browser.new_context(base_url=running.url, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/break/")
    assert page.evaluate(moving) == 0
    context.close()


def test_an_offer_is_waved_away_in_one_tap(browser: Browser, running: Running, watch: Watch) -> None:
    context = running.sign_in(browser, running.emails[1])
    page = watch.over(context.new_page())
    page.goto("/")
    page.get_by_role("button", name="Soothing").click()
    for tries in range(3):
        expect(page.locator(".chain__step")).to_have_count(tries)
        page.locator("#result-not_yet").click()
    offer = page.locator("#break-offer")
    expect(offer.get_by_role("heading", name="Could your baby be ill or in pain?")).to_be_visible()
    page.locator("#wave-offer").click()
    expect(page.get_by_text("Put away.").first).to_be_focused()
    expect(page.get_by_role("heading", name="Could your baby be ill or in pain?")).to_have_count(0)
    page.goto("/")
    expect(page.locator("#break-offer")).to_have_count(0)
    page.get_by_role("button", name="Settled").first.click()
    context.close()


def test_the_page_with_all_that_is_ones_own_is_readable_by_everybody(parent: BrowserContext) -> None:
    page = parent.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/break/")
    expect(page.get_by_text(PLAN)).to_be_visible()
    check(page, "the break page, signed in")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_break_page_is_light(browser: Browser, running: Running) -> None:
    context = browser.new_context(base_url=running.url, service_workers="block")
    weights = weigh(context.new_page(), "/break/")
    first = [weight for path, weight in weights.items() if path.endswith(".css") or path == "/break/"]
    assert len(first) == 2
    # Six countries' emergency numbers and lines are in it for whoever has no scripts: some two kilobytes.
    assert sum(first) <= 16_000 + 1_500, weights
    assert sum(weights.values()) <= 46_000, weights
    context.close()
