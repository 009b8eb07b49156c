"""The rules for messages that the site starts, told a second time and in another way: by what was said, afterwards.

Nothing here is taken from the code that decides, and the numbers are written out once more on purpose: a wrong number
there must not be right here. `broken` looks at what one person was told and names each rule that it breaks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ON_THE_PAGE = ("offer", "care")  # said on the page that the parent has before them: not counted, at any hour


@dataclass
class Spoken:
    """One message that was sent, or perhaps was, and how things stood for the person at that moment."""

    kind: str
    at: datetime
    due_at: datetime
    expires_at: datetime
    zone: str
    text: str = ""
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    gentle_a_week: int = 3
    active_at: datetime | None = None
    timer_since: datetime | None = None  # of the latest timer that ran then
    is_stopped: bool = False
    is_asked: bool = True
    is_child_spoken_of: bool = True
    paused_until: datetime | None = None
    woken_at: datetime | None = None  # they last said “as before”
    answered_at: datetime | None = None  # opened or answered, at whatever time

    def day(self, zone: str) -> date:
        return self.at.astimezone(ZoneInfo(zone)).date()


def broken(told: Sequence[Spoken]) -> list[str]:
    """Each rule that was broken with what one person was told, in words; empty where none was."""
    told = sorted(told, key=lambda one: one.at)
    return [
        f"{one.kind} at {one.at:%F %T} ({one.zone}): {what}"
        for index, one in enumerate(told)
        for what in (*_against_wishes(one), *_at_a_bad_time(one), *_too_much(one, told[:index]), *_again(told, index))
    ]


def _against_wishes(one: Spoken) -> Iterator[str]:
    if one.is_stopped:
        yield "they had stopped all"
    if one.kind == "check" and not one.is_asked:
        yield "they had not asked for it"
    if not one.is_child_spoken_of:
        yield "about a child that is not spoken of"
    if one.paused_until and one.at < one.paused_until and one.kind not in ON_THE_PAGE:
        yield "in their pause"


def _at_a_bad_time(one: Spoken) -> Iterator[str]:
    if one.at > one.expires_at:
        yield "its time had passed"
    if one.kind == "gentle" and one.at > one.due_at + HOUR:
        yield "more than an hour late"
    if one.kind in ON_THE_PAGE:
        return
    clock = one.at.astimezone(ZoneInfo(one.zone)).time()
    night = one.quiet_from > one.quiet_until
    if (clock >= one.quiet_from) + (clock < one.quiet_until) == (1 if night else 2):
        yield "in quiet hours"
    if one.kind == "gentle" and one.active_at and one.at - one.active_at < HOUR / 2:
        yield "they had done something themselves just before"
    if one.kind == "gentle" and one.timer_since and one.at - one.timer_since < 2 * HOUR:
        yield "a timer of theirs was running"


def _too_much(one: Spoken, before: Sequence[Spoken]) -> Iterator[str]:
    """Counted with this one, on the calendar of the zone in which they were then."""
    sent = [other for other in before if other.kind not in ON_THE_PAGE]
    alike = [other for other in before if other.kind == one.kind]

    def within(of: Sequence[Spoken], days: int) -> int:
        return 1 + sum((one.day(one.zone) - other.day(one.zone)).days < days for other in of)

    if one.kind not in ON_THE_PAGE:
        if within(sent, 1) > 2:
            yield "more than two on a day"
        if within(sent, 7) > 7:
            yield "more than seven in a week"
        if any(one.at - other.at < 4 * HOUR for other in sent):
            yield "less than four hours after another"
    if one.kind == "gentle":
        if within(alike, 1) > 1:
            yield "a second gentle one on a day"
        if within(alike, 7) > one.gentle_a_week:
            yield "more gentle ones in a week than they want"
    if one.kind == "offer" and (within(alike, 1) > 2 or any(one.at - other.at < 3 * HOUR for other in alike)):
        yield "more offers than two a day, three hours apart"
    if one.kind == "check" and within(alike, 1) > 1:
        yield "a second check on a day"
    if one.kind == "rest" and within(alike, 3) > 1:
        yield "rest twice in three days"
    if one.kind == "care" and any(one.at - other.at < 14 * DAY for other in alike):
        yield "“how are you” twice in fourteen days"
    if one.text and any(other.text == one.text and one.at - other.at < 14 * DAY for other in before):
        yield "the same text twice within fourteen days"


def _again(told: Sequence[Spoken], index: int) -> Iterator[str]:
    """Gentle ones that nobody opens, and to somebody who is not here."""
    one = told[index]
    if one.kind != "gentle":
        return
    before = [other for other in told[:index] if other.kind == "gentle"]
    since = [other for other in before if one.woken_at is None or other.at >= one.woken_at]
    lately = [other for other in before if (one.day(one.zone) - other.day(one.zone)).days < 7]
    away = one.at - one.active_at if one.active_at else timedelta(0)
    if any(other.text == "closing" for other in since):
        yield "after the closing note"
    if (one.text == "closing") != (away >= 30 * DAY):
        yield "a closing note before its time, or another after thirty days"
    if away >= 30 * DAY:
        return  # the closing note stands for itself: it is the last
    if away >= 10 * DAY and lately:
        yield "more than one in a week to somebody who is not here"
    if _ignored(since, one.at) >= 5:
        yield "five in a row had not been opened"
    was_halved = any(_ignored(since[:number], since[number].at) >= 3 for number in range(len(since)))
    fortnight = [other for other in before if (one.day(one.zone) - other.day(one.zone)).days < 14]
    if (was_halved or _ignored(since, one.at) >= 3) and len(fortnight) >= one.gentle_a_week:
        yield "not half as often after three in a row had not been opened"


def _ignored(before: Sequence[Spoken], at: datetime) -> int:
    """How many of the latest had not been opened by then, in a row."""
    count = 0
    for other in reversed(before):
        if other.answered_at is not None and other.answered_at <= at:
            break
        count += 1
    return count
