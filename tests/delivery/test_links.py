"""The links of a message: whoever holds one may answer, once, signed in or not; looking changes nothing."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.test import Client

from attachment_app.delivery.lines import lines
from attachment_app.delivery.models import Answer, Occurrence, Standing
from attachment_app.delivery.views import links
from tests.conftest import signed_in
from tests.delivery.left import TOKEN, sent
from tests.world import World

PAGE = f"/inbox/link/{TOKEN}/"
STEPS = {"done": Answer.DONE, "not-now": Answer.NOT_NOW, "fewer": Answer.FEWER, "stop": Answer.STOPPED}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def message(world: World) -> Occurrence:
    return sent(world.ana)


@pytest.fixture
def nobody() -> Client:
    """A browser without cookies that is held to tokens against forgery, as a real one is."""
    return Client(enforce_csrf_checks=True)


def state(message: Occurrence) -> tuple[Any, ...]:
    standing = Standing.objects.get(person_id=message.person_id)
    return Occurrence.objects.filter(pk=message.pk).values_list()[0], standing.gentle_a_week, standing.stopped_at


def test_it_works(message: Occurrence, nobody: Client) -> None:
    page = nobody.get(PAGE)
    assert page.status_code == 200
    for step in STEPS:
        assert f'action="{PAGE}{step}/"' in page.content.decode()
    answered = nobody.post(f"{PAGE}done/")
    assert answered.status_code == 200
    assert "Thank you" in answered.content.decode()
    message.refresh_from_db()
    assert message.answer == Answer.DONE
    assert message.answered_at


@pytest.mark.parametrize("step", ["", *(f"{step}/" for step in STEPS), "seen/"])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_changes_nothing(message: Occurrence, nobody: Client, step: str, method: str) -> None:
    before = state(message)
    assert getattr(nobody, method)(PAGE + step).status_code in (200, 405)
    assert state(message) == before


def test_the_page_itself_takes_no_answer(message: Occurrence, nobody: Client) -> None:
    assert nobody.post(PAGE).status_code == 403
    assert Client().post(PAGE).status_code == 405
    assert nobody.put(f"{PAGE}stop/").status_code == 405


@pytest.mark.parametrize(("step", "answer"), STEPS.items())
def test_a_second_time_nothing_changes_and_it_is_said_kindly(
    message: Occurrence, nobody: Client, step: str, answer: Answer
) -> None:
    nobody.post(f"{PAGE}{step}/")
    before = state(message)
    assert before[0] and Occurrence.objects.get(pk=message.pk).answer == answer
    again = nobody.post(f"{PAGE}{step}/")
    assert again.status_code == 200
    assert state(message) == before
    assert ("Answered before" in again.content.decode()) is (step != "stop")


def test_one_click_stops_at_once(message: Occurrence, nobody: Client) -> None:
    """RFC 8058: a mail program posts this without cookies, from anywhere."""
    for _twice in range(2):
        answer = nobody.post(
            f"{PAGE}stop/", "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 200
        assert "It is stopped" in answer.content.decode()
    assert Standing.objects.get(person_id=message.person_id).stopped_at


def test_stop_works_after_another_answer(message: Occurrence, nobody: Client) -> None:
    nobody.post(f"{PAGE}done/")
    assert "Stop all" in nobody.get(PAGE).content.decode()
    assert f"{PAGE}fewer/" not in nobody.get(PAGE).content.decode()
    nobody.post(f"{PAGE}stop/", ONE_CLICK)
    assert Standing.objects.get(person_id=message.person_id).stopped_at


def test_fewer_is_half_as_many_once(message: Occurrence, nobody: Client) -> None:
    Standing.objects.update(gentle_a_week=6)
    nobody.post(f"{PAGE}fewer/")
    nobody.post(f"{PAGE}fewer/")
    assert Standing.objects.get(person_id=message.person_id).gentle_a_week == 3


def test_a_tapped_notification_was_opened(message: Occurrence, nobody: Client) -> None:
    assert nobody.post(f"{PAGE}seen/").status_code == 204
    message.refresh_from_db()
    assert message.seen_at
    assert not message.answer


@pytest.mark.parametrize("token", ["x" * 43, "t" * 42, "t" * 44, "T" * 43, "…", "0", "t" * 2000, "%00"])
def test_a_wrong_address_is_not_there(message: Occurrence, nobody: Client, token: str) -> None:
    before = state(message)
    url = f"/inbox/link/{token}/"
    never = nobody.get("/no/such/page/")
    for answer in (nobody.get(url), nobody.get(f"{url}stop/"), nobody.post(f"{url}stop/", ONE_CLICK)):
        assert answer.status_code == 404
        assert "This page is not here" in answer.content.decode()
        assert len(answer.content) == len(never.content)
    assert state(message) == before


def test_the_database_holds_no_token(message: Occurrence) -> None:
    row = str(Occurrence.objects.filter(pk=message.pk).values())
    assert TOKEN not in row


def test_guessing_is_throttled_and_a_right_address_is_not(message: Occurrence, nobody: Client) -> None:
    statuses = [nobody.get(f"/inbox/link/{number:043}/").status_code for number in range(25)]
    assert statuses == [404] * 20 + [429] * 5
    assert nobody.get(PAGE).status_code == 200
    assert nobody.post(f"{PAGE}stop/", ONE_CLICK).status_code == 200


def test_the_address_stays_on_this_page(message: Occurrence, nobody: Client, ana: Client) -> None:
    for browser in (nobody, ana):
        for answer in (browser.get(PAGE), browser.get(f"{PAGE}stop/"), browser.post(f"{PAGE}done/")):
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "no-store" in answer.headers["Cache-Control"]
            assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_page_tells_nobody_what_it_was(world: World, message: Occurrence, nobody: Client, stan: Client) -> None:
    """Neither who it is for nor what it says: the link may have been passed on. Its own person reads it."""
    words = lines([message])[0].said.title
    assert words in signed_in(world.ana).get(PAGE).content.decode()
    for browser in (nobody, stan):
        page = browser.get(PAGE).content.decode()
        for word in (words, "ana@example.org", "Ana", "Pip", str(message.pk), str(world.ana.pk)):
            assert word not in page


def test_somebody_else_who_is_signed_in_answers_for_the_one_it_was_for(
    world: World, message: Occurrence, stan: Client
) -> None:
    Standing.objects.of(world.stan)
    stan.post(f"{PAGE}stop/")
    assert Standing.objects.get(person=world.ana).stopped_at
    assert not Standing.objects.get(person=world.stan).stopped_at


def test_the_policies_hold_here_too(message: Occurrence, nobody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without saying whose transaction it is there is no row: the look-up alone opens nothing."""
    monkeypatch.setattr(links, "acting_for", lambda _person: nullcontext())
    with pytest.raises(Occurrence.DoesNotExist):
        nobody.get(PAGE)
