"""Headings of an article, with the names by which a link finds them."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.text import slugify

LEAST = 3  # headings from which a list of contents is worth its place
LONGEST = 60  # characters of a name
_HEADING = re.compile(r"<h2>(?P<words>.*?)</h2>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Heading:
    anchor: str
    words: str


def with_anchors(parts: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Heading]]:
    """The same pieces with an id on every h2, and the headings in order. No two names are alike, none is a frame's."""
    headings: list[Heading] = []

    def name(found: re.Match[str]) -> str:
        words = unescape(_TAG.sub("", found["words"])).strip()
        base = f"on-{slugify(words)[:LONGEST].strip('-') or 'this'}"
        same = sum(heading.anchor == base or heading.anchor.startswith(f"{base}--") for heading in headings)
        headings.append(Heading(f"{base}--{same + 1}" if same else base, words))
        return f'<h2 id="{headings[-1].anchor}">{found["words"]}</h2>'

    named = [{**part, "html": _HEADING.sub(name, part["html"])} if "html" in part else part for part in parts]
    return named, headings
