"""What a parent typed, in the words of the guidance. Pure: from one data file, without a database."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("content") / "parents_words.yaml"
LONGEST, MOST_WORDS = 200, 24  # characters and words of a query that are looked at
APART = 3  # words that may stand between two words of a crisis phrase

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class ParentsWords:
    quiet: frozenset[str]
    meanings: dict[Phrase, tuple[str, ...]]
    crisis: tuple[Phrase, ...]

    @property
    def vocabulary(self) -> list[str]:
        """Every single word that is known here, so that a typing error may have meant it."""
        return sorted({word for phrase in self.meanings for word in phrase if len(word) > 3})


@dataclass(frozen=True)
class Asked:
    """A query, read: `text` as it is shown again, `words` as typed, `telling` those that say what it is about."""

    text: str
    words: Phrase

    @property
    def telling(self) -> list[str]:
        """The words that can be searched for; all of them where each is a quiet one."""
        telling = [word for word in self.words if word not in parents_words().quiet]
        return list(dict.fromkeys(telling or self.words))

    @property
    def meanings(self) -> list[str]:
        """The guidance's words for what was typed, once each; of two phrases that overlap, both."""
        known = parents_words().meanings
        spans = [self.words[start:end] for start in range(len(self.words)) for end in range(start + 1, start + 6)]
        return list(dict.fromkeys(word for span in dict.fromkeys(spans) for word in known.get(span, ())))

    @property
    def is_crisis(self) -> bool:
        """Whether it speaks of harm to oneself or to a baby. Says yes too often rather than once too seldom."""
        return any(_stands_in(phrase, self.words) for phrase in parents_words().crisis)

    def corrected(self, meant: dict[str, str]) -> "Asked":
        return Asked(self.text, tuple(meant.get(word, word) for word in self.words))


def read(text: str) -> Asked:
    """Any text at all, however long or odd."""
    shown = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())[:LONGEST]
    words = [re.sub(r"['’]s$", "", word) for word in _WORD.findall(shown.lower())[:MOST_WORDS]]
    return Asked(shown, tuple(re.sub(r"['’]", "", word) for word in words))


@cache
def parents_words() -> ParentsWords:
    """The data file, read once a process. Raises KeyError where it is malformed."""
    data = yaml.safe_load(FILE.read_text())
    meanings: dict[Phrase, tuple[str, ...]] = {}
    for group in data["groups"]:
        for phrase in _phrases(group["say"]):
            meanings[phrase] = (*meanings.get(phrase, ()), *group["means"].split())
    quiet = frozenset(word for (word,) in _phrases(data["quiet"]))
    return ParentsWords(quiet, meanings, tuple(_phrases(data["crisis"])))


def _phrases(text: str) -> list[Phrase]:
    return [tuple(phrase.split()) for phrase in text.split(",")]


def _stands_in(phrase: Phrase, words: Phrase) -> bool:
    """Whether the phrase's words come in this order, with at most APART others between two of them."""
    places = [place for place, word in enumerate(words) if _is(phrase[0], word)]
    for wanted in phrase[1:]:
        places = [
            later
            for place in places
            for later in range(place + 1, min(place + 2 + APART, len(words)))
            if _is(wanted, words[later])
        ]
    return bool(places)


def _is(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
