"""The texts of gentle reminders, as they stand in journal/content/ideas.yaml."""

import re
from datetime import date
from statistics import median

import pytest

from attachment_app.accounts.models import Child
from guidance import prose
from guidance.gate import grade
from guidance.loader import CONTENT
from guidance.safety import boxes
from journal.ideas import LONGEST_BODY, LONGEST_TITLE, Ages, Idea, ideas, months_of, suggested, texts, texts_to_try

FEWEST = 40
IN_A_FORTNIGHT = 14  # messages at seven a week, none of which says again what another said
# Months of age at the start, the middle and the end of every stage that the guidance knows; None: before birth.
STAGES = {
    "before birth": [None], "0-3": [0, 1, 2], "3-6": [3, 4, 5], "6-12": [6, 8, 11],
    "12-24": [12, 17, 23], "24-36": [24, 29, 35], "later": [36, 60],
}  # fmt: skip
TODAY = date(2026, 11, 24)
HIGHEST, MIDDLE = 8, 5  # Flesch–Kincaid, in school years; articles may have 10 and 8
# What a text may not do, whatever its words: promise an outcome, count, press.
PRESSES = re.compile(
    r"\b(will (?:help|make|calm|sleep|settle)|secure\w*|guarantee\w*|must|need to|have to remember|every day|streak|"
    r"goal|target|score|well done|try harder|good parent|bad)\b",
    re.IGNORECASE,
)


def fitting(months: int | None) -> list[Idea]:
    return [idea for idea in ideas().values() if idea.ages.fit(months)]


def test_it_works() -> None:
    first = texts_to_try("gaze", 2, turn=0)[0]
    assert texts()[first].idea == "gaze"
    assert len(texts()) >= FEWEST


def test_each_is_said_once() -> None:
    all_of_them = [text for idea in ideas().values() for text in idea.texts]
    for said in ("id", "title", "body"):
        words = [getattr(text, said).lower() for text in all_of_them]
        assert len(set(words)) == len(words), said
    assert not {text.id for text in all_of_them} & {"closing", *ideas()}
    assert all(len(text.id) <= 40 and re.fullmatch(r"[a-z-]+", text.id) for text in all_of_them)


@pytest.mark.parametrize("text", texts().values(), ids=lambda text: text.id)
def test_a_text_is_short_plain_and_kind(text: object) -> None:
    assert len(text.title) <= LONGEST_TITLE
    assert len(text.body) <= LONGEST_BODY
    assert not list(prose.complaints(f"{text.title}.\n{text.advice}"))
    assert not PRESSES.search(f"{text.title}. {text.advice}")
    assert not re.search(r"\d|!|[<>\[\]]", text.body)
    assert grade(f"{text.title}. {text.advice}") <= HIGHEST
    assert (CONTENT / f"{text.article}.md").exists()


def test_they_read_easily() -> None:
    assert median(grade(f"{text.title}. {text.advice}") for text in texts().values()) <= MIDDLE


def test_what_is_about_the_bath_says_the_boxs_words_and_no_other_text_uses_words_of_its_own() -> None:
    for text in texts().values():
        words = f"{text.title} {text.advice}".lower()
        if re.search(r"\bbath", words):
            assert text.body.endswith(boxes()["bath"].strong), text.id
        else:
            assert text.body == text.advice or text.idea == "bath"


def test_no_text_repeats_a_phrase_of_an_article() -> None:
    said = " ".join(prose.plain(path.read_text()).lower() for path in CONTENT.glob("*.md"))
    said = " ".join(re.findall(r"[\w’]+", said))
    for text in texts().values():
        if text.id in ("guess-closer", "you-cot"):
            continue  # an example of a guess, and words of safety: the same ones on purpose
        found = re.findall(r"[\w’]+", text.advice.lower())
        for start in range(len(found) - 6):
            assert " ".join(found[start : start + 7]) not in said, (text.id, found[start : start + 7])


@pytest.mark.parametrize(("stage", "months"), [(stage, months) for stage, some in STAGES.items() for months in some])
def test_every_age_has_enough_to_never_repeat_within_a_fortnight(stage: str, months: int | None) -> None:
    fit = [text for text in texts().values() if text.ages.fit(months)]
    for idea in fitting(months):
        order = texts_to_try(idea.id, months, turn=3)
        before = {text.id for text in ideas()["to-come"].texts} if idea.id != "to-come" else set()
        assert set(order) == {text.id for text in fit} - before
        assert len(order) > IN_A_FORTNIGHT, stage
        assert len(set(order)) == len(order)
        assert all(texts()[one].ages.fit(months) for one in order)
        if stage not in ("before birth", "later"):
            # Kindred ideas alone are enough: somebody who asked about play is not told to ring a friend instead.
            kindred = [one for one in order if ideas()[texts()[one].idea].kin == idea.kin]
            assert len(kindred) > IN_A_FORTNIGHT, (idea.id, months)
            assert order[: len(kindred)] == kindred


def test_the_ideas_own_texts_come_first_and_the_turn_moves_them() -> None:
    seen = [texts_to_try("copy-sound", 7, turn) for turn in range(8)]
    own = [text.id for text in ideas()["copy-sound"].texts if text.ages.fit(7)]
    assert [order[0] for order in seen] == [own[turn % len(own)] for turn in range(8)]
    assert all(set(order[: len(own)]) == set(own) for order in seen)
    assert texts_to_try("copy-sound", 7, 5) == texts_to_try("copy-sound", 7, 5)


def test_an_idea_that_is_gone_still_has_texts() -> None:
    assert texts_to_try("an-idea-of-long-ago", 4, 0)


def pip(**fields: object) -> Child:
    return Child(**{"birth_month": date(2026, 8, 1), "state": "with_us", **fields})


def names(child: Child | None, slug: str = "") -> list[str]:
    return [idea.id for idea in suggested(child, TODAY, slug)]


def test_suggestions_fit_the_age_and_begin_with_what_is_being_read() -> None:
    assert names(pip(), "bath-and-nappy")[:2] == ["bath", "nappy"]
    assert "out-and-back" not in names(pip())
    assert "out-and-back" in names(pip(birth_month=date(2025, 1, 1)))
    assert "to-come" not in names(pip(birth_month=date(2026, 11, 1)))
    assert names(pip(), "no-such-article") == names(pip())


def test_before_birth_and_of_an_unknown_age() -> None:
    expected, born = pip(birth_month=None, state="expected"), pip(birth_month=None)
    assert {"to-come", "break", "ring"} <= set(names(expected)) and "gaze" not in names(expected)
    # Born, and no month known: nothing is said of a baby to come, in a suggestion or in another idea's place.
    assert set(names(born)) == {"break", "warm-drink", "ring", "how-are-you"}
    assert not {text.id for text in ideas()["to-come"].texts} & set(texts_to_try("ring", None, 0))


def test_an_early_babys_age_counts_from_the_due_date() -> None:
    assert months_of(pip(birth_month=date(2026, 6, 1), due_date=date(2026, 9, 20)), TODAY) == 2
    assert months_of(pip(due_date=date(2026, 7, 20)), TODAY) == 3
    assert months_of(pip(birth_month=date(2026, 12, 1)), TODAY) == 0  # said a few days too early
    assert months_of(pip(state="lost"), TODAY) is None


@pytest.mark.parametrize(
    ("ages", "months", "fits"),
    [
        (Ages(0, 12), 0, True), (Ages(0, 12), 11, True), (Ages(0, 12), 12, False), (Ages(8), 7, False),
        (Ages(8), 90, True), (Ages(0, 12), None, False), (Ages(of_none=True), None, True),
        (Ages(of_none=True), 5, True),
    ],
)  # fmt: skip
def test_ages(ages: Ages, months: int | None, fits: bool) -> None:
    assert ages.fit(months) is fits
