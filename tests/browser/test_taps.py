"""Two taps at three in the morning: each flow with its taps counted, on one screen of 360 px that nobody scrolls."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Running, tap

PHONE = {"width": 360, "height": 780}


class Thumb:
    """A thumb that taps what it sees and counts. What would need scrolling it does not tap."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, what: Locator) -> None:
        box = what.bounding_box()
        assert box, "it is not there"
        assert box["y"] >= 0, "it lies above the screen"
        assert box["y"] + box["height"] <= PHONE["height"], "it lies below the screen"
        assert min(box["width"], box["height"]) >= 44
        what.click()
        self.taps += 1

    def log(self, kind: str) -> None:
        button = self.page.locator(f"#log-{kind}")
        box = button.bounding_box()
        assert box
        assert box["y"] >= PHONE["height"] * 2 / 3, "it lies out of the thumb's reach"
        self.tap(button)


@pytest.fixture
def page(browser: Browser, running: Running) -> Iterator[Page]:
    # What another test left running would be gone back to, and its tries with it.
    running.site.sql("SET app.bypass = 'on'; UPDATE journal_exchange SET ended_at = now() WHERE ended_at IS NULL")
    context = running.sign_in(browser, running.emails[2], viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


@pytest.fixture
def thumb(page: Page) -> Thumb:
    return Thumb(page)


@pytest.mark.parametrize("kind", ["feeding", "play", "nappy", "bath"])
def test_one_tap_logs(page: Page, thumb: Thumb, kind: str) -> None:
    thumb.log(kind)
    expect(page.locator("#flash")).to_contain_text("saved")
    assert thumb.taps == 1


def test_a_second_tap_adds_what_is_usual(page: Page, thumb: Thumb) -> None:
    thumb.log("feeding")
    page.locator("#as-last-time").wait_for()
    thumb.tap(page.locator("#as-last-time"))
    expect(page.locator("#said")).to_have_text("Saved: as last time.")
    assert thumb.taps == 2
    page.locator("#undo").click()


def test_sleep_is_one_tap_to_start_and_one_to_stop(page: Page, thumb: Thumb) -> None:
    thumb.log("sleep")
    stop = page.locator(".timer.kind--sleep").get_by_role("button", name="Stop the timer")
    stop.wait_for()
    page.goto("/guidance/")
    assert "min · " in page.title()
    expect(page.get_by_role("navigation", name="Running timers")).to_contain_text("Sleep")
    page.goto("/")
    stop.click()
    expect(page).to_have_title(re.compile("Sleep, "))
    expect(page.get_by_role("button", name="Still going: time it")).to_be_visible()  # stopped
    assert thumb.taps == 1


def test_soothing_settled_is_two_taps(page: Page, thumb: Thumb) -> None:
    thumb.log("soothing")
    page.locator("#result-settled").wait_for()
    thumb.tap(page.locator("#result-settled"))
    expect(page.locator("#result")).to_contain_text("Settled.")
    assert thumb.taps == 2


def test_not_yet_offers_another_guess_and_never_ends_red(page: Page, thumb: Thumb) -> None:
    thumb.log("soothing")
    page.locator("#result-not_yet").wait_for()
    thumb.tap(page.locator("#result-not_yet"))
    expect(page.locator("#tries")).to_be_focused()
    expect(page.get_by_role("heading", name="And now, a guess")).to_be_visible()
    assert not page.locator("[class*=alarm], [class*=wrong], [aria-invalid=true]").count()
    page.locator("#result-settled").click()
    expect(page.get_by_text("Found it together")).to_be_visible()


def test_turns_by_thumb_and_by_keyboard(page: Page, thumb: Thumb) -> None:
    page.add_init_script("window.felt = 0; navigator.vibrate = () => { window.felt += 1; return true; };")
    thumb.log("play")
    page.get_by_role("link", name="Add what you saw").click()
    page.locator("#turn").wait_for()
    for _turn in range(3):
        page.locator("#turn").click()
    page.locator("#turn").press("Space")
    page.locator("#turn").press("Enter")
    expect(page.locator("[data-number]")).to_have_text("5")
    assert page.evaluate("window.felt") == 5
    expect(page.locator("#said")).to_have_text("To and fro 5 times.")
    tap(page, "They did")
    expect(page.locator("#said")).to_have_text("Saved.")
    page.reload()
    expect(page.locator("[data-number]")).to_have_text("5")
    expect(page.locator("#began-child")).to_be_checked()


def test_a_kind_of_ones_own_is_one_tap(page: Page, thumb: Thumb) -> None:
    page.goto("/journal/kinds/")
    page.get_by_label("What is it called?").fill("Tummy time")
    tap(page, "Moss")
    page.get_by_role("button", name="Make the button").click()
    page.wait_for_url("**/")
    own = page.get_by_role("button", name="Tummy time")
    own.scroll_into_view_if_needed()
    thumb.tap(own)
    expect(page.locator("#flash")).to_contain_text("Tummy time")
    assert thumb.taps == 1


def test_a_pause_holds_on_another_device(browser: Browser, running: Running, page: Page, thumb: Thumb) -> None:
    thumb.log("soothing")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Go on").wait_for()
    other = running.sign_in(browser, running.emails[2], viewport=PHONE)
    there = other.new_page()
    there.goto(page.url)
    expect(there.get_by_text("min, paused")).to_be_visible()
    there.get_by_role("button", name="Go on").click()
    there.get_by_role("button", name="Pause").wait_for()
    there.locator("#result-settled").click()
    expect(there.locator("#result")).to_be_visible()
    other.close()


def test_the_other_hand_turns_the_row_round(page: Page, thumb: Thumb) -> None:
    def order() -> list[str]:
        places = page.locator(".log__kind").evaluate_all("all => all.map(e => [e.getBoundingClientRect().x, e.id])")
        return [name for _x, name in sorted(places)]

    assert order() == ["log-feeding", "log-soothing", "log-play"]
    page.goto("/accounts/you/")
    page.get_by_label("the hand that is free").select_option("left")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/")
    assert order() == ["log-play", "log-soothing", "log-feeding"]
    page.goto("/accounts/you/")
    page.get_by_label("the hand that is free").select_option("")
    page.get_by_role("button", name="Save", exact=True).click()


@pytest.mark.parametrize(("hour", "light"), [(3, "night"), (12, ""), (22, "night")])
def test_it_is_night_from_nine_to_seven(browser: Browser, running: Running, hour: int, light: str) -> None:
    context = browser.new_context(base_url=running.url)
    page = context.new_page()
    page.clock.set_fixed_time(f"2026-11-24T{hour:02d}:30:00")
    page.goto("/guidance/")
    assert page.evaluate("document.documentElement.dataset.light ?? ''") == light
    expect(page.get_by_label("Auto")).to_be_checked()
    page.get_by_label("Day", exact=True).check()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.light") == "day"
    context.close()
