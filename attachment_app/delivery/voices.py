"""What a message may say. The rules of sending know no words; each kind has a voice, which a higher app registers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from .models.occurrence import Occurrence


@dataclass(frozen=True, slots=True)
class Said:
    """A message in words: what the inbox shows and the mail says; `path` leads to more on the site (empty: nowhere).

    `title` is short and, for mails and pushes, never shown on a locked phone unless the person asked for it.
    """

    title: str
    body: str
    path: str = ""
    is_own: bool = False  # in the parent's own words


@dataclass(frozen=True, slots=True)
class ChildFact:
    """What is known of a child without naming them; `since` counts the age (due date before birth date, if later)."""

    is_spoken_of: bool
    since: date | None


class Voice(Protocol):
    def texts(self, occurrence: Occurrence, child: ChildFact | None, today: date) -> Sequence[str]:
        """The site's texts that fit, in the order to try them; empty where the words are the parent's own."""

    def say(self, occurrences: Sequence[Occurrence], own_words: bool) -> Mapping[UUID, Said]:
        """Each occurrence in words, by its id. `own_words`: open what the parent wrote (as that person, else not)."""


_voices: dict[str, Voice] = {}


def speaks(kind: str, voice: Voice) -> None:
    """Let `voice` speak for a kind (called in `AppConfig.ready`)."""
    _voices[kind] = voice


def voice_of(kind: str) -> Voice:
    """Raises KeyError for a kind that nobody speaks for."""
    return _voices[kind]


def has_voice(kind: str) -> bool:
    return kind in _voices
