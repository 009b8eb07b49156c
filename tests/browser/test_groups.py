"""Two people from an invitation to a released fortnight; the same without scripts; and no axe finding on the way."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Running, Watch
from tests.browser.test_every_page import check

# Ten parents who have belonged and shared for long, and what they wrote down in the fortnight that is running; then
# the engine is told that the fortnight was over two days ago.
A_FORTNIGHT_LATER = """
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from attachment_app.accounts.models import Child, Family, Person
from attachment_app.groups.closing import close_due
from attachment_app.groups.models import GroupConsent, GroupMembership, ParentingGroup
from attachment_app.groups.models.window import SETTLES, bounds, number_at
from attachment_app.lib.row_security import bypass
from journal.models import Exchange
now = timezone.now()
starts, ends = bounds(number_at(now))
before = starts - timedelta(days=20)
with bypass():
    group = ParentingGroup.objects.get(name="{name}")
    ParentingGroup.objects.filter(pk=group.pk).update(created_at=before)
    for number in range(10):
        who = Person.objects.create(email=f"{{group.pk}}-{{number}}@example.org", name=f"Parent {{number}}")
        GroupMembership.objects.create(group=group, person=who, known_as=who.name, asked_at=before, approved_at=before)
        said = {{"version": "x", "adult_said_at": before, "given_at": before}}
        GroupConsent.objects.create(group=group, person=who, purpose="exchanges", **said)
        family = Family.objects.start(who, at=before)
        child = Child.objects.create(
            family=family, nickname="Pip", state="with_us", state_since=before, client_key=uuid4()
        )
        for kind in ("feeding", "play")[: 2 if number < 5 else 1]:
            Exchange.objects.log(kind, child, who, uuid4(), starts + timedelta(hours=1))
while close_due(now=ends + SETTLES):
    pass
"""


@pytest.fixture
def faye(browser: Browser, running: Running) -> BrowserContext:
    return running.sign_in(browser, running.facilitator, viewport={"width": 1280, "height": 860})


def test_from_an_invitation_to_a_released_fortnight(
    browser: Browser, running: Running, faye: BrowserContext, watch: Watch
) -> None:
    leads = watch.over(faye.new_page())
    code = begin(leads, "Harbour group")
    parent = watch.over(running.sign_in(browser, running.emails[1], viewport={"width": 360, "height": 800}).new_page())
    ask(parent, code)
    say_yes_and_plan(leads)
    share(parent)
    look_at_nothing_yet(leads)
    running.site.manage("shell", "-c", A_FORTNIGHT_LATER.format(name="Harbour group"))
    look_at_the_bands(leads)
    leave(parent)
    leads.get_by_role("link", name="Harbour group").click()
    leads.get_by_role("link", name="Guests", exact=True).click()
    expect(leads.get_by_text("Una from the harbour")).to_have_count(0)
    refused(watch, 2)  # a wrong code, and sharing without the tick
    faye.close()
    parent.context.close()


def refused(watch: Watch, times: int) -> None:
    """A form that came back: a browser says so in its console, and nothing else was amiss."""
    assert len(watch.complaints) == times and all("422" in one for one in watch.complaints), watch.complaints
    watch.complaints.clear()


def begin(page: Page, name: str) -> str:
    page.goto("/groups/")
    page.get_by_role("link", name="Begin a group").click()
    page.get_by_label("Name of the group").fill(name)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Make a code").click()
    code = page.locator(".code").inner_text()
    assert re.fullmatch(r"\w{4}-\w{4}", code)
    page.reload()  # whatever the browser does with a form that is sent again
    page.goto(page.url.replace("invitations", "guests"))
    expect(page.locator(".code")).to_have_count(0)
    return code


def ask(page: Page, code: str) -> None:
    page.goto("/accounts/family/")
    page.get_by_role("link", name="Parenting groups").click()
    page.get_by_label("The code that you were given").fill("BBBB-BBBB")
    page.get_by_role("button", name="Look for the group").click()
    expect(page.get_by_role("alert")).to_contain_text("We do not know this code.")
    page.get_by_label("The code that you were given").fill(code.lower())
    page.get_by_role("button", name="Look for the group").click()
    page.get_by_label("Your name in the group").fill("Una from the harbour")
    page.get_by_role("button", name="Ask to join").click()
    expect(page.get_by_role("heading", name="You have asked to join")).to_be_visible()


def say_yes_and_plan(page: Page) -> None:
    page.reload()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("Una from the harbour")).to_be_visible()
    page.get_by_role("link", name="Harbour group").click()
    page.get_by_role("link", name="Meeting and note").click()
    page.get_by_label("Next meeting").fill("2030-03-05T10:00")
    page.get_by_label("Where").fill("The boathouse")
    page.get_by_label("The second guess").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. The parents see it now.")).to_be_visible()


def share(page: Page) -> None:
    page.reload()
    expect(page.get_by_text("Tuesday 5 March, 10:00")).to_be_visible()
    expect(page.get_by_text("The boathouse")).to_be_visible()
    expect(page.get_by_role("link", name="The second guess")).to_be_visible()
    expect(page.get_by_text("Nothing. And that is fine")).to_be_visible()
    page.get_by_role("link", name="What could be shared").click()
    practice = page.locator("#exchanges")
    expect(practice.get_by_role("row", name=re.compile("Wrote down a feed yes most"))).to_be_visible()
    practice.get_by_role("button", name="Share this with the group").click()
    expect(page.locator("#exchanges").get_by_role("alert")).to_contain_text("18 or older")
    practice.get_by_label("I am 18 or older.").check()
    practice.get_by_role("button", name="Share this with the group").click()
    expect(page.get_by_text("It counts from")).to_be_visible()
    expect(practice.get_by_text("Shared", exact=True)).to_be_visible()


def look_at_nothing_yet(page: Page) -> None:
    page.goto("/groups/")
    page.get_by_role("link", name="Harbour group").click()
    expect(page.get_by_role("heading", name="Not enough shared yet")).to_be_visible()
    expect(page.get_by_role("heading", name="To start the next conversation")).to_be_visible()


def look_at_the_bands(page: Page) -> None:
    page.reload()
    expect(page.get_by_role("heading", name="What the group shared")).to_be_visible()
    expect(page.get_by_text("10–14 parents").first).to_be_visible()
    expect(page.get_by_text("Most or all of them wrote down a feed.")).to_be_visible()
    kinds = page.locator("section", has=page.get_by_role("heading", name="What was logged"))
    expect(kinds.locator(".band", has_text="Wrote down some play")).to_contain_text("about half")
    page.get_by_role("link", name="On the wall").click()
    page.get_by_role("link", name="Begin").click()
    expect(page.get_by_role("heading", name="What was logged")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="When it was")).not_to_be_in_viewport()
    page.locator("#wall-1").get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", name="When it was")).to_be_in_viewport()
    page.goto("/groups/")


def leave(page: Page) -> None:
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    page.get_by_role("link", name="Harbour group").click()
    page.get_by_role("button", name="Leave the group").click()
    expect(page.get_by_text("You have left “Harbour group”.")).to_be_visible()


def test_without_scripts(browser: Browser, running: Running) -> None:
    options = {"java_script_enabled": False}
    leads = running.sign_in(browser, running.facilitator, **options).new_page()
    parent = running.sign_in(browser, running.emails[1], **options).new_page()
    ask(parent, begin(leads, "Hill group"))
    leads.reload()
    leads.get_by_role("button", name="Yes").click()
    parent.reload()
    parent.get_by_role("link", name="What could be shared").click()
    topics = parent.locator("#articles")
    topics.get_by_label("I am 18 or older.").check()
    topics.get_by_role("button", name="Share this with the group").click()
    expect(topics.get_by_role("button", name="Take it back")).to_be_visible()
    topics.get_by_role("button", name="Take it back").click()
    leads.get_by_role("link", name="Hill group").click()
    expect(leads.get_by_role("button", name="Print")).to_be_hidden()
    leads.get_by_role("link", name="Afterwards").click()
    leads.get_by_label("The day on which").fill("2027-03-02")
    leads.get_by_role("button", name="Save").click()
    leads.get_by_text("End the group", exact=True).click()
    leads.get_by_role("button", name="End the group now").click()
    parent.goto("/groups/")
    parent.get_by_role("link", name="Hill group").click()
    expect(parent.get_by_text("This group ended on")).to_be_visible()
    parent.get_by_role("button", name="Take it off my list").click()
    for page in (leads, parent):
        page.context.close()


def test_axe_finds_nothing_for_a_facilitator(faye: BrowserContext, running: Running, watch: Watch) -> None:
    page = watch.over(faye.new_page())
    page.goto("/groups/")
    check(page, "groups")
    page.get_by_role("link", name="Riverside parents").click()
    page.get_by_role("heading", name="What the group shared").wait_for()
    check(page, "a facilitator's page with bands")
    here = page.url
    for name in ("screen/", "guests/", "words/", "follow-up/"):
        page.goto(here + name)
        check(page, name)
    page.goto(f"{running.url}/groups/new/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("alert").wait_for()
    check(page, "a group without a name")
    page.get_by_label("Name of the group").fill("Quiet group")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Make a link").click()
    page.locator(".code").wait_for()
    check(page, "a link that was made")
    page.goto("/groups/")
    page.get_by_role("link", name="Quiet group").click()
    page.get_by_text("Choose by age and topic").click()
    check(page, "a facilitator's page without a number")
    refused(watch, 1)
    faye.close()


def test_axe_finds_nothing_for_a_member(browser: Browser, running: Running, watch: Watch) -> None:
    leads = running.sign_in(browser, running.facilitator).new_page()
    code = begin(leads, "Garden group")
    page = watch.over(running.sign_in(browser, running.emails[0], reduced_motion="reduce").new_page())
    page.goto("/groups/")
    check(page, "groups")
    page.goto(f"/groups/joining/{code}/")
    check(page, "an invitation")
    page.get_by_role("button", name="Ask to join").click()
    page.get_by_role("heading", name="You have asked to join").wait_for()
    check(page, "waiting")
    leads.reload()
    leads.get_by_role("button", name="Yes").click()
    page.reload()
    check(page, "a group")
    page.get_by_role("link", name="What could be shared").click()
    page.get_by_role("heading", name="What you share").wait_for()
    check(page, "what is shared")
    page.locator("#own").get_by_role("button", name="Share this with the group").click()
    page.get_by_role("alert").wait_for()
    check(page, "what is shared, without the tick")
    refused(watch, 1)
    for one in (leads, page):
        one.context.close()


def test_on_paper_the_bands_are_there_and_nothing_to_tap(faye: BrowserContext) -> None:
    page = faye.new_page()
    page.goto("/groups/")
    page.get_by_role("link", name="Riverside parents").click()
    page.get_by_role("heading", name="What the group shared").wait_for()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".nav")).to_be_hidden()
    expect(page.get_by_role("link", name="Guests", exact=True)).to_be_hidden()
    expect(page.locator(".band__shape").first).to_be_visible()
    expect(page.get_by_role("heading", name="To start the next conversation")).to_be_visible()
    faye.close()
