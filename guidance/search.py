"""Search over the articles, in PostgreSQL: a stored, weighted text vector, and trigrams for typing errors.

Ranking: what was typed counts as it stands; the guidance's words for it count somewhat more, since they are chosen to
name an article. A word in a title or address weighs most, then main message and headings, then the rest.
"""

import html
import re
from dataclasses import dataclass, field

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .models import WORDS_A_MINUTE, ages_in_words
from .parents_words import Asked, parents_words, read

MOST = 10  # results of one answer: more is a pile
CLOSE = 0.36  # trigram similarity from which a word may have been meant; above the 0.3 of the operator %
_START, _STOP = "\x02", "\x03"
_MARKED = re.compile(f"{_START}([^{_START}{_STOP}]*){_STOP}")

# What was typed and is in no article, with the closest word that is. Stems: “sucking” is known where “sucks” is.
_MEANT = """
SELECT typed, (SELECT candidate FROM (
          SELECT word AS candidate FROM guidance_word WHERE word %% typed
          UNION SELECT word FROM unnest(%(also)s::text[]) AS word) AS near
        WHERE similarity(candidate, typed) >= %(close)s
        ORDER BY similarity(candidate, typed) DESC, abs(length(candidate) - length(typed)), candidate LIMIT 1)
FROM unnest(%(typed)s::text[]) AS typed
WHERE NOT EXISTS (SELECT FROM guidance_word WHERE stem = (ts_lexize('pg_catalog.english_stem', typed))[1])
"""

_FOUND = """
WITH asked AS (SELECT to_tsquery('pg_catalog.english', %(typed)s) AS typed,
                      to_tsquery('pg_catalog.english', %(meant)s) AS meant),
found AS (SELECT id, typed || meant AS either,
                 ts_rank('{0.06, 0.2, 0.5, 1}', search, typed)
                 + %(trust)s * ts_rank('{0.02, 0.1, 0.5, 1}', search, meant) AS rank
          FROM guidance_article, asked
          WHERE withdrawn_at IS NULL AND search @@ (typed || meant)
          ORDER BY rank DESC, slug LIMIT %(most)s)
SELECT slug, words, stages, ts_headline('pg_catalog.english', title, either, %(whole)s),
       ts_headline('pg_catalog.english', main || ' ' || guidance_plain(parts), either, %(piece)s)
FROM found JOIN guidance_article USING (id) ORDER BY rank DESC, slug
"""
_MARKS = f"StartSel={_START}, StopSel={_STOP}"


@dataclass(frozen=True)
class Result:
    slug: str
    words: int
    stages: list[str]
    title: SafeString
    piece: SafeString

    @property
    def minutes(self) -> int:
        return -(-self.words // WORDS_A_MINUTE)

    @property
    def ages_in_words(self) -> str:
        return ages_in_words(self.stages)


@dataclass(frozen=True)
class Found:
    """What a query led to. `meant` holds the words taken for typing errors, as (typed, taken for)."""

    asked: Asked
    results: list[Result] = field(default_factory=list)
    meant: list[tuple[str, str]] = field(default_factory=list)
    is_crisis: bool = False

    @property
    def is_empty(self) -> bool:
        """Something was asked, and nothing found."""
        return bool(self.asked.words) and not self.results


def search(text: str) -> Found:
    """The articles for what somebody typed, best first; at most MOST. Two queries, none for an empty text."""
    asked = read(text)
    if not asked.words:
        return Found(asked)
    with connection.cursor() as cursor:
        cursor.execute(_MEANT, {"typed": _unknown(asked), "also": parents_words().vocabulary, "close": CLOSE})
        meant = {typed: candidate for typed, candidate in cursor.fetchall() if candidate}
        better = asked.corrected(meant)
        cursor.execute(_FOUND, _terms(better))
        results = [_result(*row) for row in cursor.fetchall()]
    return Found(asked, results, sorted(meant.items()), asked.is_crisis or better.is_crisis)


def _unknown(asked: Asked) -> list[str]:
    known = set(parents_words().vocabulary)
    return [word for word in asked.telling if len(word) > 3 and word not in known]


def _terms(asked: Asked) -> dict[str, str | float | int]:
    return {
        "typed": " | ".join(f"'{word}'" for word in asked.telling),
        "meant": " | ".join(f"'{word}'" for word in asked.meanings),
        "trust": 1.4,
        "most": MOST,
        "whole": f"{_MARKS}, HighlightAll=true",
        "piece": f"{_MARKS}, MaxFragments=1, MaxWords=30, MinWords=16",
    }


def _result(slug: str, words: int, stages: list[str], title: str, piece: str) -> Result:
    return Result(slug, words, stages, marked(title), marked(html.unescape(piece)))


def marked(text: str) -> SafeString:
    """Escaped text with a <mark> around what PostgreSQL set between its two marks; marks that do not pair are gone."""
    safe = _MARKED.sub(r"<mark>\1</mark>", str(escape(text)))
    return mark_safe(re.sub(f"[{_START}{_STOP}]", "", safe))  # noqa: S308 - escaped above
