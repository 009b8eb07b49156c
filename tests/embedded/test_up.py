"""One command runs the site: it comes up, says so, heals, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from attachment_app.embedded import places
from tests.embedded.site import ROOT, Site, until

pytestmark = pytest.mark.xdist_group("up")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("a folder with a space")
    for part in (folder, *folder.parents):
        if part.owner() == Path.home().owner() and "pytest" in part.name:
            part.chmod(0o755)
    running = Site(folder / "var").start()
    yield running
    if running.process and running.process.poll() is None:
        running.stop()


def test_it_works(site: Site) -> None:
    assert site.is_up()
    assert until(lambda: f"is ready: http://localhost:{site.port}" in site.said(), 5)
    assert "the confirmation code is shown on the page" in site.said()


def test_the_site_connects_as_a_plain_role_and_the_doctor_is_content(site: Site) -> None:
    assert site.manage("doctor").strip() == "Everything looks right."


def test_a_second_one_in_the_same_folder_is_told_so(site: Site) -> None:
    second = Site(site.var)
    with pytest.raises(AssertionError, match="running already"):
        second.start()
    assert site.is_up()


def test_a_port_in_use_is_a_sentence(site: Site, tmp_path: Path) -> None:
    other = Site(tmp_path / "var", PORT=str(site.port))
    said = subprocess.run(
        [sys.executable, "manage.py", "up"], cwd=ROOT, env=other.env, capture_output=True, text=True, check=False
    )
    assert said.returncode == 1
    assert f"Port {site.port} is in use" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "nonsense", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing", "DATABASE_URL names does not answer"),
        ("REDIS_URL", "amqp://x", "REDIS_URL cannot be read"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "REDIS_URL names does not answer"),
        ("DEV", "perhaps", "DEV is “perhaps”"),
        ("ALLOWED_HOSTS", "toandfro.example", "DEV=1 shows confirmation codes"),
    ],
)
def test_a_wrong_value_is_named_in_one_sentence(tmp_path: Path, name: str, value: str, words: str) -> None:
    tmp_path.chmod(0o755)
    site = Site(tmp_path / "var", **{name: value})
    said = subprocess.run(
        [sys.executable, "manage.py", "up"], cwd=ROOT, env=site.env, capture_output=True, text=True, check=False
    )
    assert said.returncode == 1
    assert words in said.stderr
    assert "Traceback" not in said.stderr
    assert not site.processes()


def test_services_that_are_named_are_used_and_none_is_started(site: Site, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    named = {"DATABASE_URL": places.database_url(site.var), "REDIS_URL": places.redis_url(site.var)}
    other = Site(tmp_path / "var", **named).start()
    running = " ".join(other.processes().values())
    other.stop()
    assert "granian" in running
    assert "postgres -D" not in running
    assert "valkey-server" not in running
    assert site.is_up()


CELERY = "celery -A attachment_app"
PARTS = ["granian", f"{CELERY} worker", f"{CELERY} beat", "valkey-server", "postgres -D", "guard.py"]


@pytest.mark.parametrize("words", PARTS)
def test_a_part_that_is_killed_comes_back(site: Site, words: str) -> None:
    before = site.named(words)
    os.kill(before[0], signal.SIGKILL)
    assert until(lambda: set(site.named(words)) - set(before), 8), f"{words} did not come back:\n{site.said()}"
    assert until(site.is_up, 8), site.said()
    assert until(lambda: not set(site.named(words)) & set(before[:1]), 5)


def test_a_worker_of_the_web_server_that_is_killed_comes_back(site: Site) -> None:
    before = site.named("granian")
    os.kill(before[-1], signal.SIGKILL)
    assert until(lambda: len(site.named("granian")) == len(before), 8)
    assert until(site.is_up, 5)


def test_ctrl_c_stops_everything_and_the_data_stays(site: Site) -> None:
    site.sql("CREATE TABLE yesterday AS SELECT 1")
    began = time.monotonic()
    assert site.stop() == 0
    assert time.monotonic() - began < 10
    assert until(lambda: not site.processes(), 1), site.processes()
    began = time.monotonic()
    site.start()
    assert time.monotonic() - began < 8 * 3  # eight seconds where nothing else runs; the tests share the machine
    site.sql("DROP TABLE yesterday")


def test_a_killed_supervisor_leaves_no_orphan_and_the_next_start_recovers(site: Site) -> None:
    assert site.process
    site.process.kill()
    site.process.wait()
    assert until(lambda: not site.processes(), 5), site.processes()
    site.start()
    assert site.is_up()


def test_when_make_is_killed_the_site_stops(site: Site, tmp_path: Path) -> None:
    site.stop()
    shell = f"UP_WITH_PARENT=1 {sys.executable} manage.py up >'{site.log}' 2>&1; true"
    parent = subprocess.Popen(["sh", "-c", shell], cwd=ROOT, env=site.env)
    assert until(site.is_up, 30), site.said()
    parent.kill()
    parent.wait()
    assert until(lambda: not site.processes(), 12), site.processes()
    # Asked at once: a port that is free again may be anybody's a moment later.
    assert not site.is_up()
