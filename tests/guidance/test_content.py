"""What stands in guidance/content, as it is."""

import re

import pytest

from guidance import prose
from guidance.help_lines import help_lines
from guidance.loader import CONTENT, read
from guidance.models import Label
from guidance.safety import boxes

# Words that may not go from a safety box, whatever else is edited.
FIXED = {
    "illness": [
        "Floppy, or very hard to wake", "Blue or grey", "struggling to breathe", "fit",
        "rash that does not fade under a glass", "Under 1 month old with 38 °C or more",
        "Under 3 months old with 38 °C or more", "3 to 6 months old with 39 °C or more", "under 36 °C",
        "high-pitched, weak, moaning or unlike usual", "less than half of usual", "No wet nappy for 8 hours or more",
        "Green or bloody vomit", "swollen groin or belly", "bulging soft spot", "Pain when they are touched",
        "something is not right", "lips, tongue, gums, palms and soles",
    ],
    "break": [
        "on their back in a clear cot", "within earshot", "about five minutes",
        "At 10 minutes, look in on your baby now",
        "At 15, check again and call someone", "Never shake a baby.", "only if another safe adult has them",
        "if you feel in control; otherwise put your baby down first", "Do not drive to soothe them when you are sleepy",
    ],
    "choices": [
        "I might hurt myself or my baby", "on their back in the cot, and step out", "emergency number or a crisis line",
        "Ask another adult to come now", "My baby has been shaken or hurt", "even if they look fine",
        "Frightening thoughts that I do not want", "they can be treated", "GP, a midwife or a line today",
        "Seeing or hearing things that others do not", "very confused", "in danger from others",
        "wide awake for nights and racing", "this is an emergency", "do not be alone with the baby",
    ],
    "sleep": [
        "On their back, on a firm flat surface, in their own cot, in the same room", "Nothing soft", "head uncovered",
        "Not in a car seat, swing or sling", "Never sleep together on a sofa or armchair", "anyone smokes",
        "alcohol, drugs or drowsy medicine", "before 37 weeks or at 2.5 kg or less", "advises against sharing a bed",
        "a cleared bed is less dangerous than a sofa",
    ],
    "feeding": ["Solids from about 6 months", "No honey under 1 year", "Stay with an eating baby"],
    "bath": ["Never leave a baby alone in the bath."],
    "loss": ["We lost our baby", "No reason is asked", "stops at once", "Other carers are not told automatically"],
}  # fmt: skip


def words_of(box_id: str) -> str:
    box = boxes()[box_id]
    parts = [item for part in box.parts for item in (part.heading, *part.items)]
    return " ".join([box.title, *parts, box.strong, box.after])


@pytest.mark.parametrize(("box_id", "words"), [(box, words) for box, some in FIXED.items() for words in some])
def test_a_safety_box_keeps_its_words(box_id: str, words: str) -> None:
    assert words in words_of(box_id)


def test_every_box_is_held_to_its_words() -> None:
    assert set(boxes()) == set(FIXED)


def test_every_article_is_in_order() -> None:
    drafts = read()
    assert {"holding-environment", "reading-cues"} <= {draft.slug for draft in drafts}
    for draft in drafts:
        claims = [part["claim"] for part in draft.parts if "claim" in part]
        assert claims, draft.slug
        assert all(claim["label"] in Label.values and claim["caveat"] and claim["sources"] for claim in claims)
        assert draft.sources
        assert (draft.next_review - draft.reviewed).days <= 366


def test_no_sentence_stands_in_two_articles() -> None:
    seen: dict[str, str] = {}
    for path in CONTENT.glob("*.md"):
        for sentence in path.read_text().split("---\n", 2)[2].replace("\n", " ").split(". "):
            if len(sentence.split()) > 6:
                assert seen.setdefault(sentence.strip(), path.name) == path.name


def test_no_phrase_of_eight_words_stands_in_two_articles() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for path in CONTENT.glob("*.md"):
        for line in path.read_text().split("---\n", 2)[2].splitlines():
            said = re.findall(r"[\w’]+", prose.plain(line).lower())
            for start in range(len(said) - 7):
                phrase = tuple(said[start : start + 8])
                assert seen.setdefault(phrase, path.name) == path.name, (path.name, phrase)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("You should hold your baby.", "should"),
        ("A perfect day.", "perfect"),
        ("Good job!", "Good job"),
        (" ".join(["word"] * 21) + ".", "21 words"),
    ],
)
def test_prose_that_judges_or_runs_on_is_refused(text: str, reason: str) -> None:
    assert any(reason in complaint for _line, complaint in prose.complaints(text))


def test_prose_that_is_fine_is_left_alone() -> None:
    assert not list(prose.complaints("Shoulders drop. A nevertheless is not a nevertheless: twenty words at the most."))


EXPECTED_LINES = {
    "GB": {"111", "116 123", "0800 448 0737", "text 85258"},
    "US": {"988", "1-833-852-6262"},
    "IE": {"116 123", "text HELLO to 50808", "1800 111 888"},
    "AU": {"1300 726 306", "13 11 14", "text 0477 13 11 14"},
    "CA": {"9-8-8"},
    "NZ": {"1737", "0800 933 922"},
}
EMERGENCY = {"GB": ("999",), "US": ("911",), "IE": ("112", "999"), "AU": ("000",), "CA": ("911",), "NZ": ("111",)}


def test_the_help_lines_are_as_they_were_compared() -> None:
    lines = help_lines()
    assert {country.code: {line.number for line in country.lines} for country in lines.countries} == EXPECTED_LINES
    assert {country.code: country.emergency for country in lines.countries} == EMERGENCY


def test_what_is_dialled_is_what_is_shown() -> None:
    for country in help_lines().countries:
        for line in country.lines:
            digits = "".join(letter for letter in line.number.replace("to 50808", "50808") if letter.isdigit())
            dialled = (line.tel or line.sms).lstrip("1") if country.code == "US" else line.tel or line.sms
            assert digits.lstrip("1") == dialled if country.code == "US" else digits == dialled
