"""When a rule in wall-clock time comes round next: on which local date, and at which instant. Reads no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zlib import crc32
from zoneinfo import ZoneInfo

from .times import day_start, instant, local_day

JITTER = 20  # minutes, at most, either way
A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Rule:
    """`days` holds a bit a weekday, Monday the lowest. Quiet hours are only kept out of by the jitter."""

    days: int
    at: time
    quiet_from: time = time(21)
    quiet_until: time = time(8)


def next_due(rule: Rule, zone: ZoneInfo, now: datetime, after: date | None, seed: bytes) -> tuple[date, datetime]:
    """The first local date on which the rule is still to come at `now` and that is later than `after`; and the instant
    (UTC), some minutes early or late by `seed` and the date.

    `after` is the last date that was planned: for somebody who travels, a date that comes twice counts once.
    """
    today = local_day(now, zone)
    for day in _dates(rule.days, max(today, after + timedelta(days=1)) if after else today):
        due = due_on(rule, day, zone, seed)
        if due >= now and (local_day(due, zone) == day or _exists(day, zone)):
            return day, due
    raise ValueError("a rule without days")


def due_on(rule: Rule, day: date, zone: ZoneInfo, seed: bytes) -> datetime:
    """The instant of a rule on a local date: in a gap the first instant after it, in a fold the first of the two."""
    at = rule.at.hour * 60 + rule.at.minute
    minutes = at + jitter(at, rule.quiet_from, rule.quiet_until, crc32(day.isoformat().encode(), crc32(seed)))
    return _instant(day, minutes, zone)


def jitter(at: int, quiet_from: time, quiet_until: time, chance: int) -> int:
    """Minutes to move the minute `at` of a day by: it stays on its day and does not enter quiet hours."""
    first, last = max(0, at - JITTER), min(A_DAY - 1, at + JITTER)
    begins, ends = quiet_from.hour * 60 + quiet_from.minute, quiet_until.hour * 60 + quiet_until.minute
    if not _within(at, begins, ends):
        if first < ends <= at:
            first = ends
        if at < begins <= last:
            last = begins - 1
    return first + chance % (last - first + 1) - at


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Whether the zone came to a date at all; one that it skipped is no date there. (A date whose last hour was skipped
    is one, and what was due in that hour is due at the midnight after it.)"""
    return local_day(day_start(day, zone), zone) == day


def _within(minute: int, begins: int, ends: int) -> bool:
    return begins <= minute < ends if begins <= ends else minute >= begins or minute < ends


def _dates(days: int, first: date) -> Iterator[date]:
    """Dates of the rule's weekdays from `first` on, for three weeks: one of them exists in every zone."""
    for ahead in range(21):
        day = first + timedelta(days=ahead)
        if days >> day.weekday() & 1:
            yield day


@lru_cache(maxsize=65_536)
def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    return instant(datetime.combine(day, time(minutes // 60, minutes % 60)), zone)
