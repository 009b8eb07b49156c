"""The journal in a browser: without scripts, by keyboard, when a tap cannot be saved, and play."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Running, Watch, tap


def tab_to(page: Page, selector: str, most: int = 90) -> None:
    """Reach a control with the tab key alone."""
    for _step in range(most):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def test_without_scripts(browser: Browser, running: Running) -> None:
    context = running.sign_in(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Feeding").click()
    expect(page.get_by_role("region", name="Just saved")).to_contain_text("Feeding saved")
    page.get_by_role("link", name="Add what you saw").click()
    tap(page, "Bottle")
    page.get_by_label("Amount in ml").fill("90")
    page.locator("#details").get_by_role("button", name="Save", exact=True).click()
    page.goto("/")
    page.get_by_role("button", name="Soothing").click()
    tap(page, "Hungry")
    page.get_by_role("button", name="Not yet").click()
    tap(page, "Walked")
    page.get_by_role("button", name="Settled").click()
    expect(page.get_by_text("Found it together")).to_be_visible()
    page.get_by_role("link", name="Timeline").click()
    expect(page.locator(".entry").nth(1)).to_contain_text("Bottle, 90 ml")
    context.close()


def test_by_keyboard(browser: Browser, running: Running, watch: Watch) -> None:
    context = running.sign_in(browser)
    page = watch.over(context.new_page())
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to(page, "#log-soothing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/journal/exchanges/**")
    tab_to(page, "#cue-eyes")
    page.keyboard.press("Space")
    tab_to(page, "[name=guess]")
    page.keyboard.press("Space")
    tab_to(page, "[name=response]")
    page.keyboard.press("Space")
    tab_to(page, "#result-a_bit")
    page.keyboard.press("Enter")
    expect(page.locator("#tries")).to_be_focused()
    tab_to(page, "#result-settled")
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_be_focused()
    expect(page.get_by_text("Found it together")).to_be_visible()
    context.close()


def test_a_tap_that_is_not_saved_says_so_and_stays(browser: Browser, running: Running) -> None:
    context = running.sign_in(browser, service_workers="block")
    page = context.new_page()
    page.goto("/")
    context.set_offline(True)
    page.get_by_role("button", name="Feeding").click()
    expect(page.locator(".flash--trouble")).to_contain_text("Not saved")
    expect(page.locator("#said")).to_contain_text("Not saved")
    context.set_offline(False)
    page.get_by_role("button", name="Feeding").click()
    expect(page.locator("#said")).to_have_text("Saved: Feeding, just now.")
    expect(page.locator(".flash--trouble")).to_have_count(0)
    context.close()


def test_a_tap_is_announced_once_and_focus_stays(browser: Browser, running: Running, watch: Watch) -> None:
    context = running.sign_in(browser)
    page = watch.over(context.new_page())
    page.goto("/")
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#said")).to_have_text("Saved: Play, just now.")
    expect(page.locator("#log-play")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#said")).to_have_text("Taken away. You can bring it back.")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#said")).to_have_text("Brought back.")
    context.close()


def test_turns_are_counted_at_once_and_kept(browser: Browser, running: Running, watch: Watch) -> None:
    context = running.sign_in(browser)
    page = watch.over(context.new_page())
    page.goto("/")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("link", name="Add what you saw").click()
    for _tap in range(7):
        page.locator("#turn").click()
    expect(page.locator("#said")).to_have_text("To and fro 7 times.")  # else the next “6” may be the sixth tap's
    page.get_by_role("button", name="One less").click()
    expect(page.locator("[data-number]")).to_have_text("6")
    expect(page.locator("#said")).to_have_text("To and fro 6 times.")
    page.reload()
    expect(page.locator("[data-number]")).to_have_text("6")
    context.close()


def test_a_timer_started_and_stopped(browser: Browser, running: Running, watch: Watch) -> None:
    context = running.sign_in(browser)
    page = watch.over(context.new_page())
    page.goto("/")
    page.get_by_role("button", name="Feeding").click()
    page.get_by_role("button", name="Still going: time it").click()
    expect(page.locator("[role=timer]")).to_contain_text("0")
    page.get_by_role("button", name="Stop the timer").click()
    expect(page.locator("#said")).to_have_text("Saved: ended.")
    context.close()


def test_one_finger_scrolls_to_nothing_that_is_covered(browser: Browser, running: Running) -> None:
    """At 320 px the bars at the foot cover no control that has the focus; at 400 % they do not float at all."""
    context = running.sign_in(browser, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Soothing").click()
    page.wait_for_url("**/journal/exchanges/**")
    covered = page.evaluate(
        """() => [...document.querySelectorAll('main a, main input:not([type=hidden]), main summary, main button')]
            .filter((one) => !one.closest('.log') && one.checkVisibility())
            .filter((one) => {
                one.focus();
                const box = one.getBoundingClientRect();
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return top?.closest('.log, .nav');
            })
            .map((one) => one.id || one.textContent)"""
    )
    assert covered == []
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.eval_on_selector(".nav", "one => getComputedStyle(one).position") != "fixed"
    assert page.eval_on_selector(".log", "one => getComputedStyle(one).position") != "fixed"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
