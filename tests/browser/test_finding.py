"""Finding and reading in a browser: search while typing, lamp and text size, and the place where somebody stopped."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Running, Watch


def rest_at(page: Page, where: str) -> None:
    """Scroll there, as soon as the page listens, and stay until it has been said."""
    page.wait_for_load_state("networkidle")
    with page.expect_response(lambda answer: answer.url.endswith("/place/")):
        page.locator(where).evaluate("one => one.scrollIntoView({block: 'start'})")


def until_it_says(page: Page, words: str, count: int) -> None:
    """Load the index until `words` stand on it so often."""
    for _attempt in range(20):
        page.goto("/guidance/")
        if page.get_by_text(words).count() == count:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"“{words}” does not stand there {count} times")


def test_results_follow_the_typing_and_focus_stays(page: Page, running: Running, watch: Watch) -> None:
    watch.over(page)
    page.goto("/guidance/search/")
    field = page.get_by_role("searchbox")
    field.click()
    page.keyboard.type("reading cues", delay=30)
    expect(page.get_by_role("link", name="Reading cues, and finding it together")).to_be_visible()
    expect(field).to_be_focused()
    expect(page.locator("#said")).to_have_text(re.compile(r"^\d+ articles?$"))
    assert page.locator("[role=status]", has_text="article").count() == 1
    expect(page).to_have_url(f"{running.url}/guidance/search/?q=reading%20cues")
    field.fill("i want to hurt myself")
    expect(page.get_by_role("heading", name="When it is more than tiredness")).to_be_visible()
    expect(field).to_be_focused()


def test_it_asks_once_for_a_word_and_not_for_each_letter(page: Page, running: Running) -> None:
    page.goto("/guidance/search/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "?q=" in request.url else None)
    page.get_by_role("searchbox").click()
    page.keyboard.type("holding", delay=20)
    expect(page.get_by_role("link", name="Held, and seen")).to_be_visible()
    assert len(asked) == 1, asked


def test_search_without_scripts(browser: Browser, running: Running) -> None:
    context = browser.new_context(base_url=running.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/guidance/")
    page.get_by_role("searchbox").fill("holding")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Held, and seen")).to_be_visible()
    context.close()


def test_the_crisis_panel_opens_the_choice_on_the_break_page(page: Page, running: Running) -> None:
    page.goto("/guidance/search/?q=suicidal")
    page.get_by_role("link", name="I might hurt myself").click()
    expect(page).to_have_url(re.compile(r"/break/#might-hurt$"))
    expect(page.locator("#might-hurt")).to_be_in_viewport()
    expect(page.locator("#might-hurt").get_by_text("Ask another adult to come now.")).to_be_visible()


def test_lamp_and_text_size_last_and_come_with_the_first_paint(browser: Browser, running: Running) -> None:
    context = browser.new_context(base_url=running.url, service_workers="block")
    page = context.new_page()
    page.goto("/guidance/reading-cues/")
    usual = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    page.locator("[name=text][value=larger]").check()
    page.locator("[name=light][value=night]").check()
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > usual * 1.15
    for url in ("/guidance/reading-cues/", "/break/"):
        page.goto(url)
        root = page.locator("html")
        assert (root.get_attribute("data-text"), root.get_attribute("data-light")) == ("larger", "night"), url
    assert 'data-light="night"' in context.request.get("/guidance/reading-cues/").text()
    page.locator("[name=text][value='']").check()
    page.reload()
    assert page.locator("html").get_attribute("data-text") is None
    context.close()


def test_lamp_and_text_size_without_scripts(browser: Browser, running: Running) -> None:
    context = browser.new_context(base_url=running.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/guidance/")
    page.get_by_role("link", name="Light and text size").click()
    page.locator("main").get_by_text("Largest").click()
    page.get_by_role("button", name="Keep it so").click()
    expect(page.get_by_text("Kept on this device.")).to_be_visible()
    page.goto("/guidance/holding-environment/")
    assert page.locator("html").get_attribute("data-text") == "largest"
    context.close()


@pytest.mark.parametrize(
    "url", ["/guidance/", "/guidance/reading-cues/", "/guidance/search/?q=cues", "/guidance/cues/", "/reading/"]
)
def test_the_largest_text_fits_the_narrowest_phone(browser: Browser, running: Running, url: str) -> None:
    context = browser.new_context(base_url=running.url, viewport={"width": 320, "height": 568})
    page = context.new_page()
    page.goto(url)
    page.locator("[name=text][value=largest]:visible, .chip [value=largest]").last.check(force=True)
    page.evaluate("document.documentElement.dataset.text = 'largest'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_the_place_where_a_parent_stopped_follows_to_another_device(browser: Browser, running: Running) -> None:
    phone = running.sign_in(browser)
    page = phone.new_page()
    page.goto("/guidance/holding-environment/")
    heading = page.locator(".article__body > h2[id^='on-']").nth(1)
    words = heading.inner_text()
    rest_at(page, ".article__body > h2[id^='on-'] >> nth=1")
    laptop = running.sign_in(browser)
    other = laptop.new_page()
    until_it_says(other, "Where you stopped", 1)
    other.get_by_role("link", name="Held, and seen").first.click()
    expect(other.get_by_role("link", name=f"On from “{words}”")).to_be_visible()
    phone.close()
    laptop.close()


def test_the_end_forgets_the_place(browser: Browser, running: Running) -> None:
    context = running.sign_in(browser, running.emails[1])
    page = context.new_page()
    for where in (".article__body > h2[id^='on-'] >> nth=1", "[data-end]"):
        page.goto("/guidance/reading-cues/")
        rest_at(page, where)
        until_it_says(page, "Where you stopped", 0 if "end" in where else 1)
    context.close()
