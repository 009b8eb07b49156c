"""When somebody usually logs, and the time of a reminder that goes by it. Reads no clock and no table.

A reminder “when I usually log” aims some minutes before the median hour of the person's own entries (a cautious default
of ours; JOOL 2018 and HeartSteps found the moment to matter). Hours lie on a circle: the middle of 23:00 and 01:00 is
midnight.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LOOKS_BACK = timedelta(days=28)
FEWEST = 10  # entries; from fewer no hour can be told
NEAR = 3 * 60  # minutes either way of the median, within which half of the entries lie where there is a clear hour
AHEAD = 45  # minutes before the median
STEP = 5  # minutes to which a time is rounded
A_DAY = 24 * 60


class Unclear(StrEnum):
    FEW = "few"
    SPREAD = "spread"


@dataclass(frozen=True)
class UsualHour:
    """`aim`: the wall-clock time of the reminder. None where there is no hour to go by, and `unclear` says why."""

    aim: time | None = None
    unclear: Unclear | None = None


def usual_hour(entries: Iterable[datetime], zone: ZoneInfo) -> UsualHour:
    """From the instants (UTC) of somebody's own entries, those of the last LOOKS_BACK, in the zone where they live."""
    minutes = [_minute(at.astimezone(zone)) for at in entries]
    if len(minutes) < FEWEST:
        return UsualHour(unclear=Unclear.FEW)
    middle = median(minutes)
    if 2 * sum(apart(one, middle) <= NEAR for one in minutes) < len(minutes):
        return UsualHour(unclear=Unclear.SPREAD)
    aim = (middle - AHEAD) % A_DAY // STEP * STEP
    return UsualHour(aim=time(aim // 60, aim % 60))


def median(minutes: Sequence[int]) -> int:
    """The minute of the day to which all of these together have the shortest way round; between two, their middle."""
    ways = {one: sum(apart(one, other) for other in minutes) for one in set(minutes)}
    first, *others = sorted(one for one, way in ways.items() if way == min(ways.values()))
    if len(others) != 1:
        return first
    between = (others[0] - first) % A_DAY
    return (first + between // 2) % A_DAY if between <= A_DAY // 2 else (others[0] + (A_DAY - between) // 2) % A_DAY


def apart(one: int, other: int) -> int:
    """Minutes between two minutes of the day, the shorter way round."""
    straight = abs(one - other)
    return min(straight, A_DAY - straight)


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute
