"""What the articles are held to before they are served: how they read, which boxes they carry, what they cover.

Development and the checks call it; the running site does not (see `loader` for what a load refuses).
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from . import prose, safety
from .due import due_articles
from .loader import CONTENT, TEXTS, Draft, read, read_claims, read_sources, split
from .models import Topic

MEDIAN_GRADE, HIGHEST_GRADE = 8, 10  # Flesch–Kincaid, in school years
FEWEST = 24  # articles
IDEAS = set(range(1, 31))  # the rows of the fact sheet
ALSO = {"adopted-early", "culture", "attachment-parenting", "no-promise", "naming"}

# Words that sort children into kinds. They stand where the research is explained, and nowhere else.
_KINDS = re.compile(r"\b(insecure\w*|avoidant|ambivalent|disorgani[sz]ed|securely attached)\b", re.IGNORECASE)
EXPLAINS_KINDS = {"how-we-know", "glossary", "what-attachment-is-not"}

# A box's words, sealed. Another seal means that a box was edited: have the words checked, then set it here.
SEALS = {
    "illness": "4c0647af6fff61f9",
    "break": "740f7575b80e3f6a",
    "choices": "1ebadf6ab7a3a541",
    "sleep": "a3ea5d19ceb496b3",
    "feeding": "e3ae527cc6c87a52",
    "bath": "d86600e77be8ae90",
    "loss": "e53d99f55085129e",
}


@dataclass(frozen=True)
class Rule:
    """An article that is about something carries the boxes that concern it.

    It is about it where the words stand in what a reader sees first (title, subtitle, main message, act, heading) or
    come `often` in all.
    """

    boxes: tuple[str, ...]
    words: re.Pattern[str]
    often: int


def _rule(boxes: str, words: str, often: int) -> Rule:
    return Rule(tuple(boxes.split()), re.compile(rf"\b(?:{words})\b", re.IGNORECASE), often)


RULES = (
    _rule("sleep", r"co-?sleep\w*|bed-?sharing|(?:shar\w+|same) (?:a |the |your )?(?:bed|sofa)", 1),
    _rule("sleep", r"a?sleep\w*|naps?|bedtimes?", 3),
    _rule("illness break", r"cry|cries|cried|crying|colic\w*", 3),
    _rule("feeding", r"feed\w*|fed|breastfe\w*|bottles?|solids|spoons?|meals?|hungry|hunger|milk", 3),
    _rule("bath", r"baths?|bathing|bathtub", 1),
    _rule("loss", r"loss|bereave\w*|miscarr\w*|stillb\w*|grie[fv]\w*|died", 3),
    _rule(
        "choices",
        r"depress\w*|anxi\w+|ang(?:er|ry)|rage|overwhelm\w*|too much|childhoods?|despair\w*|therap\w+|frightening",
        3,
    ),
)
# What is said may bring a box as well, however little else is said of it.
BOXES_OF_CLAIMS = {
    "many-ways-to-be-close": {"sleep"},
    "safe-place-to-sleep": {"sleep"},
    "calm-is-not-a-test": {"break"},
    "take-a-break": {"break"},
    "crying-grows-and-eases": {"illness", "break"},
    "some-crying-resists": {"illness", "break"},
    "colic-is-a-word": {"illness", "break"},
    "chest-and-back": {"illness"},
    "hungry-and-full-young": {"feeding"},
    "hungry-and-full-older": {"feeding"},
    "how-common-it-is": {"choices"},
    "ghosts-and-angels": {"choices"},
    "therapy-can-help": {"choices"},
    "thoughts-can-be-treated": {"choices"},
}
BOXES_OF_TOPICS = {Topic.YOU: {"choices"}, Topic.CRYING: {"choices", "illness", "break"}}


@dataclass(frozen=True)
class Report:
    complaints: list[str]
    warnings: list[str]
    grades: dict[str, float]  # by slug

    @property
    def summary(self) -> str:
        grades = self.grades.values()
        return (
            f"{len(grades)} articles are in order. "
            f"Reading grade: {median(grades):.1f} in the middle, {max(grades):.1f} at most."
        )


def inspect(today: date, folder: Path = CONTENT) -> Report:
    """All that is wrong with the articles of a folder, and what is soon to be. Raises LoadError like `read`."""
    drafts = read(folder)
    claims = read_claims(folder)
    bodies = {draft.slug: _body(folder / f"{draft.slug}.md") for draft in drafts}
    grades = {draft.slug: grade(_plain(draft, bodies[draft.slug])) for draft in drafts}
    complaints = [
        *_reading(grades),
        *(f"{draft.slug}.md: {reason}" for draft in drafts for reason in _boxes_missing(draft, bodies[draft.slug])),
        *(f"{draft.slug}.md: {reason}" for draft in drafts for reason in _kinds(draft, bodies[draft.slug])),
        *_coverage(drafts, claims),
        *_loose_ends(drafts, claims, read_sources(folder)),
        *_cues_without_article(folder, drafts, bodies),
        *_edited_boxes(),
    ]
    if len(drafts) < FEWEST:
        complaints.append(f"{len(drafts)} articles; {FEWEST} are the fewest.")
    return Report(complaints, due_articles(drafts, today), grades)


def grade(text: str) -> float:
    """The Flesch–Kincaid grade of plain text. Raises ImportError without textstat, a tool of development."""
    import textstat

    return float(textstat.flesch_kincaid_grade(text))


def _body(path: Path) -> str:
    _head, body, _line = split(path, path.read_text())
    return body


def _plain(draft: Draft, body: str) -> str:
    """What a reader reads, without markup; a heading ends like a sentence."""
    lines = [draft.main, draft.try_today, *draft.not_mean, *body.splitlines()]
    said = (re.sub(r"^(#+|-|\d+\.)\s+", "", prose.plain(line)).strip() for line in lines)
    return "\n".join(line if line.endswith((".", "!", "?", ":", "”")) else f"{line}." for line in said if line)


def _reading(grades: dict[str, float]) -> Iterator[str]:
    for slug, found in grades.items():
        if found > HIGHEST_GRADE:
            yield f"{slug}.md: a reading grade of {found:.1f}; {HIGHEST_GRADE} is the most."
    if median(grades.values()) > MEDIAN_GRADE:
        yield f"The articles read at grade {median(grades.values()):.1f} in the middle; {MEDIAN_GRADE} is the most."


def _boxes_missing(draft: Draft, body: str) -> Iterator[str]:
    headings = [line for line in body.splitlines() if line.startswith("#")]
    first = " ".join([*(str(getattr(draft, name)) for name in TEXTS), *headings])
    whole = " ".join([*(str(getattr(draft, name)) for name in TEXTS), *draft.not_mean, body])
    for box in sorted(BOXES_OF_TOPICS.get(Topic(draft.topic), set()) - set(draft.safety)):
        yield f"an article on “{draft.topic}” carries the box “{box}”."
    for name in sorted(_cited([draft])):
        for box in sorted(BOXES_OF_CLAIMS.get(name, set()) - set(draft.safety)):
            yield f"it cites “{name}” and carries no box “{box}”."
    for rule in RULES:
        found = rule.words.search(first)
        often = rule.words.findall(whole)
        if not found and len(often) < rule.often:
            continue
        for box in sorted(set(rule.boxes) - set(draft.safety)):
            yield f"it speaks of “{found[0] if found else often[0]}” and carries no box “{box}”."


def _kinds(draft: Draft, body: str) -> Iterator[str]:
    whole = " ".join([*(str(getattr(draft, name)) for name in TEXTS), *draft.not_mean, body])
    if draft.slug not in EXPLAINS_KINDS:
        for word in _KINDS.findall(whole):
            yield f"“{word}” sorts children; it stands where the research is explained, and nowhere else."


def _cited(drafts: list[Draft]) -> set[str]:
    return {part["claim"]["id"] for draft in drafts for part in draft.parts if "claim" in part}


def _coverage(drafts: list[Draft], claims: dict[str, Any]) -> Iterator[str]:
    cited = _cited(drafts)
    covered = {fact for name in cited for fact in claims[name]["facts"]}
    for fact in sorted((IDEAS | ALSO) - covered, key=str):
        yield f"No article cites a claim for “{fact}” of the fact sheet."
    for claim in claims.values():
        for fact in set(claim["facts"]) - IDEAS - ALSO:
            yield f"claims.yaml: “{claim['id']}” covers “{fact}”, which is not in the fact sheet."


def _loose_ends(drafts: list[Draft], claims: dict[str, Any], sources: dict[str, Any]) -> Iterator[str]:
    for name in sorted(set(claims) - _cited(drafts)):
        yield f"claims.yaml: “{name}” is cited nowhere."
    for name in sorted(set(sources) - {source for claim in claims.values() for source in claim["sources"]}):
        yield f"sources.yaml: “{name}” is named by no claim."
    for claim in claims.values():
        for _line, reason in prose.complaints(f"{claim['wording']}\n{claim['caveat']}"):
            yield f"claims.yaml: “{claim['id']}”: {reason}."


def _cues_without_article(folder: Path, drafts: list[Draft], bodies: dict[str, str]) -> Iterator[str]:
    """Every row of the cue table stands, whole, in the article that it names."""
    slugs = {draft.slug for draft in drafts}
    for row in yaml.safe_load((folder / "cue_rows.yaml").read_text()):
        if row["article"] not in slugs:
            yield f"cue_rows.yaml: there is no article “{row['article']}”."
            continue
        body = " ".join(bodies[row["article"]].lower().split())
        for words in row["words"]:
            if words.lower() not in body:
                yield f"{row['article']}.md: “{words}” of the cues “{row['id']}” is not there."


def seal(box_id: str) -> str:
    said = json.dumps(asdict(safety.boxes()[box_id]), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _edited_boxes() -> Iterator[str]:
    for name in sorted(set(safety.boxes()) | set(SEALS)):
        if name not in safety.boxes():
            yield f"safety.yaml: the box “{name}” is gone."
        elif SEALS.get(name) != seal(name):
            yield f"safety.yaml: the words of “{name}” were edited; have them checked, then seal {seal(name)}."
