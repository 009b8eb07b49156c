"""The sender: locked, decided, counted and written down in one transaction; unknown where it was cut off."""

from datetime import UTC, datetime, timedelta

import pytest

from attachment_app.accounts.models import Person
from attachment_app.accounts.models.child import ChildState
from attachment_app.delivery import sender, voices
from attachment_app.delivery.answers import answer
from attachment_app.delivery.models import Answer, Kind, Occurrence, Pace, Standing, State
from attachment_app.delivery.offers import offer_now, plan_for
from tests.delivery.makers import PlainVoice, occurrence, standing
from tests.journal.makers import logged
from tests.together import together
from tests.world import World

TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def plain_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"text-{number}" for number in range(40)]
    monkeypatch.setattr(voices, "_voices", {kind: PlainVoice(*texts) for kind in Kind.values})


def sent(now: datetime) -> None:
    sender.send_due(now, spell=0)


def again(one: Occurrence) -> Occurrence:
    one.refresh_from_db()
    return one


def away(person: Person, since: datetime) -> None:
    Person.objects.filter(pk=person.pk).update(last_active_at=since)


@pytest.fixture
def ana(world: World) -> Person:
    away(world.ana, TEN - DAY)
    return world.ana


def test_it_works(ana: Person) -> None:
    one = occurrence(ana, TEN)
    sent(TEN)
    one = again(one)
    assert (one.state, one.reason, one.text) == (State.SENT, "due", "text-0")
    assert one.decided_at and one.decided_at - TEN < timedelta(seconds=1)
    assert one.decisions == [[one.decided_at.isoformat(), "send", "due"]]
    assert list(Occurrence.objects.in_inbox()) == [one]


def test_before_its_time_nothing_is_decided(ana: Person) -> None:
    one = occurrence(ana, TEN)
    sent(TEN - timedelta(seconds=1))
    assert again(one).decisions == []


def test_two_of_one_batch_are_counted_one_after_the_other(ana: Person) -> None:
    first, second = occurrence(ana, TEN), occurrence(ana, TEN + timedelta(minutes=1))
    sent(TEN + timedelta(minutes=2))
    assert (again(first).state, again(second).state) == (State.SENT, State.DROPPED)
    assert second.reason == "day"


def test_held_back_it_is_looked_at_again_and_every_decision_is_kept(ana: Person) -> None:
    away(ana, TEN - timedelta(minutes=10))
    one = occurrence(ana, TEN)
    sent(TEN)
    assert (again(one).state, one.look_at) == (State.WAITING, TEN + timedelta(minutes=20))
    assert not Occurrence.objects.in_inbox().exists()
    sent(TEN + timedelta(minutes=20))
    assert again(one).state == State.SENT
    assert [verdict for _at, verdict, _reason in one.decisions] == ["hold", "send"]


def test_a_timer_of_their_own_holds_it_and_one_of_somebody_else_does_not(world: World, ana: Person) -> None:
    logged(world.pip, world.ben, at=TEN - HOUR)
    one = occurrence(ana, TEN)
    sent(TEN)
    assert again(one).state == State.SENT
    away(world.ben, TEN - DAY)
    other = occurrence(world.ben, TEN)
    sent(TEN)
    assert (again(other).state, other.reason) == (State.WAITING, "timer")


def test_a_timer_that_was_forgotten_tells_nothing(world: World, ana: Person) -> None:
    logged(world.pip, ana, at=TEN - 3 * HOUR)
    one = occurrence(ana, TEN)
    sent(TEN)
    assert again(one).state == State.SENT


def test_once_a_child_is_lost_nothing_about_them_is_said(world: World, ana: Person) -> None:
    one, other = occurrence(ana, TEN, child=world.pip), occurrence(ana, TEN)
    world.pip.say(ChildState.LOST, TEN)
    sent(TEN)
    assert (again(one).state, one.reason) == (State.DROPPED, "child")
    assert again(other).state == State.SENT


def test_a_child_who_is_gone_from_the_family_neither(world: World, ana: Person) -> None:
    one = occurrence(ana, TEN, child=world.pip)
    world.pip.delete()
    sent(TEN)
    assert again(one).reason == "child"


def test_late_it_is_dropped_and_the_reason_stands(ana: Person) -> None:
    one = occurrence(ana, TEN)
    sent(TEN + HOUR + timedelta(seconds=1))
    assert (again(one).state, one.reason) == (State.DROPPED, "late")


def test_five_unopened_stop_it_and_as_before_begins_anew(ana: Person) -> None:
    for day in range(40, 0, -1):
        away(ana, TEN - (day + 1) * DAY)  # they are here every day, and open nothing
        occurrence(ana, TEN - day * DAY)
        sent(TEN - day * DAY)
    assert Occurrence.objects.filter(state=State.SENT).count() == 5
    mine = Standing.objects.get(person=ana)
    assert mine.pace == Pace.STOPPED
    mine.wake(TEN - HOUR)
    away(ana, TEN - DAY)
    one = occurrence(ana, TEN)
    sent(TEN)
    assert again(one).state == State.SENT


def test_thirty_days_away_one_last_note_and_then_silence(ana: Person) -> None:
    away(ana, TEN - 31 * DAY)
    first, second = occurrence(ana, TEN), occurrence(ana, TEN + 2 * DAY)
    sent(TEN)
    sent(TEN + 2 * DAY)
    assert (again(first).state, first.text, first.reason) == (State.SENT, "closing", "closing")
    assert (again(second).state, second.reason) == (State.DROPPED, "closed")


def test_what_was_leased_by_the_dead_is_unknown_and_stays_in_the_inbox(ana: Person) -> None:
    one = occurrence(ana, TEN)
    Occurrence.objects.filter(pk=one.pk).update(state=State.LEASED, lease_until=TEN, decided_at=TEN)
    sent(TEN)
    assert again(one).state == State.LEASED
    sent(TEN + timedelta(seconds=1))
    assert again(one).state == State.UNKNOWN
    assert one.decisions[-1][1:] == ["unknown", "cut_off"]
    sent(TEN + timedelta(seconds=2))
    assert again(one).state == State.UNKNOWN
    assert one in Occurrence.objects.in_inbox()
    later = occurrence(ana, TEN + HOUR)
    sent(TEN + HOUR)
    assert again(later).reason == "day"  # it counts, since it may have been seen


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_share_the_work_and_count_as_one() -> None:
    world = World()
    people = [world.ana, world.ben, world.gran, world.stan]
    for who in people:
        away(who, TEN - DAY)
        for minute in range(10):
            occurrence(who, TEN + timedelta(minutes=minute))
    together(*[lambda: sender.send_due(TEN + timedelta(minutes=10), spell=3, batch=3)] * 4)
    while sender.send_due(TEN + timedelta(minutes=10), spell=0, batch=3):  # what others held when a sender looked last
        pass
    assert not Occurrence.objects.filter(state=State.WAITING).exists()
    for who in people:
        assert Occurrence.objects.filter(person=who, state=State.SENT).count() == 1


class TestAnswers:
    def test_it_works(self, ana: Person) -> None:
        one = occurrence(ana, TEN)
        sent(TEN)
        assert answer(one, Answer.DONE, TEN + HOUR)
        assert (again(one).answer, one.answered_at) == (Answer.DONE, TEN + HOUR)

    def test_said_twice_the_first_stands(self, ana: Person) -> None:
        one = occurrence(ana, TEN)
        assert answer(one, Answer.FEWER, TEN)
        assert not answer(one, Answer.FEWER, TEN)
        assert Standing.objects.get(person=ana).gentle_a_week == 1
        assert not answer(one, Answer.DONE, TEN)
        assert again(one).answer == Answer.FEWER

    def test_below_one_a_week_it_is_one_in_two(self, ana: Person) -> None:
        standing(ana, gentle_a_week=1)
        answer(occurrence(ana, TEN), Answer.FEWER, TEN)
        mine = Standing.objects.get(person=ana)
        assert (mine.gentle_a_week, mine.pace) == (1, Pace.HALF)

    def test_stop_all_stops_at_once_also_after_another_answer(self, ana: Person) -> None:
        one, waiting = occurrence(ana, TEN), occurrence(ana, TEN + DAY)
        answer(one, Answer.DONE, TEN)
        answer(one, Answer.STOPPED, TEN + HOUR)
        sent(TEN + DAY)
        assert again(waiting).reason == "stopped"


class TestOffers:
    def test_it_works(self, world: World, ana: Person) -> None:
        soothing = logged(world.pip, ana, at=TEN)
        one = offer_now(ana, Kind.OFFER, soothing.pk, TEN, about=world.pip.pk)
        assert one and one.state == State.SENT
        assert offer_now(ana, Kind.OFFER, soothing.pk, TEN + HOUR, about=world.pip.pk) == one

    def test_answered_it_is_gone(self, world: World, ana: Person) -> None:
        soothing = logged(world.pip, ana, at=TEN)
        one = offer_now(ana, Kind.OFFER, soothing.pk, TEN)
        assert one
        answer(one, Answer.NOT_NOW, TEN)
        assert offer_now(ana, Kind.OFFER, soothing.pk, TEN) is None

    def test_two_a_day_three_hours_apart_and_the_refusals_are_kept(self, world: World, ana: Person) -> None:
        offered = []
        for hours in (0, 1, 3, 6, 9):
            soothing = logged(world.pip, ana, at=TEN + hours * HOUR)
            offered.append(offer_now(ana, Kind.OFFER, soothing.pk, TEN + hours * HOUR))
        assert [bool(one) for one in offered] == [True, False, True, False, False]
        dropped = Occurrence.objects.filter(state=State.DROPPED)
        assert {one.reason for one in dropped} == {"kind_limit"} and dropped.count() == 3

    def test_at_night_too_since_the_page_is_before_them(self, world: World, ana: Person) -> None:
        night = TEN.replace(hour=3)
        assert offer_now(ana, Kind.OFFER, world.pip.pk, night)

    def test_planned_once_for_the_next_day(self, world: World, ana: Person) -> None:
        due, end = TEN + DAY, TEN + DAY + 7 * HOUR
        assert plan_for(ana, Kind.REST, world.pip.pk, due, end, TEN)
        assert not plan_for(ana, Kind.REST, world.pip.pk, due, end, TEN)
        sent(due + 2 * HOUR)
        assert Occurrence.objects.get(kind=Kind.REST).state == State.SENT
