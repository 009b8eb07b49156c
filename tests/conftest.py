"""What every test stands on: real PostgreSQL and Valkey (see `make test`), and the small world."""

import os
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.world import World

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs beside Django's own calls


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Unhashed names: collecting files is the browser tests' matter, who run the site as it is run."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The tests' own hand is the owner's with the bypass on, so that makers may make and asserts may look.

    Requests are held to the policies all the same: the middleware enters the role `web` (tests/web/test_rows.py).
    """
    settings.DATABASES["default"]["OPTIONS"]["options"] += " -c app.bypass=on"


@pytest.fixture(autouse=True)
def kept_pages_are_looked_at_each_time(settings: Any) -> None:
    """A test sees at once what it changed; tests/web/test_kept.py is about the seconds between."""
    settings.KEPT_PAGES_SECONDS = 0


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def ana(world: World) -> Client:
    """Ana's browser."""
    return signed_in(world.ana)


@pytest.fixture
def ben(world: World) -> Client:
    return signed_in(world.ben)


@pytest.fixture
def gran(world: World) -> Client:
    return signed_in(world.gran)


@pytest.fixture
def stan(world: World) -> Client:
    """A stranger's browser: it must never see the family."""
    return signed_in(world.stan)


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client
