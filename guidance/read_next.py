"""What to read next, by rule: the same for everybody, from the articles alone. Nothing about the reader goes in."""

import re
from collections.abc import Iterable

from .models import Article

MOST = 3
_LINK = re.compile(r'href="/guidance/([a-z0-9-]+)/')


def read_next(article: Article, others: Iterable[Article]) -> list[Article]:
    """Up to MOST others. First those that this one links to, in its order; then the same topic; then shared ages.

    Within a rank those with more ages in common come first, then by title. An article that shares neither is left out.
    """
    linked = linked_from(article)
    ages = set(article.stages)

    def rank(other: Article) -> tuple[int, int, int, str]:
        place = linked.index(other.slug) if other.slug in linked else len(linked)
        return place, other.topic != article.topic, -len(ages & set(other.stages)), other.title

    near = [
        other
        for other in others
        if other.slug != article.slug
        and (other.slug in linked or other.topic == article.topic or ages & set(other.stages))
    ]
    return sorted(near, key=rank)[:MOST]


def linked_from(article: Article) -> list[str]:
    """The articles that the text of this one links to, each once, in its order."""
    found = [slug for part in article.parts for slug in _LINK.findall(part.get("html", ""))]
    return list(dict.fromkeys(found))
