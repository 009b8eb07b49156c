"""Ways to begin a conversation, from one data file: what a facilitator has also where no number can be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from guidance.models import Article

FILE = Path(__file__).with_name("content") / "starters.yaml"
AT_ONCE = 5  # where nothing was chosen: enough for a meeting


@dataclass(frozen=True)
class Starter:
    """`say` is said aloud; `article` and `claim` are what it stands on; `panels` are those that it may follow."""

    id: str
    say: str
    article: str
    claim: str
    stages: tuple[str, ...]
    panels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offered:
    """A starter with its article, as a page shows it."""

    starter: Starter
    article: Article


@cache
def starters() -> tuple[Starter, ...]:
    """The data file, read once a process. Raises KeyError or TypeError where it is malformed."""
    rows = yaml.safe_load(FILE.read_text())
    return tuple(
        Starter(**{**row, "stages": tuple(row["stages"]), "panels": tuple(row.get("panels", ()))}) for row in rows
    )


def offered(articles: dict[str, Article]) -> list[Offered]:
    """Every starter whose article is there; one whose article was withdrawn waits for it."""
    return [Offered(one, articles[one.article]) for one in starters() if one.article in articles]


def choose(found: Sequence[Offered], stage: str, topic: str, today: date) -> list[Offered]:
    """Those for an age and a topic; where nothing is asked for, a few of different topics, others each week."""
    chosen = [
        one for one in found if (not stage or stage in one.starter.stages) and (not topic or one.article.topic == topic)
    ]
    return chosen if stage or topic else _a_few(chosen, today)


def _a_few(found: Sequence[Offered], today: date) -> list[Offered]:
    """One of each topic, beginning further on each week, so that a group that meets weekly hears something new."""
    week = today.toordinal() // 7
    by_topic: dict[str, list[Offered]] = {}
    for one in found:
        by_topic.setdefault(one.article.topic, []).append(one)
    few = [of_topic[week % len(of_topic)] for of_topic in by_topic.values()]
    start = week % max(1, len(few))
    return [*few[start:], *few[:start]][:AT_ONCE]


def after(panel: str, found: Sequence[Offered], today: date) -> Offered | None:
    """One that may follow a panel of a summary; another one each week."""
    fitting = [one for one in found if panel in one.starter.panels]
    return fitting[today.toordinal() // 7 % len(fitting)] if fitting else None
