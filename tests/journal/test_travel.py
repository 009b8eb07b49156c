"""Parents who travel, while the planner's bell rings: each local date counts once, and none is lost on the way."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest

from attachment_app.accounts.models import Person
from attachment_app.delivery.models import Occurrence
from attachment_app.lib.times import instant
from journal import planner
from journal.models import Reminder
from tests.delivery.makers import reminder
from tests.world import person

BEGINS = datetime(2026, 3, 20, tzinfo=UTC)  # clocks change on both sides of the equator in these weeks
HOUR, DAY, SLACK = timedelta(hours=1), timedelta(days=1), timedelta(minutes=20)
FAR = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")


def journey(seed: int, people: int, days: int) -> tuple[dict[Person, dict[datetime, str]], list[datetime]]:
    """People with rules who move now and then; where each was from when on, and when the bell rang."""
    random, names = Random(seed), sorted(available_timezones())
    where: dict[Person, dict[datetime, str]] = {}
    for number in range(people):
        zone = random.choice(names)
        who = person(f"Traveller{number}", time_zone=zone)
        where[who] = {BEGINS: zone}
        for _rule in range(2):
            reminder(who, BEGINS, at=time(random.randrange(24), random.randrange(60)))
    rings = [BEGINS + step * HOUR / 2 + random.random() * HOUR / 2 for step in range(days * 48)]
    for at in rings:
        if random.random() < 0.2:
            who = random.choice(list(where))
            before = list(where[who].values())[-1]
            for zone in random.choice(([random.choice(names)], [random.choice(FAR)], [random.choice(FAR), before])):
                Person.objects.filter(pk=who.pk).update(time_zone=zone)
                who.time_zone = where[who][at] = zone
                planner.moved(who, at)
        while planner.plan(at)[0]:
            pass
    return where, rings


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 14))])
def test_it_works(seed: int) -> None:
    where, rings = journey(seed, people=20, days=16)
    by_rule: dict[Reminder, list[Occurrence]] = defaultdict(list)
    rules = {rule.pk: rule for rule in Reminder.objects.all()}
    for one in Occurrence.objects.order_by("local_date"):
        by_rule[rules[one.source]].append(one)
    assert set(by_rule) == set(rules.values())
    moves = {who.pk: zones for who, zones in where.items()}  # dicts keep their order
    for rule, planned in by_rule.items():
        dates = [one.local_date for one in planned]
        assert len(dates) == len(set(dates)), "a date came twice"
        assert dates == every_date(dates[0], dates[-1]), "a date was lost"
        assert dates[-1] >= (rings[-1] - 2 * DAY).date(), "a rule fell asleep"
        for one in planned:
            zone = ZoneInfo([zone for at, zone in moves[rule.person_id].items() if at <= one.planned_at][-1])
            wanted = datetime.combine(one.local_date, rule.at)
            read = one.due_at.astimezone(zone).replace(tzinfo=None)  # a fold makes minutes longer, a gap moves them on
            near = min(abs(one.due_at - instant(wanted, zone)), abs(read - wanted))
            assert near <= SLACK, (zone, rule.at, one.local_date, one.due_at)


def every_date(first: date, last: date) -> list[date]:
    return [first + number * DAY for number in range((last - first).days + 1)]
