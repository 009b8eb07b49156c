"""The whole of tests/lib/test_recurrence.py: every zone, every day of two years, rules at the hours of changes."""

from datetime import time
from zoneinfo import ZoneInfo, available_timezones

import pytest

from attachment_app.lib import recurrence
from attachment_app.lib.recurrence import Rule
from tests.lib.recurring import CLOCKS, new_year, wrong

PARTS = 8


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_day_of_every_zone(part: int) -> None:
    for name in sorted(available_timezones())[part::PARTS]:
        for clock in CLOCKS:
            assert not wrong(Rule(0b1111111, clock), ZoneInfo(name), new_year(2026), 730)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_day_of_every_zone_to_the_minute(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurrence, "JITTER", 0)
    for name in sorted(available_timezones())[part::PARTS]:
        for clock in (time(0), time(2, 15), time(2, 45)):
            rule = Rule(0b1111111, clock, time(0), time(0))
            assert not wrong(rule, ZoneInfo(name), new_year(2026), 730)
