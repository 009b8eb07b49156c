"""The whole of tests/lib/test_times.py: every zone, every night of two years, in steps of half an hour."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from attachment_app.lib.times import instant

NIGHT = [timedelta(minutes=30 * step) for step in range(9)]


@pytest.mark.long
@pytest.mark.parametrize("part", range(8))
def test_every_night_of_every_zone(part: int) -> None:
    for name in sorted(available_timezones())[part::8]:
        zone = ZoneInfo(name)
        for day in range(2 * 365):
            before = None
            for step in NIGHT:
                wall = datetime(2026, 1, 1) + timedelta(days=day) + step
                at = instant(wall, zone)
                read = at.astimezone(zone).replace(tzinfo=None)
                assert read == wall or (read > wall and read - wall <= timedelta(days=1)), (name, wall)
                assert before is None or at >= before, (name, wall)
                before = at
