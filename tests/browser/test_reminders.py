"""From three entries to a message, why it came, and fewer of them; and a reminder in three taps."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Running, Watch

PHONE = {"width": 360, "height": 780}
SOMEBODY = """
from datetime import date
from uuid import uuid4
from allauth.account.models import EmailAddress
from django.utils import timezone
from attachment_app.accounts.models import Child, Family, Person
from attachment_app.lib.row_security import bypass
with bypass():
    who = Person.objects.create_user("{email}", "to-and-fro-demo", name="Rea")
    EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    now = timezone.now()
    family = Family.objects.start(who, at=now)
    month = now.date().replace(day=1)
    Child.objects.create(family=family, nickname="Pip", birth_month=month, state_since=now, client_key=uuid4())
"""
# The clock is no setting of the site: whoever could move it there could undo every quiet hour. Each rule of the engine
# takes the time as an argument, so the story hands it a later one, beside the site that runs, as its worker would.
LATER = """
from datetime import datetime, timedelta
from django.db import connection
from attachment_app.delivery import sender
from journal import planner
from journal.models import Reminder
with connection.cursor() as cursor:
    cursor.execute("SELECT set_config('app.bypass', 'on', false)")
    due = Reminder.objects.get(person__email="{email}").next_due_at
    cursor.execute("SELECT set_config('app.bypass', '', false)")
    cursor.execute("SET ROLE worker")
planner.plan(due)
sender.send_due(due + timedelta(seconds=1), spell=0)
"""


class Taps:
    """A thumb that counts."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, what: Locator) -> None:
        what.scroll_into_view_if_needed()
        box = what.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
        what.click()
        self.count += 1


def chip(page: Page, words: str) -> Locator:
    return page.locator("label.chip", has_text=re.compile(rf"^\s*{re.escape(words)}\s*$")).first


def somebody(running: Running, email: str) -> str:
    running.site.manage("shell", "-c", SOMEBODY.replace("{email}", email))
    return email


def far_from_now() -> tuple[str, str]:
    """A time of day that no worker of the running site comes upon meanwhile: the chip's words, and the clock's."""
    ahead = (datetime.now(ZoneInfo("Europe/London")) + timedelta(minutes=30)).hour
    return ("Evening, 18:00", "18:00") if 8 <= ahead <= 12 else ("Morning, 09:30", "09:30")


def test_the_story(browser: Browser, running: Running, watch: Watch) -> None:
    email = somebody(running, "rea@example.org")
    context = running.sign_in(browser, email, viewport=PHONE, has_touch=True)
    page = watch.over(context.new_page())
    log_three_times_and_accept(page)
    clock = make_it_in_three_taps(page)
    running.site.manage("shell", "-c", LATER.replace("{email}", email))
    read_it_and_why(page, clock)
    fewer(page)
    page.goto("/")
    expect(page.locator(".mast__new")).to_have_count(0)
    expect(page.get_by_role("button", name="Show me")).to_have_count(0)
    context.close()


def log_three_times_and_accept(page: Page) -> None:
    page.goto("/")
    for kind in ("feeding", "nappy", "bath"):
        expect(page.get_by_role("button", name="Show me")).to_have_count(0)
        page.locator(f"#log-{kind}").click()
        expect(page.locator("#flash")).to_contain_text(f"{kind.capitalize()} saved")
    page.get_by_role("button", name="Show me").click()
    expect(page.get_by_role("heading", name="A small reminder")).to_be_visible()


def make_it_in_three_taps(page: Page) -> str:
    taps, (words, clock) = Taps(), far_from_now()
    taps.on(chip(page, "Say what the bath is like"))
    taps.on(chip(page, words))
    taps.on(page.get_by_role("button", name="Save this reminder"))
    expect(page.get_by_role("heading", name="Gentle reminders")).to_be_visible()
    expect(page.get_by_text(f"On Mondays, Wednesdays and Fridays at {clock}.")).to_be_visible()
    expect(page.get_by_text("Next: ")).to_be_visible()
    assert taps.count == 3
    return clock


def read_it_and_why(page: Page, clock: str) -> None:
    page.goto("/")
    expect(page.locator(".mast__new")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Inbox")).click()
    line = page.locator(".line-said")
    expect(line).to_have_count(1)
    expect(line.get_by_text("New", exact=True)).to_be_visible()
    expect(line).to_contain_text("Never leave a baby alone in the bath.")
    page.get_by_role("link", name="Why did I get this?").click()
    expect(page.get_by_text(f"You asked for this on Mondays, Wednesdays and Fridays at {clock}.")).to_be_visible()
    expect(page.locator(".decisions")).to_contain_text(re.compile(r"Sent at \d\d:\d\d on .*, because it was time"))
    page.get_by_role("link", name="Inbox").last.click()
    expect(page.get_by_text("New", exact=True)).to_have_count(0)


def fewer(page: Page) -> None:
    page.get_by_role("button", name="Fewer").click()
    answered = page.get_by_text("You answered: fewer. At most one in seven days from now on.")
    expect(answered).to_be_visible()
    expect(answered).to_be_focused()
    expect(page.locator("#said")).to_have_text("Fewer from now on.")
    page.reload()
    expect(page.get_by_text("You answered: fewer.")).to_be_visible()


@pytest.fixture(scope="module")
def una(running: Running) -> str:
    return somebody(running, "una2@example.org")


def test_three_taps_without_scripts_and_own_words_with_none_too_many(
    browser: Browser, running: Running, una: str
) -> None:
    context = running.sign_in(browser, una, viewport=PHONE, java_script_enabled=False)
    page, taps = context.new_page(), Taps()
    page.goto("/journal/reminders/")
    page.get_by_role("link", name="Make the first").click()
    taps.on(chip(page, "In your own words"))
    page.get_by_label("In your own words").last.fill("The blue cup")
    taps.on(chip(page, "Afternoon, 15:00"))
    taps.on(page.get_by_role("button", name="Save this reminder"))
    expect(page.get_by_role("heading", name="The blue cup")).to_be_visible()
    assert taps.count == 3
    switch = page.get_by_role("switch", name="The blue cup")
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.click()
    expect(page.get_by_text("It is off.")).to_be_visible()
    page.goto("/inbox/settings/")
    page.get_by_role("button", name="Pause for a week").click()
    expect(page.get_by_text("Paused until").first).to_be_visible()
    page.get_by_role("button", name="Go on now").first.click()
    expect(page.get_by_text("Paused until")).to_have_count(0)
    context.close()


def test_what_a_chip_asks_for_shows_when_it_is_chosen(browser: Browser, running: Running, una: str) -> None:
    context = running.sign_in(browser, una, viewport=PHONE)
    page = context.new_page()
    page.goto("/journal/reminders/new/")
    for words, part in (
        ("In your own words", ".reminder__words"),
        ("At another time", ".reminder__at"),
        ("Days that I choose", ".reminder__days"),
        ("When I usually log", ".reminder__usual"),
    ):
        expect(page.locator(part)).to_be_hidden()
        chip(page, words).click()
        expect(page.locator(part)).to_be_visible()
    page.get_by_role("button", name="Save this reminder").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Choose a small idea, or write a few words of your own.")
    context.close()
