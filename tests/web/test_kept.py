"""Pages kept ready: no table is asked, nobody signed in is met with one, and what changed is gone in seconds."""

from datetime import UTC, datetime
from typing import Any

import brotli
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from attachment_app.web import kept
from guidance.loader import load
from guidance.models import Article
from tests.world import World

NOW = datetime(2026, 11, 24, tzinfo=UTC)
URL = "/guidance/reading-cues/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def articles(settings: Any, db: None) -> None:
    settings.KEPT_PAGES_SECONDS = 3
    load(NOW)


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(kept, "time", made)
    return made


def test_it_works(client: Client) -> None:
    first = client.get(URL)
    with CaptureQueriesContext(connection) as queries:
        second = client.get(URL)
    assert not len(queries)
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)


@pytest.mark.parametrize("change", ["withdrawn", "changed"])
def test_after_three_seconds_at_most_a_change_is_seen(client: Client, clock: Clock, change: str) -> None:
    client.get(URL)
    article = Article.objects.filter(slug="reading-cues")
    if change == "withdrawn":
        article.update(withdrawn_at=NOW)
    else:
        article.update(title="Another name", content_hash="another")
    clock.now += 2.9
    assert client.get(URL).status_code == 200
    clock.now += 0.2
    answer = client.get(URL)
    assert (answer.status_code == 404) if change == "withdrawn" else ("Another name" in answer.content.decode())


def test_a_change_of_one_is_seen_in_what_another_says_of_it(client: Client, clock: Clock) -> None:
    client.get("/guidance/")
    Article.objects.filter(slug="reading-cues").update(title="Another name", content_hash="another")
    clock.now += 4
    assert "Another name" in client.get("/guidance/").content.decode()


def test_a_page_of_somebody_signed_in_is_neither_kept_nor_given(client: Client, ana: Client, world: World) -> None:
    own = ana.get(URL)
    assert own["Cache-Control"] == "no-store, private" and "csrfmiddlewaretoken" in own.content.decode()
    # The same browser, signed in and out: one process keeps the pages of both.
    client.get(URL)
    client.force_login(world.ana)
    signed_in = client.get(URL)
    assert "Keep for later" in signed_in.content.decode() and "ETag" not in signed_in
    client.logout()
    out = client.get(URL).content.decode()
    assert "csrfmiddlewaretoken" not in out and "Keep for later" not in out


def test_a_session_that_has_ended_gets_no_kept_page_either(client: Client) -> None:
    client.cookies["__Host-session"] = "ended"
    assert "ETag" not in client.get(URL)


def test_a_page_with_a_cookie_or_a_query_is_not_kept(client: Client) -> None:
    assert "ETag" not in client.get("/guidance/?stage=0-3")
    assert "ETag" not in client.get("/reading/") and "ETag" not in client.get("/guidance/search/")
    assert "ETag" not in client.get("/guidance/nowhere/")


def test_each_light_and_text_size_has_its_own(client: Client) -> None:
    plain = client.get(URL).content
    client.cookies["__Host-light"], client.cookies["__Host-text"] = "night", "larger"
    chosen = client.get(URL).content.decode()
    assert 'data-light="night" data-text="larger"' in chosen
    client.cookies["__Host-light"], client.cookies["__Host-text"] = '"><script>', "huge"
    assert client.get(URL).content == plain


@pytest.mark.parametrize("accepts", ["br", "gzip", "", "gzip, deflate, br;q=1"])
def test_packed_as_the_browser_takes_it(client: Client, accepts: str) -> None:
    plain = client.get(URL)
    answer = client.get(URL, headers={"Accept-Encoding": accepts})
    assert answer.get("Content-Encoding", "") == ("br" if "br" in accepts else accepts)
    assert int(answer["Content-Length"]) == len(answer.content)
    if "br" in accepts:
        assert brotli.decompress(answer.content) == plain.content
    assert {"Cookie", "Accept-Encoding"} <= {name.strip() for name in answer["Vary"].split(",")}


def test_asked_again_it_says_unchanged(client: Client) -> None:
    first = client.get(URL, headers={"Accept-Encoding": "br"})
    again = client.get(URL, headers={"If-None-Match": first["ETag"], "Accept-Encoding": "br"})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(URL, headers={"If-None-Match": 'W/"another"'}).status_code == 200


def test_while_the_database_is_away_it_is_served(client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get(URL)

    def away() -> str:
        raise OperationalError

    monkeypatch.setattr(kept, "_editions", [away])
    clock.now += 60
    assert client.get(URL).status_code == 200


def test_it_keeps_so_many_and_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    client.get(URL)
    for url in ("/guidance/", "/guidance/cues/", "/guidance/holding-environment/"):
        assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(URL)
    assert len(queries), "the oldest page went first"


def test_an_unknown_name_is_refused_here_too(client: Client) -> None:
    client.get(URL)
    assert client.get(URL, headers={"Host": "evil.example"}).status_code == 400


def test_only_reading_is_answered(client: Client) -> None:
    client.get(URL)
    assert client.post(URL).status_code == 405
    assert client.head(URL).status_code == 200


def test_headers_are_those_of_any_page(client: Client) -> None:
    for _time in range(2):
        answer = client.get(URL)
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY" and answer["Cache-Control"] == "no-cache"
        assert not answer.cookies
