"""Loading articles: a broken one stops the load with file, line and reason, and what is served stays."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from guidance import gate
from guidance.loader import CONTENT, LoadError, load, read
from guidance.models import Article

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def test_it_works(db: None, folder: Path) -> None:
    assert load(NOW, folder) == len(read(folder)) == Article.objects.published().count()


def test_twice_writes_nothing(db: None, folder: Path) -> None:
    load(NOW, folder)
    assert load(NOW, folder) == 0


def test_a_changed_file_changes_its_article_alone(db: None, folder: Path) -> None:
    load(NOW, folder)
    path = folder / "reading-cues.md"
    path.write_text(path.read_text().replace("A language without words", "A language before words"))
    assert load(NOW, folder) == 1


def test_a_changed_claim_changes_the_articles_that_cite_it(db: None, folder: Path) -> None:
    load(NOW, folder)
    path = folder / "claims.yaml"
    path.write_text(path.read_text().replace("It is not a target.", "Nobody aims at it."))
    citing = [file for file in folder.glob("*.md") if "[[claim:out-of-step]]" in file.read_text()]
    assert load(NOW, folder) == len(citing) < len(read(folder))
    assert "Nobody aims at it." in str(Article.objects.get(slug="reading-cues").parts)


def test_a_file_that_is_gone_withdraws_its_article_and_brings_it_back(db: None, folder: Path, client: Client) -> None:
    load(NOW, folder)
    text = (folder / "reading-cues.md").read_text()
    (folder / "reading-cues.md").unlink()
    unlinked = [path for path in folder.glob("*.md") if "/guidance/reading-cues/" in path.read_text()]
    for path in unlinked:
        path.write_text(path.read_text().replace("/guidance/reading-cues/", "/guidance/"))
    assert load(NOW, folder) == 1 + len(unlinked)
    assert client.get("/guidance/reading-cues/").status_code == 404
    (folder / "reading-cues.md").write_text(text)
    load(NOW, folder)
    assert client.get("/guidance/reading-cues/").status_code == 200


BROKEN = [
    ("title: Reading cues, and finding it together\n", "", 1, "no title"),
    ("topic: cues", "topic: cars", 4, "no topic “cars”"),
    ("stages: [0-3,", "stages: [0-99,", 5, "not one of the stages"),
    ("safety: [illness", "safety: [fire", 13, "not one of the safety"),
    ("reviewed: 2026-11-24", "reviewed: last week", 14, "is not a date"),
    ("next_review: 2027-11-24", "next_review: 2025-11-24", 15, "not after the last"),
    ("topic: cues", "topic: [cues", 5, "YAML cannot be read"),
    ("topic: cues", "topic: cues\ncolour: red", 5, "not a field"),
    ("[[claim:out-of-step]]", "[[claim:in-step]]", 0, "no claim “in-step”"),
    ("[[cues]]", "[[pictures]]", 0, "no pictures"),
    ("Long before", "You should know: long before", 0, "should"),
    ("Long before", "<script>alert(1)</script> Long before", 0, "HTML is not used"),
    ("Long before", "[Long](/guidance/nowhere/) before", 0, "no article “nowhere”"),
    ("Long before", "[Long](https://example.org/) before", 0, "leaves the guidance"),
    ("A hand goes to the mouth.", "A hand goes " + "to the mouth and " * 6 + "back.", 0, "words; 20 are the most"),
    ("---\ntitle", "title", 1, "front matter"),
]


@pytest.mark.parametrize(("old", "new", "line", "reason"), BROKEN)
def test_a_broken_article_is_named_and_the_old_one_stays(
    db: None, folder: Path, client: Client, old: str, new: str, line: int, reason: str
) -> None:
    load(NOW, folder)
    before = client.get("/guidance/reading-cues/").content
    path = folder / "reading-cues.md"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(LoadError, match=reason) as raised:
        load(NOW, folder)
    assert raised.value.path.name == "reading-cues.md"
    wanted = line or path.read_text().splitlines().index(next(x for x in path.read_text().splitlines() if new in x)) + 1
    assert raised.value.line == wanted
    assert client.get("/guidance/reading-cues/").content == before


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("claims.yaml", "label: theory", "label: true-ish", "no label"),
        ("claims.yaml", "sources: [kim-2014]", "sources: [kim-1914]", "no source “kim-1914”"),
        ("claims.yaml", "id: out-of-step", "id: cues-overlap", "there twice"),
        ("claims.yaml", "  caveat: It describes ordinary time. It is not a target.\n", "", "no caveat"),
        ("sources.yaml", "id: cdc", "id: [cdc", "YAML cannot be read"),
    ],
)
def test_a_broken_claim_or_source_is_named(folder: Path, file: str, old: str, new: str, reason: str) -> None:
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(LoadError, match=reason) as raised:
        read(folder)
    assert raised.value.path.name == file
    assert raised.value.line >= 1


def test_the_command_checks_without_a_database(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("articles", "--check")
    assert "31 articles are in order." in capsys.readouterr().out


def test_the_command_says_what_is_wrong(db: None, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "reading-cues.md").write_text("nothing")
    monkeypatch.setattr(gate.inspect, "__defaults__", (folder,))
    with pytest.raises(CommandError, match=r"reading-cues\.md, line 1: the file does not start with front matter"):
        call_command("articles", "--check")
