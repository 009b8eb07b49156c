"""Preparing the database: everything from nothing, twice harmless, and a broken article keeps nobody out."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from attachment_app.accounts.models import DataKey
from attachment_app.lib.sealing import Ring, new_key
from guidance import loader
from guidance.models import Article
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(loader.CONTENT, tmp_path / "content"))
    (folder / "reading-cues.md").write_text("nothing")
    return folder


def test_it_works_twice(client: Client) -> None:
    for _again in range(2):
        call_command("prepare")
    assert Article.objects.published().count() == len(loader.read())
    assert client.get("/up").status_code == 200


def test_a_broken_article_is_said_and_the_old_one_stays(
    broken: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    call_command("prepare")
    monkeypatch.setattr(loader.load, "__defaults__", (broken,))
    call_command("prepare")
    assert "reading-cues.md, line 1" in capsys.readouterr().err
    assert client.get("/guidance/reading-cues/").status_code == 200


def test_with_nothing_to_serve_it_fails(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader.load, "__defaults__", (broken,))
    with pytest.raises(CommandError, match=r"reading-cues\.md, line 1"):
        call_command("prepare")


def test_a_wrong_key_for_notes_stops_the_start_with_one_sentence(settings: Any) -> None:
    call_command("prepare")
    DataKey.objects.make(person_id=World().ana.pk)
    settings.NOTES_RING = Ring((new_key(),))
    with pytest.raises(CommandError, match="NOTES_KEY is not the key that notes were sealed with") as error:
        call_command("prepare")
    assert "\n" not in str(error.value)
