"""What must hold for a rule in a zone, told without the code that reckons it: by walking through the hours."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attachment_app.lib.recurrence import Rule, next_due

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Hours of gaps, folds, midnights and of a day like any other.
CLOCKS = (time(0), time(0, 10), time(1, 30), time(2, 15), time(2, 59), time(3), time(7, 50), time(12), time(23, 55))


def dates_that_exist(zone: ZoneInfo, begins: datetime, days: int) -> list[date]:
    """Every local date that the zone came to, by looking each hour."""
    found = {(begins + hour * HOUR).astimezone(zone).date() for hour in range(24 * days)}
    return sorted(found)


def walk(rule: Rule, zone: ZoneInfo, begins: datetime, until: date, seed: bytes) -> Iterator[tuple[date, datetime]]:
    """Every date of a rule in turn, each asked for at the moment at which the one before was due."""
    after, now = None, begins
    while True:
        after, now = next_due(rule, zone, now, after, seed)
        if after > until:
            return
        yield after, now


def wrong(rule: Rule, zone: ZoneInfo, begins: datetime, days: int, seed: bytes = b"a rule") -> list[str]:
    """What is wrong with so many days of a rule, in words; empty where nothing is."""
    exist = dates_that_exist(zone, begins, days)[1:-1]  # whole days alone
    came = list(walk(rule, zone, begins, exist[-1], seed))
    found = []
    wanted = [day for day in exist if rule.days >> day.weekday() & 1]
    if [day for day, _due in came if day >= exist[0]] != wanted:
        found.append(f"{zone}: dates {sorted({day for day, _due in came} ^ set(wanted))[:5]} lost, made up or twice")
    if [due for _day, due in came] != sorted({due for _day, due in came}):
        found.append(f"{zone}: two at one instant, or one before the other")
    for day, due in came:
        found += [f"{zone} {day} {rule.at} at {due}: {what}" for what in _wrong_instant(rule, zone, day, due)]
    return found


def _wrong_instant(rule: Rule, zone: ZoneInfo, day: date, due: datetime) -> Iterator[str]:
    local = due.astimezone(zone)
    read, wanted = local.replace(tzinfo=None, fold=0), datetime.combine(day, rule.at)
    if local.fold:
        yield "the second of a fold"
    before = (due - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None, fold=0)
    is_after_gap = read - before > timedelta(seconds=1)
    if is_after_gap and before < wanted + 20 * MINUTE and read > wanted - 20 * MINUTE:
        return  # the first instant after a gap that holds the time, also where the gap holds the midnight
    if local.date() != day:
        yield "on another date"
    if abs(read - wanted) > 20 * MINUTE:
        yield "more than twenty minutes away"
    if not _quiet(rule, rule.at) and _quiet(rule, read.time()):
        yield "in quiet hours"


def _quiet(rule: Rule, at: time) -> bool:
    if rule.quiet_from <= rule.quiet_until:
        return rule.quiet_from <= at < rule.quiet_until
    return not rule.quiet_until <= at < rule.quiet_from


def new_year(year: int) -> datetime:
    return datetime(year, 1, 1, 12, tzinfo=UTC)
