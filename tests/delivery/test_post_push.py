"""Pushes that somebody asked for (a look-in of a break that they started): at least once, tried again, cancelled."""

from datetime import timedelta
from typing import Any

import pytest

from attachment_app.delivery import post, wires
from attachment_app.delivery.models import Message, Outcome, PushSubscription
from attachment_app.web.person import acting_for
from tests.delivery.left import allowed
from tests.pushbox import Browser, Pushbox
from tests.world import NOW, World

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def no_wires() -> None:
    wires._kept.clear()


def look_in(person: Any, minutes: int = 10, **more: Any) -> Message:
    said = {"title": "A minute from To and fro", "body": "How is it going?", "path": "/break/"}
    times = {"due_at": NOW + minutes * MINUTE, "expires_at": NOW + (minutes + 15) * MINUTE, "now": NOW}
    return Message.objects.post_push(f"look-in:7:{minutes}", person, **{**said, **times, **more})


def as_it_stands(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_it_works(world: World, pushbox: Pushbox) -> None:
    phone, laptop = Browser.at(pushbox), Browser.at(pushbox)
    allowed(world.ana, phone), allowed(world.ana, laptop), allowed(world.ben, Browser.at(pushbox))
    message = look_in(world.ana)
    assert post.send_due(now=NOW + 9 * MINUTE) == 0
    assert post.send_due(now=NOW + 10 * MINUTE) == 1
    bodies = {taken.path: taken for taken in pushbox.taken()}
    assert set(bodies) == {phone.path, laptop.path}
    said = phone.shown(bodies[phone.path].body)
    assert said == {
        "title": "A minute from To and fro", "body": "How is it going?", "tag": "look-in:7", "url": "/break/",
        "actions": [],
    }  # fmt: skip
    assert bodies[phone.path].headers["urgency"] == "high"
    assert bodies[phone.path].headers["ttl"] == "900"
    assert as_it_stands(message).outcome == Outcome.SENT
    assert as_it_stands(message).body == ""


def test_twice_is_one(world: World, pushbox: Pushbox) -> None:
    allowed(world.ana, Browser.at(pushbox))
    assert look_in(world.ana) == look_in(world.ana)
    post.send_due(now=NOW + 10 * MINUTE)
    post.send_due(now=NOW + 12 * MINUTE)
    assert pushbox.count() == 1


def test_the_newer_look_in_takes_the_place_of_the_older(world: World, pushbox: Pushbox) -> None:
    browser = Browser.at(pushbox)
    allowed(world.ana, browser)
    look_in(world.ana, 10), look_in(world.ana, 15)
    post.send_due(now=NOW + 15 * MINUTE)
    first, second = pushbox.taken()
    assert first.headers["topic"] == second.headers["topic"]
    assert browser.shown(first.body)["tag"] == browser.shown(second.body)["tag"]


def test_back_again_cancels_what_has_not_gone(world: World, pushbox: Pushbox) -> None:
    allowed(world.ana, Browser.at(pushbox))
    first, second = look_in(world.ana, 10), look_in(world.ana, 15)
    post.send_due(now=NOW + 10 * MINUTE)
    with acting_for(world.ana.pk):
        assert Message.objects.cancel("look-in:7", world.ana, now=NOW + 11 * MINUTE) == 1
        assert Message.objects.cancel("look-in:7", world.ana, now=NOW + 11 * MINUTE) == 0
    assert post.send_due(now=NOW + 15 * MINUTE) == 0
    assert as_it_stands(first).outcome == Outcome.SENT
    assert as_it_stands(second).outcome == Outcome.CANCELLED
    assert as_it_stands(second).body == ""
    assert pushbox.count() == 1


def test_nobody_cancels_for_another_and_no_mail_is_cancelled(world: World) -> None:
    message = look_in(world.ana)
    mail = Message.objects.post("look-in:7:mail", "ana@example.org", "Code", "1", NOW, person=world.ana)
    with acting_for(world.stan.pk):
        assert Message.objects.cancel("look-in", world.stan, now=NOW) == 0
        assert Message.objects.cancel("look-in", world.ana, now=NOW) == 0
    with acting_for(world.ana.pk):
        assert Message.objects.cancel("", world.ana, now=NOW) == 1
    assert as_it_stands(message).outcome == Outcome.CANCELLED
    assert as_it_stands(mail).outcome == Outcome.WAITING


def test_a_page_may_ask_for_it(world: World) -> None:
    with acting_for(world.ana.pk):
        assert look_in(world.ana).person_id == world.ana.pk


def test_no_browser_to_push_to(world: World, pushbox: Pushbox) -> None:
    message = look_in(world.ana)
    post.send_due(now=NOW + 10 * MINUTE)
    assert (as_it_stands(message).outcome, as_it_stands(message).reason) == (Outcome.FAILED, "no browser to push to")


def test_a_browser_that_is_gone_is_forgotten(world: World, pushbox: Pushbox) -> None:
    gone, there = Browser.at(pushbox), Browser.at(pushbox)
    allowed(world.ana, gone), allowed(world.ana, there)
    pushbox.answer(gone.path, 410)
    message = look_in(world.ana)
    post.send_due(now=NOW + 10 * MINUTE)
    assert [row.endpoint for row in PushSubscription.objects.all()] == [there.endpoint]
    assert as_it_stands(message).outcome == Outcome.SENT


def test_only_those_that_did_not_get_it_are_tried_again(world: World, pushbox: Pushbox) -> None:
    phone, laptop = Browser.at(pushbox), Browser.at(pushbox)
    allowed(world.ana, phone), allowed(world.ana, laptop)
    pushbox.answer(phone.path, 503)
    message = look_in(world.ana)
    post.send_due(now=NOW + 10 * MINUTE)
    assert as_it_stands(message).outcome == Outcome.WAITING
    pushbox.answer(phone.path, 201)
    post.send_due(now=NOW + 11 * MINUTE)
    assert sorted(taken.path for taken in pushbox.taken()) == sorted([phone.path, phone.path, laptop.path])
    assert as_it_stands(message).outcome == Outcome.SENT


def test_it_is_sent_where_the_last_browser_went_away_after_another_had_it(world: World, pushbox: Pushbox) -> None:
    phone, laptop = Browser.at(pushbox), Browser.at(pushbox)
    allowed(world.ana, phone), allowed(world.ana, laptop)
    pushbox.answer(phone.path, 503)
    message = look_in(world.ana)
    post.send_due(now=NOW + 10 * MINUTE)
    pushbox.answer(phone.path, 410)
    post.send_due(now=NOW + 11 * MINUTE)
    assert as_it_stands(message).outcome == Outcome.SENT


def test_nothing_goes_later_than_its_time(world: World, pushbox: Pushbox) -> None:
    allowed(world.ana, Browser.at(pushbox))
    pushbox.answer("*", 503)
    message = look_in(world.ana)
    for seconds in range(600, 600 + 15 * 60 + 10, 5):  # it is closed, and its text blanked, when its time is over
        post.send_due(now=NOW + timedelta(seconds=seconds))
    assert (as_it_stands(message).outcome, as_it_stands(message).body) == (Outcome.EXPIRED, "")
    assert 5 <= pushbox.count() <= 12
