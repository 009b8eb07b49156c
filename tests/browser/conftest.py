"""A real Chromium before the site as it is run: web server, worker, beat, PostgreSQL and Valkey of its own."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, Page

from tests.embedded.site import Site
from tests.mailbox import Mailbox, free_port

PATIENCE = 8000  # milliseconds for anything that a page is asked to do
DEMO_PASSWORD = "to-and-fro-demo"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Two groups, each with a site of its own, so that two cores share the browser's tests.
            part = "pages" if item.path.name == "test_every_page.py" else "stories"
            item.add_marker(pytest.mark.xdist_group(f"browser-{part}"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if os.geteuid() == 0:
        quiet.append("--no-sandbox")
    return {"args": quiet, **({"executable_path": found} if found else {})}


def tap(page: Page, words: str) -> None:
    """Tap a chip by its words."""
    page.locator("label", has_text=re.compile(rf"^\s*{re.escape(words)}\s*$")).first.click()


@dataclass
class Running:
    """The running site: where it is, what its worker mailed, and who may sign in."""

    url: str
    mailbox: Mailbox
    emails: list[str]
    site: Site
    states: dict[str, Any]
    facilitator: str  # of the group that the demo makes

    def sign_in(self, browser: Browser, email: str = "", **options: Any) -> BrowserContext:
        """A browser in which somebody is signed in; signed in once a person, so that no throttle is met."""
        email = email or self.emails[0]
        if email not in self.states:
            context = browser.new_context(base_url=self.url)
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("[name=login]", email)
            page.fill("[name=password]", DEMO_PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url(lambda url: "/login/" not in url)
            self.states[email] = context.storage_state()
            context.close()
        context = browser.new_context(base_url=self.url, storage_state=self.states[email], **options)
        context.set_default_timeout(PATIENCE)
        return context


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("browser")
    folder.chmod(0o755)
    folder.parent.chmod(0o755)
    folder.parent.parent.chmod(0o755)
    box = Mailbox(port=free_port())
    mail = Controller(box, hostname="127.0.0.1", port=box.port)
    mail.start()
    site = Site(folder / "var", EMAIL_URL=f"smtp://127.0.0.1:{box.port}", PUSH_LOCAL="1").start()
    said = site.manage("demo", "--families", "3", "--days", "4", "--seed", "7")
    *emails, facilitator = re.findall(r"\S+@\S+", said)
    yield Running(site.url, box, emails, site, {}, facilitator)
    site.stop()
    mail.stop()


@pytest.fixture(scope="session")
def base_url(running: Running) -> str:
    return running.url


class Watch:
    """Everything that a page did which it may not: errors, warnings, violations, requests to another host."""

    def __init__(self, url: str) -> None:
        self.url, self.complaints = url, []  # type: tuple[str, list[str]]

    def over(self, page: Page) -> Page:
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self._request(page, request.url))
        return page

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{kind}: {text}")

    def _request(self, page: Page, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:")):
            self.complaints.append(f"{page.url} asks {url}")


@pytest.fixture
def watch(running: Running) -> Iterator[Watch]:
    """Fails the test at its end for whatever it saw."""
    watching = Watch(running.url)
    yield watching
    assert not watching.complaints, watching.complaints
