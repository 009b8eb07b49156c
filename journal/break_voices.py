"""What the site says when it may be too much. Nothing of what a parent logged is in it, and no feeling in a title."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from attachment_app.delivery.models import Kind, Occurrence
from attachment_app.delivery.voices import ChildFact, Said, speaks


@dataclass(frozen=True)
class OneText:
    """A kind that says the same each time; its own limits keep it rare."""

    words: Callable[[], Said]

    def texts(self, occurrence: Occurrence, child: ChildFact | None, today: date) -> Sequence[str]:
        """None to choose from: variety is for ideas."""
        return ()

    def say(self, occurrences: Sequence[Occurrence], own_words: bool) -> Mapping[UUID, Said]:
        return {one.pk: self.words() for one in occurrences}


def offer() -> Said:
    return Said(
        _("A minute, if you want one"),
        _(
            "Could your baby be ill or in pain? If not: some crying resists everything. Your baby can wait safely on "
            "their back in a clear cot while you step away for five minutes, within earshot."
        ),
        reverse("break"),
    )


def check() -> Said:
    return Said(
        _("You asked to be checked on"),
        _(
            "Could your baby be ill or in pain? If not: a break of five minutes is yours. Put your baby on their back "
            "in a clear cot, and step away within earshot."
        ),
        reverse("break"),
    )


def rest() -> Said:
    return Said(
        _("A small idea for today"),
        _(
            "Several short nights in a row wear anybody out. Could somebody take a turn today, so that you rest? "
            "Asking is a way of looking after your baby, too."
        ),
        reverse("break"),
    )


def care() -> Said:
    return Said(
        _("How are you?"),
        _(
            "Several days have felt like too much. Would talking to someone help? A GP, a midwife or a health visitor "
            "hears this often, and there are lines to ring at any hour. This site tells nobody."
        ),
        f"{reverse('break')}#lines",
    )


WORDS = {Kind.OFFER: offer, Kind.CHECK: check, Kind.REST: rest, Kind.CARE: care}


def register() -> None:
    for kind, words in WORDS.items():
        speaks(kind, OneText(words))
