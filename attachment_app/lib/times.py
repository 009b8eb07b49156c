"""Wall-clock time and instants. Days belong to a zone; nothing here reads the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of a naive wall-clock time. In a fold the first of the two; in a gap the first instant after it.

    Times near the ends of the calendar, which UTC cannot hold, are moved to the nearest that it can.
    """
    try:
        before = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    except OverflowError:
        return wall.replace(tzinfo=UTC)
    if before.astimezone(zone).replace(tzinfo=None) == wall:
        return before
    return _first_after_gap(after, before, zone)


def _first_after_gap(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The change of offset between two UTC instants, to the second."""
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The calendar day of an instant in a zone."""
    return at.astimezone(zone).date()


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The UTC instant at which a day begins in a zone, also where midnight is skipped."""
    return instant(datetime(day.year, day.month, day.day), zone)
