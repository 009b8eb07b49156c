"""One transaction a request, whose person PostgreSQL knows, and of which nothing outlives an error."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from attachment_app import urls
from journal.models import Exchange
from tests.journal.makers import logged
from tests.world import World


def whose() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nullif(current_setting('app.person', true), '')")
        return str(cursor.fetchone()[0])


def show(request: HttpRequest) -> HttpResponse:
    return HttpResponse(whose())


def save_and_fail(request: HttpRequest, how: str) -> HttpResponse:
    Exchange.objects.update(turns=9)
    if how == "404":
        raise Http404
    if how == "500":
        raise RuntimeError
    if how == "down":
        raise OperationalError
    return HttpResponse(status=503)


urlpatterns = [*urls.urlpatterns, path("whose/", show), path("fail/<how>/", save_and_fail)]
handler404, handler500 = urls.handler404, urls.handler500


@pytest.mark.urls(__name__)
def test_postgres_knows_the_person_and_forgets_them(ana: Client, ben: Client, client: Client, world: World) -> None:
    assert ana.get("/whose/").content.decode() == str(world.ana.pk)
    assert ben.get("/whose/").content.decode() == str(world.ben.pk)


@pytest.mark.urls(__name__)
@pytest.mark.django_db(transaction=True)
def test_nobody_is_nobody_after_somebody(client: Client) -> None:
    world = World()
    client.force_login(world.ana)
    assert client.get("/whose/").content.decode() == str(world.ana.pk)
    assert Client().get("/whose/").content.decode() == "None"


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("how", ["404", "500", "503", "down"])
def test_an_error_leaves_nothing_behind(ana: Client, world: World, how: str) -> None:
    logged(world.pip, world.ana)
    ana.raise_request_exception = False
    answer = ana.get(f"/fail/{how}/")
    assert answer.status_code == {"404": 404, "500": 500}.get(how, 503)
    assert Exchange.objects.get().turns == 0


@pytest.mark.urls(__name__)
def test_with_the_database_down_the_page_still_leads_to_a_break(ana: Client, world: World) -> None:
    page = ana.get("/fail/down/").content.decode()
    assert "We cannot reach your journal" in page
    assert 'href="/break/"' in page


def test_up_says_what_it_looked_at(client: Client, db: None) -> None:
    answer = client.get("/up")
    assert answer.json() == {"up": True, "database": "answers", "migrations": "applied"}
    assert answer["Cache-Control"].startswith("max-age=0")


def test_up_fails_while_a_migration_waits(client: Client, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'journal')"
        )
    answer = client.get("/up")
    assert answer.status_code == 503
    assert answer.json() == {"up": False, "migrations": "1 not applied"}


def test_an_identifier_that_is_none_is_not_here(ana: Client, world: World) -> None:
    for tail in ("nonsense", str(uuid4()), "\x00", "0" * 5000):
        assert ana.get(f"/journal/exchanges/{tail}/").status_code == 404


@pytest.fixture(autouse=True)
def _no_noise(caplog: Any) -> None:
    caplog.set_level("CRITICAL", logger="django.request")
