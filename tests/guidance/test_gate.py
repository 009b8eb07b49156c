"""The gate on the articles: it passes what stands in guidance/content, and each of its rules bites."""

import re
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guidance import gate, loader, safety
from guidance.gate import BOXES_OF_CLAIMS, HIGHEST_GRADE, MEDIAN_GRADE, RULES, Report, grade, inspect
from guidance.loader import CONTENT, LoadError, read, read_claims
from guidance.models import Topic

TODAY = date(2026, 11, 24)
Edit = Callable[[str, str, str], None]
LONG_WORDS = (
    "Approximately satisfactory developmental considerations necessitate extraordinary interdisciplinary cooperation."
)

SLUGS = {
    "holding-environment", "reading-cues", "how-the-bond-grows", "back-and-forth", "hungry-or-full", "tired-signs",
    "wants-to-play-or-needs-a-pause", "warm-cold-uncomfortable", "finding-it-together", "feeding-times",
    "bath-and-nappy", "bedtime", "crying-in-the-first-months", "when-it-is-too-much", "anger-and-repair",
    "your-state-of-mind", "your-own-childhood", "getting-help", "parent-groups", "secure-base",
    "parting-and-coming-back", "sleep-and-feeding-choices", "later-life", "what-attachment-is-not",
    "different-families", "fathers-and-partners", "adoption-and-foster-care", "after-a-loss", "early-babies",
    "glossary", "how-we-know",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture
def edit(folder: Path) -> Edit:
    def change(name: str, old: str, new: str) -> None:
        path = folder / name
        assert old in path.read_text(), f"{old} is not in {name}"
        path.write_text(path.read_text().replace(old, new))

    return change


@pytest.fixture(scope="module")
def report() -> Report:
    return inspect(TODAY)


def test_it_works(report: Report) -> None:
    assert report.complaints == []
    assert report.warnings == []


def test_the_articles_are_those_that_were_promised() -> None:
    assert {draft.slug for draft in read()} == SLUGS
    assert len(SLUGS) >= gate.FEWEST


def test_every_topic_has_articles_and_every_stage_too() -> None:
    drafts = read()
    assert {draft.topic for draft in drafts} == set(Topic.values)
    assert all(draft.stages for draft in drafts)


def test_the_grades_are_low(report: Report) -> None:
    assert max(report.grades.values()) <= HIGHEST_GRADE
    assert sorted(report.grades.values())[len(report.grades) // 2] <= MEDIAN_GRADE
    assert "Reading grade:" in report.summary


def test_the_grade_tells_plain_from_heavy() -> None:
    assert grade("You lift your baby slowly. It is warm today. They look at you.") < 4
    assert grade(LONG_WORDS) > 12


def test_a_heavy_article_is_named(folder: Path, edit: Edit) -> None:
    edit("secure-base.md", "## Two halves of one thing", f"{(LONG_WORDS + ' ') * 36}\n\n## Two halves of one thing")
    edit("secure-base.md", "You need not get up.", "")
    complaints = inspect(TODAY, folder).complaints
    assert [
        line for line in complaints if re.match(r"secure-base\.md: a reading grade of \d\d\.\d; 10 is the most", line)
    ]


def test_heavy_articles_raise_the_middle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "grade", lambda text: 9.0)
    assert inspect(TODAY, folder).complaints == ["The articles read at grade 9.0 in the middle; 8 is the most."]


BOXES = [
    ("sleep-and-feeding-choices.md", "[sleep, feeding]", "[feeding]", "sleep"),
    ("sleep-and-feeding-choices.md", "[sleep, feeding]", "[sleep]", "feeding"),
    ("tired-signs.md", "[sleep]", "[]", "sleep"),
    ("early-babies.md", "[sleep, choices]", "[choices]", "sleep"),
    ("crying-in-the-first-months.md", "[illness, break, choices]", "[break, choices]", "illness"),
    ("crying-in-the-first-months.md", "[illness, break, choices]", "[illness, choices]", "break"),
    ("crying-in-the-first-months.md", "[illness, break, choices]", "[illness, break]", "choices"),
    ("when-it-is-too-much.md", "[break, choices, illness]", "[break, illness]", "choices"),
    ("warm-cold-uncomfortable.md", "[illness, break, sleep]", "[sleep]", "illness"),
    ("feeding-times.md", "[feeding, sleep]", "[sleep]", "feeding"),
    ("hungry-or-full.md", "[feeding, illness, break]", "[illness, break]", "feeding"),
    ("bath-and-nappy.md", "[bath]", "[]", "bath"),
    ("after-a-loss.md", "[loss, choices]", "[choices]", "loss"),
    ("your-state-of-mind.md", "[choices, break]", "[break]", "choices"),
    ("anger-and-repair.md", "[choices, break]", "[break]", "choices"),
    ("your-own-childhood.md", "[choices]", "[]", "choices"),
    ("getting-help.md", "[choices, break]", "[break]", "choices"),
    ("parent-groups.md", "[choices]", "[]", "choices"),
]


@pytest.mark.parametrize(("name", "old", "new", "box"), BOXES)
def test_an_article_without_its_box_is_refused(
    folder: Path, edit: Edit, name: str, old: str, new: str, box: str
) -> None:
    edit(name, f"safety: {old}", f"safety: {new}")
    assert any(line.startswith(f"{name}: ") and f"“{box}”" in line for line in inspect(TODAY, folder).complaints)


@pytest.mark.parametrize(
    ("words", "boxes"),
    [
        ("One family is bed-sharing.", {"sleep"}),
        ("They share a bed.", {"sleep"}),
        ("In the bath there is a duck.", {"bath"}),
        ("They cry. They cry. They cry.", {"illness", "break"}),
        ("A bottle, a spoon, and milk.", {"feeding"}),
        ("Grief, loss and grieving.", {"loss"}),
        ("So angry, so anxious, so depressed.", {"choices"}),
        ("## When they cry", {"illness", "break"}),
        ("## Asleep at last", {"sleep"}),
    ],
)
def test_words_bring_their_boxes(folder: Path, edit: Edit, words: str, boxes: set[str]) -> None:
    edit("secure-base.md", "## Two halves of one thing", f"{words}\n\n## Two halves of one thing")
    complaints = [line for line in inspect(TODAY, folder).complaints if line.startswith("secure-base.md")]
    assert {box for box in safety.boxes() for line in complaints if f"no box “{box}”" in line} == boxes


@pytest.mark.parametrize("claim", sorted(BOXES_OF_CLAIMS))
def test_a_claim_brings_its_boxes(folder: Path, edit: Edit, claim: str) -> None:
    edit("secure-base.md", "## Two halves of one thing", f"[[claim:{claim}]]\n\n## Two halves of one thing")
    complaints = inspect(TODAY, folder).complaints
    wanted = [
        f"secure-base.md: it cites “{claim}” and carries no box “{box}”." for box in sorted(BOXES_OF_CLAIMS[claim])
    ]
    assert complaints == wanted


def test_the_rules_name_boxes_and_claims_that_exist() -> None:
    assert {box for rule in RULES for box in rule.boxes} == set(safety.boxes())
    assert {box for boxes in BOXES_OF_CLAIMS.values() for box in boxes} <= set(safety.boxes())
    assert set(BOXES_OF_CLAIMS) <= set(read_claims())


def test_an_idea_that_nobody_cites_is_named(folder: Path, edit: Edit) -> None:
    edit("claims.yaml", "facts: [24]", "facts: []")
    assert inspect(TODAY, folder).complaints == ["No article cites a claim for “24” of the fact sheet."]


@pytest.mark.parametrize("fact", [*range(1, 31), *sorted(gate.ALSO)])
def test_every_idea_is_cited_in_an_article(fact: int | str) -> None:
    claims = read_claims()
    cited = {part["claim"]["id"] for draft in read() for part in draft.parts if "claim" in part}
    assert [name for name in cited if fact in claims[name]["facts"]]


def test_an_idea_that_is_no_idea_is_named(folder: Path, edit: Edit) -> None:
    edit("claims.yaml", "facts: [24]", "facts: [24, 31]")
    complaints = inspect(TODAY, folder).complaints
    assert complaints == ["claims.yaml: “groups-for-a-while” covers “31”, which is not in the fact sheet."]


def test_a_claim_cited_nowhere_is_named(folder: Path, edit: Edit) -> None:
    edit("parent-groups.md", "[[claim:groups-for-a-while]]\n", "")
    assert "claims.yaml: “groups-for-a-while” is cited nowhere." in inspect(TODAY, folder).complaints


def test_a_source_of_no_claim_is_named(folder: Path) -> None:
    path = folder / "sources.yaml"
    path.write_text(f"{path.read_text()}- id: nobody\n  short: Nobody\n  text: Nobody\n")
    assert inspect(TODAY, folder).complaints == ["sources.yaml: “nobody” is named by no claim."]


def test_a_caveat_that_judges_is_named(folder: Path, edit: Edit) -> None:
    edit("claims.yaml", "It is not a target.", "You should aim at it.")
    complaints = inspect(TODAY, folder).complaints
    assert complaints == ["claims.yaml: “out-of-step”: the word “should” is not used in advice."]


def test_a_cue_that_is_lost_is_named(folder: Path, edit: Edit) -> None:
    edit("tired-signs.md", "They may pull at an ear. ", "")
    complaints = inspect(TODAY, folder).complaints
    assert complaints == ["tired-signs.md: “pull at an ear” of the cues “tired, newborn” is not there."]


def test_a_row_of_cues_without_its_article_is_named(folder: Path, edit: Edit) -> None:
    edit("cue_rows.yaml", "article: tired-signs", "article: tired")
    assert set(inspect(TODAY, folder).complaints) == {"cue_rows.yaml: there is no article “tired”."}


def test_a_box_that_was_edited_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gate.SEALS, "bath", "0" * 16)
    monkeypatch.setitem(gate.SEALS, "fire", "0" * 16)
    complaints = inspect(TODAY, folder).complaints
    assert len(complaints) == 2
    assert complaints[0].startswith("safety.yaml: the words of “bath” were edited")
    assert complaints[1] == "safety.yaml: the box “fire” is gone."


@pytest.mark.parametrize(
    "words", ["He is insecure.", "An avoidant girl.", "Disorganised.", "She is securely attached."]
)
def test_a_word_that_sorts_children_is_refused(folder: Path, edit: Edit, words: str) -> None:
    edit("secure-base.md", "## Two halves of one thing", f"{words}\n\n## Two halves of one thing")
    assert any("sorts children" in line for line in inspect(TODAY, folder).complaints)


def test_too_few_articles_are_refused(folder: Path) -> None:
    for path in sorted(folder.glob("*.md")):
        if path.stem not in {"reading-cues", "holding-environment"}:
            path.unlink()
        else:
            path.write_text(re.sub(r"\[([^\]]+)\]\(/guidance/[^)]*\)", r"\1", path.read_text()))
    assert "2 articles; 24 are the fewest." in inspect(TODAY, folder).complaints


def test_a_link_that_leads_nowhere_is_refused(folder: Path, edit: Edit) -> None:
    edit("secure-base.md", "/guidance/parting-and-coming-back/", "/guidance/parting/")
    with pytest.raises(LoadError, match="no article “parting” to link to"):
        inspect(TODAY, folder)


def test_a_review_that_is_due_warns_and_passes(folder: Path, edit: Edit) -> None:
    edit("secure-base.md", "next_review: 2027-09-06", "next_review: 2027-01-02")
    report = inspect(date(2027, 1, 2), folder)
    assert report.complaints == []
    assert report.warnings == ["secure-base.md: “Off to the far end of the room” was due for review on 2 January 2027."]
    assert inspect(date(2027, 1, 1), folder).warnings == []


def test_the_check_names_all_that_is_wrong(folder: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    edit("bath-and-nappy.md", "safety: [bath]", "safety: []")
    edit("claims.yaml", "facts: [24]", "facts: []")
    monkeypatch.setattr(gate.inspect, "__defaults__", (folder,))
    with pytest.raises(CommandError) as raised:
        call_command("articles", "--check")
    assert "bath-and-nappy.md: it speaks of “" in str(raised.value)
    assert "“24” of the fact sheet" in str(raised.value)


def test_the_site_runs_without_textstat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textstat", None)
    assert loader.read()
    with pytest.raises(CommandError, match="needs textstat"):
        call_command("articles", "--check")
