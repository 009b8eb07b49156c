"""The planner: what comes due becomes an occurrence, once a local date; the rule goes on to its next date."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from attachment_app.accounts.models import Person
from attachment_app.delivery.models import Occurrence, State
from attachment_app.lib.recurrence import JITTER
from journal import planner
from journal.models import Reminder
from tests.delivery.makers import reminder, standing
from tests.together import together
from tests.world import World

LONDON = ZoneInfo("Europe/London")
MORNING = datetime(2026, 11, 24, 7, tzinfo=UTC)  # a Tuesday
DAY = timedelta(days=1)
SLACK = timedelta(minutes=JITTER)


def planned_by(now: datetime) -> list[Occurrence]:
    while planner.plan(now)[0]:
        pass
    return list(Occurrence.objects.order_by("due_at"))


def test_it_works(world: World) -> None:
    rule = reminder(world.ana, MORNING, child=world.pip)
    assert planned_by(MORNING) == []
    (one,) = planned_by(MORNING.replace(hour=11))
    assert (one.person, one.source, one.about, one.text) == (world.ana, rule.pk, world.pip.pk, "gaze")
    assert (one.local_date, one.state) == (date(2026, 11, 24), State.WAITING)
    assert abs(one.due_at - MORNING.replace(hour=10)) <= SLACK
    rule.refresh_from_db()
    assert rule.next_date == date(2026, 11, 25)


def test_planned_again_it_is_the_same_date(world: World) -> None:
    rule = reminder(world.ana, MORNING)
    planned_by(MORNING.replace(hour=11))
    Reminder.objects.filter(pk=rule.pk).update(next_date=date(2026, 11, 24), next_due_at=MORNING)
    assert len(planned_by(MORNING.replace(hour=11))) == 1


def test_a_minute_early_it_waits_and_in_its_last_seconds_it_is_planned(world: World) -> None:
    rule = reminder(world.ana, MORNING)
    assert rule.next_due_at
    assert planned_by(rule.next_due_at - planner.AHEAD - timedelta(seconds=1)) == []
    assert len(planned_by(rule.next_due_at - planner.AHEAD)) == 1


def test_weekdays_are_kept(world: World) -> None:
    reminder(world.ana, MORNING, days=0b0000101)  # Mondays and Wednesdays
    days = [one.local_date.isoweekday() for one in planned_by(MORNING + 14 * DAY)]
    assert days == [3, 1, 3, 1]


def test_after_days_without_a_planner_every_date_is_looked_at(world: World) -> None:
    reminder(world.ana, MORNING)
    dates = [one.local_date.day for one in planned_by(MORNING.replace(hour=12) + 3 * DAY)]
    assert dates == [24, 25, 26, 27]


def test_a_rule_that_is_off_has_no_date(world: World) -> None:
    rule = reminder(world.ana, MORNING)
    rule.off_at = MORNING
    planner.plan_next(rule, MORNING)
    rule.save()
    assert (rule.next_date, rule.next_due_at) == (None, None)
    assert planned_by(MORNING + DAY) == []


def test_whoever_stopped_everything_gets_no_rows_and_the_rule_goes_on(world: World) -> None:
    rule = reminder(world.ana, MORNING)
    standing(world.ana, stopped_at=MORNING)
    assert planned_by(MORNING + 2 * DAY) == []
    rule.refresh_from_db()
    assert rule.next_due_at and rule.next_due_at > MORNING + 2 * DAY


def test_turned_off_and_on_again_on_the_same_day_it_does_not_come_twice(world: World) -> None:
    rule = reminder(world.ana, MORNING)
    noon = MORNING.replace(hour=12)
    planned_by(noon)
    rule.at = time(15)
    planner.plan_next(rule, noon)
    rule.save()
    assert rule.next_date == date(2026, 11, 25)


class TestSomebodyWhoTravels:
    def move(self, person: Person, zone: str, now: datetime) -> None:
        Person.objects.filter(pk=person.pk).update(time_zone=zone)
        planner.moved(person, now)

    def test_west_the_date_comes_later(self, world: World) -> None:
        reminder(world.ana, MORNING)
        self.move(world.ana, "America/New_York", MORNING)
        assert planned_by(MORNING) == []
        (one,) = planned_by(MORNING.replace(hour=16))
        assert abs(one.due_at - MORNING.replace(hour=15)) <= SLACK

    def test_east_the_hour_is_past_and_leaves_a_trace(self, world: World) -> None:
        reminder(world.ana, MORNING)
        self.move(world.ana, "Asia/Tokyo", MORNING)
        (one,) = planned_by(MORNING)
        assert one.local_date == date(2026, 11, 24)
        assert one.due_at < one.expires_at < MORNING  # the sender drops it: too late

    def test_a_date_that_comes_twice_counts_once(self, world: World) -> None:
        Person.objects.filter(pk=world.ana.pk).update(time_zone="Pacific/Auckland")
        reminder(world.ana, MORNING - DAY)
        planned_by(MORNING)
        self.move(world.ana, "Pacific/Honolulu", MORNING)
        dates = [one.local_date for one in planned_by(MORNING + 2 * DAY)]
        assert len(dates) == len(set(dates))

    def test_also_where_nobody_said_that_they_moved(self, world: World) -> None:
        reminder(world.ana, MORNING)
        Person.objects.filter(pk=world.ana.pk).update(time_zone="America/New_York")
        assert planned_by(MORNING.replace(hour=11)) == []
        assert len(planned_by(MORNING.replace(hour=16))) == 1


def test_the_database_refuses_a_second_occurrence_and_a_rule_without_a_standing(world: World) -> None:
    reminder(world.ana, MORNING)
    (one,) = planned_by(MORNING.replace(hour=11))
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_four_planners_at_once_share_the_rules() -> None:
    world = World()
    for minute in range(60):
        reminder(world.ana, MORNING, at=time(10, minute))
    noon = MORNING.replace(hour=12)
    together(*[lambda: planned_by(noon)] * 4)
    assert Occurrence.objects.count() == 60
    assert len(set(Occurrence.objects.values_list("source", flat=True))) == 60
