"""Contents of an article, and what to read next: rules, the same for everybody."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import Client

from guidance.contents import with_anchors
from guidance.loader import load, read
from guidance.models import Article
from guidance.read_next import read_next

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def article(slug: str, topic: str = "cues", stages: tuple[str, ...] = ("0-3",), links: str = "") -> Article:
    html = "".join(f'<p><a href="/guidance/{link}/">x</a></p>' for link in links.split())
    return Article(slug=slug, title=slug.title(), topic=topic, stages=list(stages), parts=[{"html": html}])


def test_it_works(db: None, client: Client) -> None:
    load(NOW)
    for draft in read():
        page = unescape(client.get(f"/guidance/{draft.slug}/").content.decode())
        _parts, headings = with_anchors(draft.parts)
        for heading in headings:
            assert f'id="{heading.anchor}"' in page
            assert (f'<li><a href="#{heading.anchor}">{heading.words}</a></li>' in page) == (len(headings) >= 3)


def test_two_headings_alike_have_two_names() -> None:
    parts, headings = with_anchors([{"html": "<h2>A &amp; b</h2><h2>A <em>b</em></h2><h2>A &amp; b</h2><h2>👶</h2>"}])
    assert [heading.anchor for heading in headings] == ["on-a-b", "on-a-b--2", "on-a-b--3", "on-this"]
    assert headings[0].words == "A & b"
    assert '<h2 id="on-a-b--2">A <em>b</em></h2>' in parts[0]["html"]


def test_a_short_article_has_no_list(db: None, client: Client) -> None:
    load(NOW)
    Article.objects.filter(slug="reading-cues").update(parts=[{"html": "<h2>One</h2><h2>Two</h2>"}])
    assert "On this page" not in client.get("/guidance/reading-cues/").content.decode()


def test_what_is_linked_comes_first_in_its_order() -> None:
    here = article("here", links="far near far")
    others = [article("alike"), article("near", "bond", ("12-24",)), article("far", "bond", ("12-24",)), here]
    assert [one.slug for one in read_next(here, others)] == ["far", "near", "alike"]


def test_then_the_topic_then_shared_ages_then_the_title() -> None:
    here = article("here", stages=("0-3", "3-6"))
    others = [
        article("age", "bond", ("3-6",)),
        article("topic-b"),
        article("topic-a"),
        article("both", stages=("0-3", "3-6")),
        article("neither", "bond", ("24-36",)),
    ]
    assert [one.slug for one in read_next(here, others)] == ["both", "topic-a", "topic-b"]
    assert [one.slug for one in read_next(here, [others[0], others[4]])] == ["age"]


def test_it_is_the_same_in_any_order() -> None:
    here = article("here", links="e")
    others = [article(name, stages=("0-3",)) for name in "abcde"]
    assert read_next(here, others) == read_next(here, others[::-1])


def test_it_stands_at_the_end_without_an_account(db: None, client: Client) -> None:
    load(NOW)
    page = client.get("/guidance/reading-cues/").content.decode()
    assert "You could read next" in page
    assert page.index("You could read next") > page.index("Where this comes from")


@pytest.mark.parametrize("day", [date(2026, 11, 24)])
def test_no_article_takes_an_address_of_the_site_s_own(day: date) -> None:
    assert not {"search", "cues"} & {draft.slug for draft in read()}
