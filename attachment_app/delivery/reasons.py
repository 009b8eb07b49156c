"""Why a message came, or did not, in sentences: one for every reason and kind. The parent reads them in the inbox."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from .decide import Reason, Verdict
from .models import Kind, Occurrence

Words = Promise | str


@dataclass(frozen=True)
class Asked:
    """Why a message was to come at all; `path` leads to where that is changed (empty: nowhere)."""

    words: str
    path: str = ""


@dataclass(frozen=True)
class Told:
    """A decision in one sentence. `change`: the part of the settings that could change it (empty: none)."""

    words: str
    change: str = ""


Ask = Callable[[Sequence[Occurrence]], Mapping[UUID, Asked]]
_asks: dict[str, Ask] = {}

ASKED: dict[str, Words] = {
    Kind.GENTLE: _lazy("You asked for gentle reminders."),
    Kind.OFFER: _lazy("A soothing had gone on for long, or several tries had not settled it. So a break was offered."),
    Kind.CHECK: _lazy("You asked to be checked on. A soothing had gone on for long, or had taken several tries."),
    Kind.REST: _lazy("You were up on several nights, and you marked it as hard. So there is a word about rest."),
    Kind.CARE: _lazy("You marked several days as too much. So the site asks how you are."),
}
# What comes after “because”. A kind has its own words where the general ones (under "") would not be true of it.
BECAUSE: dict[str, dict[str, Words]] = {
    Reason.DUE: {
        "": _lazy("it was time, and nothing spoke against it"),
        Kind.GENTLE: _lazy("it was time, outside your quiet hours, and you were not busy here"),
        Kind.OFFER: _lazy("you had this page open, and no other offer was near"),
        Kind.CARE: _lazy("you had this page open, and nobody had asked for a while"),
    },
    Reason.CLOSING: {"": _lazy("you had not been here for thirty days: it is the last, until you say so")},
    Reason.STOPPED: {"": _lazy("you had stopped all messages")},
    Reason.NOT_ASKED: {"": _lazy("“check on me” was off")},
    Reason.CHILD: {"": _lazy("it was about a child of whom this site does not speak now")},
    Reason.CLOSED: {"": _lazy("the last one had gone out, and you had not asked for more")},
    Reason.UNANSWERED: {"": _lazy("the last five were not opened, so they have stopped")},
    Reason.PAUSED: {"": _lazy("you had paused all messages")},
    Reason.LATE: {
        "": _lazy("its time was over by then"),
        Kind.GENTLE: _lazy("it was more than an hour late by then"),
    },
    Reason.QUIET: {"": _lazy("your quiet hours had begun")},
    Reason.DAY: {"": _lazy("one had come that day, and one a day is the most")},
    Reason.WEEK: {"": _lazy("as many as you said had come within seven days")},
    Reason.DAY_OF_ALL: {"": _lazy("two messages had come that day, and two of all kinds are the most")},
    Reason.WEEK_OF_ALL: {"": _lazy("seven messages had come within seven days, and seven of all kinds are the most")},
    Reason.HALF: {"": _lazy("several were not opened, so they come half as often")},
    Reason.IDLE: {"": _lazy("you had been away for ten days or more. Then one a week is the most")},
    Reason.KIND_LIMIT: {
        "": _lazy("there had been one like it lately"),
        Kind.OFFER: _lazy("a break had been offered in the last three hours, or twice that day"),
        Kind.CHECK: _lazy("one had come that day, and one a day is the most"),
        Kind.REST: _lazy("there had been one within three days"),
        Kind.CARE: _lazy("the site had asked within fourteen days"),
    },
    Reason.SPACING: {"": _lazy("another message had come less than four hours before")},
    Reason.ACTIVE: {"": _lazy("you were busy here yourself in the half-hour before")},
    Reason.TIMER: {"": _lazy("a timer of yours was running")},
    Reason.VARIETY: {"": _lazy("whatever would fit had been said within fourteen days")},
    "channel": {"": _lazy("push or mail could not be reached. It is tried again after five minutes")},
    "cut_off": {"": _lazy("the site was cut off while it left. It is not sent a second time")},
}
# Which part of the settings page changes it.
CHANGES: dict[str, str] = {
    Reason.STOPPED: "all", Reason.CLOSED: "all", Reason.UNANSWERED: "all", Reason.HALF: "all", Reason.CLOSING: "all",
    Reason.PAUSED: "pause", Reason.NOT_ASKED: "check", Reason.QUIET: "quiet", Reason.WEEK: "often",
}  # fmt: skip
VERDICTS: dict[str, Words] = {
    Verdict.SEND: _lazy("Sent at %(at)s on %(day)s, because %(why)s."),
    Verdict.HOLD: _lazy("Held back at %(at)s on %(day)s, because %(why)s."),
    Verdict.DROP: _lazy("Not sent at %(at)s on %(day)s, because %(why)s."),
    "unknown": _lazy("Perhaps sent at %(at)s on %(day)s: %(why)s."),
}
SHOWN = _lazy("Shown at %(at)s on %(day)s, because %(why)s.")
ON_THE_PAGE = (Kind.OFFER, Kind.CARE)


def asks(kind: str, ask: Ask) -> None:
    """Let a higher app say why messages of a kind are there (called in `AppConfig.ready`)."""
    _asks[kind] = ask


def asked_for(occurrences: Sequence[Occurrence]) -> dict[UUID, Asked]:
    """Why each was to come, by its id: one question a kind, however many there are."""
    found = {one.pk: Asked(str(ASKED[one.kind])) for one in occurrences}
    for kind, ask in _asks.items():
        if some := [one for one in occurrences if one.kind == kind]:
            found |= ask(some)
    return found


def told(occurrence: Occurrence) -> list[Told]:
    """Every decision of a message, in order, as sentences in the active time zone."""
    return [
        Told(sentence(occurrence.kind, verdict, reason, datetime.fromisoformat(at)), CHANGES.get(reason, ""))
        for at, verdict, reason in occurrence.decisions
    ]


def sentence(kind: str, verdict: str, reason: str, at: datetime) -> str:
    """“Not sent at 09:52 on Tuesday 24 November, because your quiet hours had begun.” Raises KeyError for a reason or
    verdict that has no words."""
    words = SHOWN if verdict == Verdict.SEND and kind in ON_THE_PAGE else VERDICTS[verdict]
    local = timezone.localtime(at)
    said = {"at": date_format(local, "H:i"), "day": date_format(local, "l j F"), "why": because(kind, reason)}
    return str(words) % said


def because(kind: str, reason: str) -> str:
    words = BECAUSE[reason]
    return str(words.get(kind, words[""]))


def last_told(occurrence: Occurrence) -> Told:
    """The decision that stands. Raises IndexError for a message that nothing was decided about."""
    return told(occurrence)[-1]


def how_it_went(occurrence: Occurrence) -> list[str]:
    """What is known of each way in which it left; empty for one that stayed in the app."""
    return [
        str(WENT.get(left.partition(" ")[0], WENT["perhaps"])) % {"channel": CHANNELS.get(channel, channel)}
        for channel, left in occurrence.channels.items()
    ]


CHANNELS: dict[str, Words] = {"push": _lazy("Push"), "email": _lazy("E-mail")}
WENT: dict[str, Words] = {
    "sent": _lazy("%(channel)s: it went out."),
    "gone": _lazy("%(channel)s: that browser or mailbox is not there any more."),
    "later": _lazy("%(channel)s: it could not be reached."),
    "refused": _lazy("%(channel)s: it was refused."),
    "perhaps": _lazy("%(channel)s: it may have gone out; we do not know."),
}
