"""Bookmarks and the place where one stopped: they follow a person between devices and are theirs alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from guidance.loader import load
from guidance.models import Article, Bookmark, ReadingPlace
from tests.conftest import signed_in
from tests.queries import asked_by
from tests.world import World

NOW = datetime(2026, 11, 24, tzinfo=UTC)
BOOKMARK, PLACE = "/guidance/reading-cues/bookmark/", "/guidance/reading-cues/place/"
ANCHOR = "on-out-of-step-is-ordinary"


@pytest.fixture(autouse=True)
def articles(db: None) -> None:
    load(NOW)


def index(client: Client) -> str:
    return client.get("/guidance/").content.decode()


def test_it_works(ana: Client, world: World) -> None:
    answer = ana.post(BOOKMARK, {"keep": "yes"})
    assert (answer.status_code, answer["Location"]) == (303, "/guidance/reading-cues/")
    assert "Kept for later: 1 article" in index(signed_in(world.ana))
    assert "Kept. Let it go" in ana.get("/guidance/reading-cues/").content.decode()
    ana.post(BOOKMARK, {"keep": "no"})
    assert "Kept for later" not in index(ana)


def test_a_place_follows_and_is_forgotten(ana: Client, world: World) -> None:
    ana.post(PLACE, {"anchor": ANCHOR})
    phone = signed_in(world.ana)
    assert f'href="/guidance/reading-cues/#{ANCHOR}"' in index(phone)
    assert "On from “Out of step is ordinary”" in phone.get("/guidance/reading-cues/").content.decode()
    phone.post(PLACE, {"anchor": ""})
    assert "Where you stopped" not in index(ana)


def test_twice_is_harmless(ana: Client) -> None:
    for _time in range(2):
        ana.post(BOOKMARK, {"keep": "yes"})
        ana.post(PLACE, {"anchor": ANCHOR})
    assert (Bookmark.objects.count(), ReadingPlace.objects.count()) == (1, 1)
    for _time in range(2):
        ana.post(BOOKMARK)
        ana.post(PLACE)
    assert (Bookmark.objects.count(), ReadingPlace.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["ben", "gran", "stan", "faye"])
def test_nobody_else_sees_or_can_infer_it(ana: Client, world: World, who: str) -> None:
    other = signed_in(getattr(world, who))
    urls = ("/guidance/", "/guidance/reading-cues/", "/guidance/search/?q=cues", "/guidance/cues/", "/accounts/family/")
    before = [_plain(other, url) for url in urls]
    ana.post(BOOKMARK, {"keep": "yes"})
    ana.post(PLACE, {"anchor": ANCHOR})
    assert [_plain(other, url) for url in urls] == before
    other.post(BOOKMARK, {"keep": "no"})
    other.post(PLACE, {"anchor": ""})
    assert (Bookmark.objects.count(), ReadingPlace.objects.count()) == (1, 1)
    person = getattr(world, who)
    assert not Bookmark.objects.visible_to(person) and not ReadingPlace.objects.visible_to(person)


def _plain(client: Client, url: str) -> str:
    """The page without its form tokens, which are new each time."""
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(url).content.decode())


def test_signed_out_it_leads_to_the_door_and_keeps_nothing(client: Client) -> None:
    for url in (BOOKMARK, PLACE):
        answer = client.post(url, {"keep": "yes", "anchor": ANCHOR})
        assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
    assert not Bookmark.objects.exists() and not ReadingPlace.objects.exists()


@pytest.mark.parametrize("url", [BOOKMARK, PLACE])
def test_it_refuses_get(ana: Client, url: str) -> None:
    assert ana.get(url).status_code == 405


def test_it_refuses_a_form_of_another_site(world: World) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(world.ana)
    for url in (BOOKMARK, PLACE):
        assert careful.post(url, {"keep": "yes", "anchor": ANCHOR}).status_code == 403


@pytest.mark.parametrize("anchor", ["nowhere", "x" * 5000, "👶", "<script>", "a\x00b", "on-out-of-step-is-ordinary "])
def test_a_place_that_is_not_there_is_none(ana: Client, anchor: str) -> None:
    ana.post(PLACE, {"anchor": ANCHOR})
    assert ana.post(PLACE, {"anchor": anchor}).status_code == 303
    assert not ReadingPlace.objects.exists()


def test_an_article_that_is_not_here(ana: Client) -> None:
    assert ana.post("/guidance/nowhere/bookmark/", {"keep": "yes"}).status_code == 404
    assert ana.post("/guidance/nowhere/place/", {"anchor": ANCHOR}).status_code == 404


def test_a_withdrawn_article_is_not_shown_as_kept(ana: Client) -> None:
    ana.post(BOOKMARK, {"keep": "yes"})
    ana.post(PLACE, {"anchor": ANCHOR})
    Article.objects.filter(slug="reading-cues").update(withdrawn_at=NOW)
    index(ana)  # says once what was done
    assert "Kept for later" not in index(ana) and "Where you stopped" not in index(ana)


def test_a_heading_that_went_leads_nowhere_and_breaks_nothing(ana: Client) -> None:
    ana.post(PLACE, {"anchor": ANCHOR})
    ReadingPlace.objects.update(anchor="on-a-heading-that-went")
    page = ana.get("/guidance/reading-cues/")
    assert page.status_code == 200 and "On from" not in page.content.decode()


def test_what_a_person_kept_goes_with_them(ana: Client, world: World) -> None:
    ana.post(BOOKMARK, {"keep": "yes"})
    ana.post(PLACE, {"anchor": ANCHOR})
    world.faye.delete()
    assert Bookmark.objects.count() == 1
    world.ana.memberships.all().delete()
    world.ana.delete()
    assert not Bookmark.objects.exists() and not ReadingPlace.objects.exists()


def test_the_same_queries_for_one_and_for_many(ana: Client, world: World) -> None:
    def count() -> int:
        return len(asked_by(lambda: index(ana)))

    article = Article.objects.get(slug="reading-cues")
    Bookmark.objects.keep(world.ana, article, NOW)
    ReadingPlace.objects.stop_at(world.ana, article, ANCHOR, NOW)
    one = count()
    for number in range(30):
        article.pk, article.slug = None, f"another-{number}"
        article.save(force_insert=True)
        Bookmark.objects.keep(world.ana, article, NOW + timedelta(minutes=number))
        ReadingPlace.objects.stop_at(world.ana, article, ANCHOR, NOW + timedelta(minutes=number))
    assert count() == one
    page = index(ana)
    assert "Kept for later: 31 articles" in page
    assert page.count("Forget where you stopped in") == 3
