"""The site's small ideas for gentle reminders: what a reminder may be about, and the texts that may come of it.

Read from content/ideas.yaml, without a database. An idea fits an age in whole months; None is an age that is not there
or not known (before birth, no month of birth), for which the texts fit that speak of no age.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from attachment_app.accounts.models import Child
from attachment_app.lib import ages
from guidance.safety import boxes

FILE = Path(__file__).with_name("content") / "ideas.yaml"
LONGEST_TITLE, LONGEST_BODY = 60, 200  # characters
BEFORE = "before"  # in the file: an age that fits before birth alone


@dataclass(frozen=True)
class Ages:
    """Months of age from `since` to below `until` (None: no end); `of_none`: also where there is no age."""

    since: int = 0
    until: int | None = None
    of_none: bool = False

    def fit(self, months: int | None) -> bool:
        if months is None:
            return self.of_none
        return self.since <= months and (self.until is None or months < self.until)


@dataclass(frozen=True)
class Text:
    """What one message says. `body` ends with the words of a safety box where it is about what the box is about."""

    id: str
    idea: str
    title: str
    body: str
    ages: Ages
    article: str
    advice: str  # the body without the box's words, which are held to the box


@dataclass(frozen=True)
class Idea:
    """What a reminder is about. `kin`: ideas of the same kin stand in for each other once one has run dry."""

    id: str
    name: str
    kin: str
    kind: str  # of which colour it is, as in static/css
    icon: str
    ages: Ages
    article: str
    texts: tuple[Text, ...]

    @property
    def articles(self) -> set[str]:
        return {self.article, *(text.article for text in self.texts)}

    @property
    def is_of_before(self) -> bool:
        """Whether it is about a baby who is not born yet."""
        return self.ages.until == 0


@cache
def ideas() -> dict[str, Idea]:
    """Every idea by its id, in the file's order, read once a process. Raises KeyError where the file is malformed."""
    return {said["id"]: _idea(said) for said in yaml.safe_load(FILE.read_text())}


@cache
def texts() -> dict[str, Text]:
    return {text.id: text for idea in ideas().values() for text in idea.texts}


def months_of(child: Child, today: date) -> int | None:
    """A child's age for the ideas, early babies from the due date; None before birth and where the site knows none."""
    if not child.is_with_us or not child.birth_month:
        return None
    return max(0, ages.months(max(child.birth_month, child.due_date or child.birth_month), today))


def articles_with_ideas(request: object = None) -> set[str]:
    """Slugs of the articles of which a small reminder can be made."""
    return {slug for idea in ideas().values() for slug in idea.articles}


def suggested(child: Child | None, today: date, slug: str = "") -> list[Idea]:
    """Ideas for a reminder about this child: first those that lead to the article `slug`, then in the file's order."""
    months = months_of(child, today) if child else None
    found = [idea for idea in ideas().values() if idea.ages.fit(months)]
    if child and child.is_with_us:  # of whom no month is known, then
        found = [idea for idea in found if not idea.is_of_before]
    return sorted(found, key=lambda idea: (slug != idea.article, slug not in idea.articles))


def texts_to_try(idea_id: str, months: int | None, turn: int) -> list[str]:
    """Ids of the texts that fit, in the order to try: those of the idea, of its kin, all others.

    `turn` says where in each of the three to begin, so that two reminders and two days differ, and the same
    occurrence is always the same.
    """
    idea = ideas().get(idea_id)
    fit = [text for text in texts().values() if text.ages.fit(months)]
    own = [text.id for text in fit if idea and text.idea == idea.id]
    # “Not born” and “of an age that nobody knows” look the same here: a baby to come has to be asked for.
    others = [text for text in fit if text.id not in own and not ideas()[text.idea].is_of_before]
    kin = [text.id for text in others if idea and ideas()[text.idea].kin == idea.kin]
    rest = [text.id for text in others if text.id not in kin]
    return [*_from(own, turn), *_from(kin, turn), *_from(rest, turn)]


def _from(found: list[str], turn: int) -> list[str]:
    start = turn % len(found) if found else 0
    return found[start:] + found[:start]


def _idea(said: dict[str, Any]) -> Idea:
    fits = _ages(said["fits"])
    return Idea(
        id=said["id"],
        name=said["name"],
        kin=said["kin"],
        kind=said["kind"],
        icon=said["icon"],
        ages=fits,
        article=said["article"],
        texts=tuple(_texts(said, fits)),
    )


def _texts(idea: dict[str, Any], fits: Ages) -> Iterator[Text]:
    for said in idea["texts"]:
        safety = boxes()[said["box"]].strong if "box" in said else ""
        yield Text(
            id=said["id"],
            idea=idea["id"],
            title=said["title"],
            body=f"{said['body']} {safety}".strip(),
            ages=_ages(said["fits"]) if "fits" in said else fits,
            article=said.get("article", idea["article"]),
            advice=said["body"],
        )


def _ages(fits: list[int | str]) -> Ages:
    if fits == [BEFORE]:
        return Ages(until=0, of_none=True)
    if not fits:
        return Ages(of_none=True)
    return Ages(since=int(fits[0]), until=int(fits[1]) if len(fits) > 1 else None)
