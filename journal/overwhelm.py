"""When it may be too much: what sets a break off. Pure functions first, and the thin questions that feed them after.

They go by what a parent tapped themselves: their own timers, tries, nights and marks. Silence, notes and whatever
somebody else in the family logged play no part. The numbers are cautious defaults of this site and no diagnosis; bouts
of crying that resist all soothing last some 35 to 40 minutes (Period of PURPLE Crying).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attachment_app.accounts.models import Person
from attachment_app.lib.times import day_start, instant, local_day

from .models import Exchange, Feeling, Kind, OwnState, Result, Step

LONG_SOOTHING = timedelta(minutes=30)
NOT_YETS, NOT_YETS_WITHIN = 3, timedelta(hours=2)
NIGHT_ENDS = 5  # o'clock; it begins at midnight
HARD_NIGHTS, OF_NIGHTS = 3, 4
TOO_MUCH_DAYS, OF_DAYS = 4, 14
REST_FROM, REST_UNTIL = time(10), time(17)
HARD = frozenset(Feeling.values) - {Feeling.FINE}


@dataclass(frozen=True)
class Entry:
    """What was logged, as far as a night goes by it. A sleep is the child's: the parent was up at its start alone."""

    started_at: datetime
    ended_at: datetime | None
    kind: str


@dataclass(frozen=True)
class Mark:
    """How a parent said they were, as a Feeling."""

    at: datetime
    feeling: str


def is_long(counts_from: datetime, paused_since: datetime | None, now: datetime) -> bool:
    """Whether a timer has run for more than LONG_SOOTHING, pauses left out (`counts_from` is moved on by them)."""
    return (paused_since or now) - counts_from > LONG_SOOTHING


def are_many(not_yets: Iterable[datetime], now: datetime) -> bool:
    """Whether NOT_YETS of them were said within the last NOT_YETS_WITHIN."""
    return sum(1 for at in not_yets if now - NOT_YETS_WITHIN <= at <= now) >= NOT_YETS


def nights(entries: Iterable[Entry], zone: ZoneInfo) -> set[date]:
    """The nights on which they were up between midnight and five, each by the date of its morning in `zone`.

    What began before midnight and went on after it is that one night.
    """
    found = set()
    for entry in entries:
        began = entry.started_at.astimezone(zone)
        if began.hour < NIGHT_ENDS:
            found.add(began.date())
        if entry.ended_at and entry.kind != Kind.SLEEP:
            until = local_day(entry.ended_at, zone)
            found |= {until} if began.date() < until else set()
    return found


def were_hard(up: set[date], today: date) -> bool:
    """HARD_NIGHTS of the last OF_NIGHTS, the night before `today` the last of them."""
    return sum(1 for back in range(OF_NIGHTS) if today - timedelta(days=back) in up) >= HARD_NIGHTS


def has_hard_mark(marks: Iterable[Mark], zone: ZoneInfo, today: date) -> bool:
    """Whether one of the marks on the days of those nights says that it was hard."""
    first = today - timedelta(days=OF_NIGHTS - 1)
    return any(mark.feeling in HARD and first <= local_day(mark.at, zone) <= today for mark in marks)


def days_of_too_much(marks: Iterable[Mark], zone: ZoneInfo, today: date) -> int:
    """On how many of the last OF_DAYS days, today the last, it was too much."""
    first = today - timedelta(days=OF_DAYS - 1)
    days = {local_day(mark.at, zone) for mark in marks if mark.feeling == Feeling.TOO_MUCH}
    return sum(1 for day in days if first <= day <= today)


def next_rest(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The day after the night, from ten to five on the wall clock of `zone`: today while it is not ten yet."""
    local = now.astimezone(zone)
    day = local.date() if local.time() < REST_FROM else local.date() + timedelta(days=1)
    return instant(datetime.combine(day, REST_FROM), zone), instant(datetime.combine(day, REST_UNTIL), zone)


def own_not_yets(person: Person, now: datetime) -> list[datetime]:
    """When they said “not yet” themselves, lately."""
    own = Step.objects.filter(author=person, result=Result.NOT_YET, exchange__removed_at=None)
    found = own.filter(ended_at__gte=now - NOT_YETS_WITHIN).values_list("ended_at", flat=True)
    return [at for at in found if at]


def own_entries(person: Person, now: datetime) -> list[Entry]:
    """What they logged themselves on the nights that count, and the evening before the first."""
    zone = person.zone
    first = day_start(local_day(now, zone) - timedelta(days=OF_NIGHTS), zone)
    own = Exchange.objects.filter(author=person, removed_at=None, started_at__gte=first, started_at__lte=now)
    return [Entry(*row) for row in own.values_list("started_at", "ended_at", "kind")]


def own_marks(person: Person, now: datetime, days: int) -> list[Mark]:
    """How they said they were, on the last so many days; what cannot be opened is left out."""
    first = day_start(local_day(now, person.zone) - timedelta(days=days - 1), person.zone)
    states: Sequence[OwnState] = OwnState.objects.visible_to(person).filter(at__gte=first).opened()
    return [Mark(state.at, state.text) for state in states if state.text]
