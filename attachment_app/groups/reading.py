"""The words for what was frozen: panels, rows and one plain sentence each. Reads nothing but a release's JSON.

A page asks `panels_of(release.panels)`. What is not in it is not shared enough, for whatever reason: one kind page says
so. Windows stand side by side where both have the panel (`side_by_side`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .bands import Band
from .panels import BY_NAME, PANELS

TITLES = {
    "kinds": _("What was logged"),
    "occasions": _("When it was"),
    "connection": _("Ways of being close"),
    "second_idea": _("Trying a second idea"),
    "found_together": _("Finding it together"),
    "tried": _("What was tried most"),
    "articles": _("What was read about"),
    "state": _("How it was for the parents"),
    "breaks": _("Taking a break"),
}
# Each completes “Most of them …”; a row stands for a parent who did so once or more often in the fourteen days.
DID = {
    ("kinds", "feeding"): _("wrote down a feed"),
    ("kinds", "soothing"): _("wrote down some soothing"),
    ("kinds", "play"): _("wrote down some play"),
    ("occasions", "feeding"): _("noticed a moment at a feed"),
    ("occasions", "washing"): _("noticed a moment at a bath or a nappy change"),
    ("occasions", "bedtime"): _("noticed a moment at bedtime"),
    ("occasions", "outdoors"): _("noticed a moment outdoors"),
    ("connection", "look"): _("shared a look or a smile"),
    ("connection", "voice"): _("used a soft voice, or said what it might be"),
    ("connection", "copying"): _("copied their baby, or were copied"),
    ("connection", "holding"): _("held their baby tenderly"),
    ("second_idea", "second_idea"): _("tried a second idea when the first did not fit"),
    ("found_together", "found_together"): _("found it together with their baby after a first idea that did not fit"),
    ("tried", "moving"): _("rocked or walked"),
    ("tried", "close"): _("held their baby close, or just stayed"),
    ("tried", "quiet"): _("hummed, dimmed the light, or waited and watched"),
    ("tried", "needs"): _("offered a feed or a fresh nappy"),
    ("articles", "bond"): _("read about the bond"),
    ("articles", "cues"): _("read about cues"),
    ("articles", "moments"): _("read about moments of the day"),
    ("articles", "secure_base"): _("read about going out and coming back"),
    ("state", "fine"): _("had a moment when they were all right"),
    ("state", "tired"): _("had a moment when they were worn out"),
    ("state", "hard"): _("had a hard moment: on edge, low, or too much"),
    ("state", "too_much"): _("had a moment when it was too much"),
    ("breaks", "taken"): _("took a break"),
}
WHO = {
    Band.FEW: _("A few of them, or none, %(did)s."),
    Band.HALF: _("About half of them %(did)s."),
    Band.MOST: _("Most or all of them %(did)s."),
}
IN_SHORT = {Band.FEW: _("a few"), Band.HALF: _("about half"), Band.MOST: _("most")}


@dataclass(frozen=True)
class Row:
    """`band` chooses the drawing, `in_short` is beside it, `statement` says it in a sentence; `did` is its label."""

    name: str
    did: str
    band: Band
    in_short: str
    statement: str


@dataclass(frozen=True)
class Part:
    """One panel: `contributors` like “10–14”."""

    name: str
    title: str
    contributors: str
    rows: Sequence[Row]


def panels_of(frozen: Mapping[str, Any]) -> list[Part]:
    """The panels of a release, in their order."""
    there = {said["panel"]: said for said in frozen["panels"]}
    return [_part(panel.name, there[panel.name]) for panel in PANELS if panel.name in there]


def statement(panel: str, row: str, band: Band) -> str:
    return gettext(str(WHO[band])) % {"did": DID[panel, row]}


def did(panel: str, row: str) -> str:
    """The label of a row: “Rocked or walked”."""
    return capfirst(str(DID[panel, row]))


def side_by_side(newer: Sequence[Part], older: Sequence[Part]) -> list[tuple[Part, Part]]:
    """The panels that both windows have."""
    before = {part.name: part for part in older}
    return [(part, before[part.name]) for part in newer if part.name in before]


def _part(name: str, said: Mapping[str, Any]) -> Part:
    rows = [(row, Band(band)) for row, band in said["rows"] if row in BY_NAME[name].rows]
    return Part(
        name,
        str(TITLES[name]),
        said["contributors"],
        [Row(row, did(name, row), band, str(IN_SHORT[band]), statement(name, row, band)) for row, band in rows],
    )
