"""Cues and what each may mean, from one data file, without a database. A sign is shown with all its readings."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).with_name("content") / "cues.yaml"
WHERE = {
    "face": _("Eyes and face"),
    "mouth": _("Mouth"),
    "hands": _("Hands and arms"),
    "body": _("Body and movement"),
    "voice": _("Voice and breath"),
    "skin": _("Skin and warmth"),
    "mood": _("How they are"),
}
_KINDS = {"hungry": "feeding", "full": "feeding", "engage": "play", "pause": "play"}


@dataclass(frozen=True)
class Row:
    """A list of a source: a need, at an age. No stages: at any."""

    id: str
    need: str
    title: str
    when: str
    stages: tuple[str, ...]
    source: str
    article: str

    @property
    def kind(self) -> str:
        return _KINDS.get(self.need, "soothing")

    def fits(self, need: str, age: str) -> bool:
        return need in ("", self.need) and (not age or not self.stages or age in self.stages)


@dataclass(frozen=True)
class Reading:
    row: Row
    how: str


@dataclass(frozen=True)
class Cue:
    words: str
    where: str
    readings: tuple[Reading, ...]
    drawing: str = ""
    note: str = ""

    @property
    def is_ambiguous(self) -> bool:
        """Whether it stands under more than one need; two ages of the same need are no riddle."""
        return len({reading.row.need for reading in self.readings}) > 1


@cache
def rows() -> dict[str, Row]:
    """Raises KeyError or TypeError where the file is malformed."""
    return {row["id"]: Row(**{**row, "stages": tuple(row["stages"])}) for row in _data()["rows"]}


@cache
def cues() -> tuple[Cue, ...]:
    made = []
    for cue in _data()["cues"]:
        readings = tuple(Reading(rows()[row], how) for row, how in cue.pop("rows").items())
        made.append(Cue(readings=readings, **cue))
    order = list(WHERE)
    return tuple(sorted(made, key=lambda cue: order.index(cue.where)))


def needs() -> dict[str, str]:
    """The needs by their id, in the order of the file."""
    return {row.need: row.title for row in rows().values()}


def choose(all_cues: Iterable[Cue], where: str, need: str, age: str) -> list[Cue]:
    """Cues that stand where, under the need and at the age; what is not a choice of ours is no filter."""
    stages = {stage for row in rows().values() for stage in row.stages}
    where, need, age = (
        value if value in known else "" for value, known in ((where, WHERE), (need, needs()), (age, {*stages, "24-36"}))
    )
    return [
        cue
        for cue in all_cues
        if where in ("", cue.where) and any(reading.row.fits(need, age) for reading in cue.readings)
    ]


def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return data
