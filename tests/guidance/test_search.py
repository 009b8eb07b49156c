"""Search: sixty real searches, typing errors, words that need a hand held out first, and any text at all."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidance.loader import load
from guidance.models import Article
from guidance.parents_words import read
from guidance.search import MOST, marked, search

URL = "/guidance/search/"
QUERIES = yaml.safe_load(Path(__file__).with_name("queries.yaml").read_text())
HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def articles(db: None) -> None:
    load(datetime(2026, 11, 24, tzinfo=UTC))


def page(client: Client, q: str, **headers: str) -> str:
    answer = client.get(URL, {"q": q}, headers=headers)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_it_works(client: Client) -> None:
    said = page(client, "reading cues")
    assert 'href="/guidance/reading-cues/"' in said
    assert "<mark>Reading</mark> <mark>cues</mark>" in said


def _misses(queries: list[dict]) -> tuple[int, list[str]]:  # type: ignore[type-arg]
    there = set(Article.objects.published().values_list("slug", flat=True))
    asked = [query for query in queries if there & set(query["right"])]
    wrong = [
        query["q"] for query in asked if not {one.slug for one in search(query["q"]).results[:3]} & set(query["right"])
    ]
    return len(asked), wrong


def test_there_are_sixty_queries_twenty_of_them_held_out() -> None:
    assert len({query["q"] for query in QUERIES}) == 60
    assert sum(query.get("held_out", False) for query in QUERIES) == 20


def test_the_right_article_is_among_the_first_three() -> None:
    """At most five of sixty miss. (Queries about an article that is not written yet wait for it.)"""
    asked, wrong = _misses(QUERIES)
    assert asked, "no article of the list is there"
    # How many, not which: nobody tunes on what was held out.
    shown = [q for q in wrong if not next(query for query in QUERIES if query["q"] == q).get("held_out")]
    assert len(wrong) <= 5, f"{len(wrong)} of {asked}; of those not held out: {shown}"


def test_the_held_out_ones_too() -> None:
    asked, wrong = _misses([query for query in QUERIES if query.get("held_out")])
    assert len(wrong) <= 2, f"{len(wrong)} of {asked}"


def test_a_typing_error_is_read_as_what_it_may_have_meant(client: Client) -> None:
    said = page(client, "holdng enviroment")
    assert 'href="/guidance/holding-environment/"' in said
    assert "“<bdi>holdng</bdi>” was read as “holding”" in said


def test_parents_words_and_ours() -> None:
    assert read("baby won’t stop crying").meanings[:1] == ["crying"]
    assert set(read("dummy").meanings) == set(read("pacifier").meanings)
    assert read("nappy").meanings == read("Diaper").meanings


def test_an_empty_search_offers_ways_in(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        said = page(client, "   ")
    assert "Or by topic" in said and "Nothing here has these words" not in said
    assert not [query for query in queries if "guidance_" in query["sql"]]


def test_nothing_found_helps_on(client: Client) -> None:
    said = page(client, "carburettor")
    assert "Nothing here has these words" in said
    assert "0 articles" in said
    for link in ("/guidance/?topic=bond", "/break/", "/guidance/cues/"):
        assert f'href="{link}"' in said


@pytest.mark.parametrize(
    "q",
    [
        "i want to hurt myself", "scared i will hurt my baby", "suicidal", "suicidle thoughts", "want to die",
        "i shook my baby", "I shook him", "kill myself", "better off without me", "self harm", "self-harm",
        "selfharm", "going to throw the baby", "smother", "dont want to be here anymore", "don’t want to live",
        "scary thoughts about my baby", "thoughts of hurting her", "i hit my baby", "hearing voices",
        "can't stop thinking about harming him", "I just want to end it all", "never shake", "drown", "kil my self",
    ],
)  # fmt: skip
def test_words_of_harm_put_the_three_choices_first(client: Client, q: str) -> None:
    said = page(client, q)
    assert said.index("When it is more than tiredness") < said.index('aria-labelledby="found"')
    for words in ("I might hurt myself or my baby.", "has been shaken or hurt", "Frightening thoughts"):
        assert words in said
    assert all(f"tel:{number}" in said for number in ("999", "911", "112", "000", "111"))
    assert 'href="/break/#might-hurt"' in said
    assert "When it is more than tiredness" in page(client, q, **HTMX)


@pytest.mark.parametrize(
    "q", ["won't stop crying", "hungry", "tired signs", "holding", "bath", "how to bond", "end of my tether", ""]
)
def test_other_words_do_not(client: Client, q: str) -> None:
    assert "When it is more than tiredness" not in page(client, q)


def test_the_break_page_has_the_places_that_are_linked(client: Client) -> None:
    there = client.get("/break/").content.decode()
    for anchor in set(re.findall(r"/break/#([\w-]+)", client.get(URL, {"q": "suicide"}).content.decode())):
        assert f'id="{anchor}"' in there


def test_htmx_gets_the_results_alone_and_the_count_once(client: Client) -> None:
    answer = client.get(URL, {"q": "cues"}, headers=HTMX)
    said = answer.content.decode()
    assert "<html" not in said and 'id="q"' not in said
    count = len(answer.context["found"].results)
    words = f"{count} article{'' if count == 1 else 's'}"
    assert said.count('hx-swap-oob="innerHTML:#said"') == 1
    assert f'#said">{words}</p>' in said
    # The two share an address: a browser that goes back must not show the one for the other.
    assert "HX-Request" in answer["Vary"] and "HX-Request" in client.get(URL)["Vary"]


def test_without_scripts_the_page_is_whole_and_says_no_htmx_fragment(client: Client) -> None:
    said = page(client, "cues")
    assert 'action="/guidance/search/"' in said and 'method="get"' in said
    assert "hx-swap-oob" not in said
    assert 'value="cues"' in said


def test_htmx_is_on_the_search_page_alone(client: Client) -> None:
    assert "htmx.min.js" in page(client, "")
    for url in ("/guidance/", "/guidance/reading-cues/", "/guidance/cues/"):
        assert "htmx" not in client.get(url).content.decode()


@pytest.mark.parametrize(
    "q",
    [
        "x" * 5000, "cry " * 1500, "👶😭", "\x00", "a\x00b", "<script>alert(1)</script>",
        "'; DROP TABLE guidance_article;",
        "' | '", "a & b | !c <-> d:*", "\\", "%", "_", "طفلي يبكي", "\u202egnirc", "²", "ª½", "١٢",
        "’’’", "a'b'c", "\u0301", "\ud7ff", "İ", "ß",
    ],
)  # fmt: skip
@pytest.mark.parametrize("how", [{}, HTMX])
def test_any_text_is_answered(client: Client, q: str, how: dict[str, str]) -> None:
    answer = client.get(URL, {"q": q}, headers=how)
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content
    assert b"\x00" not in answer.content and b"\x02" not in answer.content


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_is_searched(text: str) -> None:
    search(text)


def test_an_article_cannot_bring_markup_along(client: Client) -> None:
    article = Article.objects.get(slug="reading-cues")
    article.title = "Fish <img src=x onerror=alert(1)> \x02fish\x03 \x03\x02"
    article.main = "<script>alert(2)</script> & fish"
    article.parts = [{"html": "<p>&lt;script&gt;alert(3)&lt;/script&gt; fish <em>fish</em></p>"}]
    article.save()
    answer = client.get(URL, {"q": "fish"}).content.decode()
    assert "<mark>" in answer
    assert not re.search(r"<(?:img|script>|em>)", answer[answer.index('id="found"') :])
    assert "\x02" not in answer and "\x03" not in answer


def test_marks_pair_or_are_dropped() -> None:
    assert marked("a \x02b\x03 <i>") == "a <mark>b</mark> &lt;i&gt;"
    assert marked("\x03 a \x02 b \x02c\x03") == " a  b <mark>c</mark>".replace(" a", " a", 1)


def test_a_withdrawn_article_is_not_found() -> None:
    Article.objects.filter(slug="reading-cues").update(withdrawn_at=datetime(2026, 11, 25, tzinfo=UTC))
    assert "reading-cues" not in [one.slug for one in search("reading cues").results]


def test_a_title_weighs_more_than_a_mention() -> None:
    assert search("holding environment").results[0].slug == "holding-environment"


def test_the_same_queries_for_few_articles_and_many() -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            search("reading cues hungry")
        return len(queries)

    few = count()
    article = Article.objects.get(slug="reading-cues")
    for number in range(40):
        article.pk, article.slug = None, f"another-{number}"
        article.save(force_insert=True)
    assert count() == few == 2
    assert len(search("reading cues").results) == MOST


def test_nothing_can_be_posted(client: Client) -> None:
    assert client.post(URL, {"q": "x"}).status_code == 405


def test_the_way_there_is_on_the_index(client: Client) -> None:
    assert 'action="/guidance/search/"' in client.get("/guidance/").content.decode()
