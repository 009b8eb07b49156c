"""How we write: short sentences, and none of the words that make a tired parent feel judged."""

import re
from collections.abc import Iterator

BANNED = ("should", "always", "never", "forgot", "missed", "only", "behind", "perfect", "good job")
LONGEST = 20  # words in a sentence

_BANNED = re.compile(rf"\b({'|'.join(BANNED)})\b", re.IGNORECASE)
_MARKUP = re.compile(r"\[\[[^\]]*\]\]|[*_#>`]|\[([^\]]*)\]\([^)]*\)")
_SENTENCE = re.compile(r"[.!?](?=[\s”’]|$)")


def complaints(text: str) -> Iterator[tuple[int, str]]:
    """What is wrong with a text, as (line from 1, reason). Safety boxes are held to their own words, not to these."""
    for number, line in enumerate(text.splitlines(), start=1):
        said = plain(line)
        for word in _BANNED.findall(said):
            yield number, f"the word “{word}” is not used in advice"
        for sentence in _SENTENCE.split(said):
            count = len(sentence.split())
            if count > LONGEST:
                yield number, f"a sentence of {count} words; {LONGEST} are the most: “{sentence.strip()[:60]}…”"


def words(text: str) -> int:
    return len(plain(text).split())


def plain(text: str) -> str:
    """A text without its Markdown, and without the places of claims."""
    return _MARKUP.sub(lambda found: found[1] or "", text)
