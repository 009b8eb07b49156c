"""The index and an article, for anybody."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from guidance.loader import load, read
from guidance.models import Topic
from guidance.safety import boxes
from tests.queries import asked_by

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def articles(db: None) -> None:
    load(datetime(2026, 11, 24, tzinfo=UTC))


@pytest.mark.parametrize("draft", read(), ids=lambda draft: draft.slug)
def test_an_article_shows_all_that_it_must(client: Client, draft) -> None:  # type: ignore[no-untyped-def]
    page = unescape(client.get(f"/guidance/{draft.slug}/").content.decode())
    for words in (draft.title, draft.main, draft.try_today, *draft.not_mean, *draft.sources):
        assert words in page
    for part in draft.parts:
        if "claim" in part:
            beside = page.index(part["claim"]["caveat"])
            assert f"evidence--{part['claim']['label']}" in page[beside - 400 : beside]
    for name in draft.safety:
        box = boxes()[name]
        for words in (box.title, box.strong, box.after, *(item for one in box.parts for item in one.items)):
            assert words in page
    last, following = (f"{day.day} {day:%B %Y}" for day in (draft.reviewed, draft.next_review))
    assert f"Last review {last}, next review {following}. Not yet reviewed by a clinician." in page
    assert "What this does not mean" in page
    assert "Try today" in page


def test_the_index_leads_to_every_article(client: Client) -> None:
    page = client.get("/guidance/").content.decode()
    for draft in read():
        assert f'href="/guidance/{draft.slug}/"' in page


def test_topics_come_in_their_own_order(client: Client) -> None:
    page = unescape(client.get("/guidance/").content.decode())
    places = [page.index(f'class="eyebrow">{label}<') for label in Topic.labels]
    assert places == sorted(places)


def test_links_between_articles_are_alive(client: Client) -> None:
    for draft in read():
        page = client.get(f"/guidance/{draft.slug}/").content.decode()
        for url in set(re.findall(r'href="(/guidance/[a-z-]+/|/break/)"', page)):
            assert client.get(url).status_code == 200, f"{draft.slug}: {url}"


def test_an_unknown_article_is_not_here(client: Client) -> None:
    answer = client.get("/guidance/nowhere/")
    assert answer.status_code == 404
    assert "I need" in answer.content.decode()


@pytest.mark.parametrize(("url", "most"), [("/guidance/", 2), ("/guidance/reading-cues/", 3)])
def test_reading_costs_few_queries_and_then_one(client: Client, url: str, most: int) -> None:
    """The state of all articles; the list; the article. Asked again, the state alone (see tests/web/test_kept.py)."""
    for count in (most, 1):
        asked = asked_by(lambda: client.get(url))
        assert len(asked) == count, asked


def test_nothing_can_be_posted(client: Client) -> None:
    assert client.post("/guidance/reading-cues/").status_code == 405
