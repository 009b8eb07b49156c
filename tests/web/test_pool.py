"""Two people, 200 requests, two connections: never a row of the other."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from attachment_app.accounts.models import Child
from tests.conftest import signed_in
from tests.embedded.site import ROOT, free_port, until
from tests.journal.makers import logged
from tests.world import World

CANARIES = ("Zaunkönig", "Rotkehlchen")


@contextmanager
def server(var: Path) -> Iterator[str]:
    """The web server as it is run, on the tests' database: eight threads that share two connections."""
    port = free_port()
    parts = urlsplit(os.environ["DATABASE_URL"])
    netloc = parts.netloc.replace("owner@", "web@")
    url = urlunsplit(parts._replace(netloc=netloc, path=f"/{connection.settings_dict['NAME']}"))
    env = {"DATABASE_URL": url, "DATABASE_ROLE": "web", "DB_POOL": "2", "SECRET_KEY": settings.SECRET_KEY}
    env = {**os.environ, **env, "VAR_DIR": str(var)}
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=env, check=True)
    argv = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(port), "--no-ws"]
    argv += ["--workers", "1", "--blocking-threads", "8", "attachment_app.wsgi:application"]
    process = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert until(lambda: answers(f"http://localhost:{port}/break/"), 20)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(10)


def answers(url: str) -> bool:
    try:
        return bool(urllib.request.urlopen(url, timeout=2).status == 200)
    except OSError:
        return False


def get(url: str, session: str) -> str:
    asked = urllib.request.Request(url, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return str(answer.read().decode())


@pytest.mark.django_db(transaction=True)
def test_two_people_share_two_connections_and_no_row(tmp_path: Path) -> None:
    world = World()
    for pip, who, name in ((world.pip, world.ana, CANARIES[0]), (world.kit, world.stan, CANARIES[1])):
        Child.objects.filter(pk=pip.pk).update(nickname=name)
        logged(pip, who)
    sessions = [signed_in(who).cookies[settings.SESSION_COOKIE_NAME].value for who in (world.ana, world.stan)]
    with server(tmp_path) as url, ThreadPoolExecutor(8) as crowd:
        pages = list(crowd.map(lambda n: get(f"{url}/journal/exchanges/", sessions[n % 2]), range(200)))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = 'web' AND datname = current_database()"
            )
            assert 1 <= cursor.fetchone()[0] <= 2
    for number, page in enumerate(pages):
        mine, others = CANARIES[number % 2], CANARIES[1 - number % 2]
        assert mine in page
        assert others not in page
