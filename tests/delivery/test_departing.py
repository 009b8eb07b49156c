"""What becomes of a message by how its channels ended: sent, unknown, back to wait, or in the inbox alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from attachment_app.accounts.models import Person
from attachment_app.delivery import sender, voices
from attachment_app.delivery.departing import TRY_AGAIN
from attachment_app.delivery.models import Kind, Occurrence, PushSubscription, Standing, State
from tests.delivery.left import allowed
from tests.delivery.makers import PlainVoice, occurrence, standing
from tests.mailbox import Mailbox
from tests.pushbox import Browser, Pushbox
from tests.world import World

TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def plain_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "_voices", {kind: PlainVoice("one", "two") for kind in Kind.values})


@pytest.fixture
def ana(world: World) -> Person:
    Person.objects.filter(pk=world.ana.pk).update(last_active_at=TEN - timedelta(days=1))
    return world.ana


def sent(one: Occurrence, now: datetime = TEN) -> Occurrence:
    sender.send_due(now, spell=0)
    one.refresh_from_db()
    return one


def ways(one: Occurrence) -> dict[str, Any]:
    return {name: left.partition(" ")[0] for name, left in one.channels.items()}


def test_it_works_by_both_ways(ana: Person, pushbox: Pushbox, mailbox: Mailbox) -> None:
    allowed(ana, browser := Browser.at(pushbox))
    standing(ana, email_since=TEN)
    one = sent(occurrence(ana, TEN))
    assert (one.state, ways(one)) == (State.SENT, {"push": "sent", "email": "sent"})
    (push,) = pushbox.taken()
    token = browser.shown(push.body)["url"].split("/")[-2]
    assert f"/inbox/link/{token}/stop/" in mailbox.mails[0]["List-Unsubscribe"]


def test_a_push_service_that_is_down_is_tried_again_and_the_other_way_is_not(
    ana: Person, pushbox: Pushbox, mailbox: Mailbox
) -> None:
    allowed(ana, browser := Browser.at(pushbox))
    pushbox.answer(browser.path, 503)
    one = sent(occurrence(ana, TEN))
    assert one.state == State.WAITING and one.decisions[-1][1:] == ["hold", "channel"]
    assert TRY_AGAIN <= one.look_at - TEN < TRY_AGAIN + timedelta(seconds=5)
    assert not Occurrence.objects.in_inbox().exists()
    pushbox.answer(browser.path, 201)
    assert sent(one, one.look_at).state == State.SENT
    standing(ana, email_since=TEN)
    pushbox.answer(browser.path, 503)
    other = sent(occurrence(ana, TEN + timedelta(days=1)), TEN + timedelta(days=1))
    assert (other.state, ways(other)) == (State.SENT, {"push": "later", "email": "sent"})


def test_where_no_way_opens_in_time_its_line_stands_and_says_so(ana: Person, pushbox: Pushbox) -> None:
    allowed(ana, browser := Browser.at(pushbox))
    pushbox.answer(browser.path, 503)
    one = occurrence(ana, TEN)
    last = TEN + timedelta(hours=1) - TRY_AGAIN + SECOND
    assert sent(one, last).state == State.SENT
    assert ways(one) == {"push": "later"}
    assert one in Occurrence.objects.in_inbox()


def test_cut_off_in_the_middle_it_is_unknown_and_not_sent_again(ana: Person, pushbox: Pushbox) -> None:
    allowed(ana, browser := Browser.at(pushbox))
    pushbox.answer(browser.path, 201, cut="before")
    one = sent(occurrence(ana, TEN))
    assert (one.state, ways(one)) == (State.UNKNOWN, {"push": "perhaps"})
    count = pushbox.count()
    assert sent(one, TEN + timedelta(minutes=30)).state == State.UNKNOWN
    assert pushbox.count() == count


def test_a_browser_that_is_gone_is_forgotten_and_another_takes_it(ana: Person, pushbox: Pushbox) -> None:
    gone, there = Browser.at(pushbox), Browser.at(pushbox)
    allowed(ana, gone)
    allowed(ana, there)
    pushbox.answer(gone.path, 410)
    one = sent(occurrence(ana, TEN))
    assert (one.state, ways(one)) == (State.SENT, {"push": "sent"})
    assert [left.endpoint for left in PushSubscription.objects.all()] == [there.endpoint]


def test_a_mailbox_that_is_gone_turns_mail_off(ana: Person, mailbox: Mailbox) -> None:
    standing(ana, email_since=TEN)
    mailbox.rcpt_answer = "550 no such mailbox"
    one = sent(occurrence(ana, TEN))
    assert (one.state, ways(one)) == (State.SENT, {"email": "gone"})
    assert Standing.objects.get(person=ana).email_since is None


class Dumb(PlainVoice):
    def say(self, occurrences: Any, own_words: bool) -> Any:
        raise LookupError("a text that is not there any more")


def test_a_voice_that_fails_holds_up_nobody(
    ana: Person, world: World, pushbox: Pushbox, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(voices._voices, Kind.GENTLE, Dumb("one"))
    allowed(ana, Browser.at(pushbox))
    standing(ana, email_since=TEN)
    one = sent(occurrence(ana, TEN))
    assert (one.state, ways(one)) == (State.SENT, {"push": "sent", "email": "refused"})
    assert not mailbox.mails


def test_rest_and_care_never_leave_the_app(ana: Person, pushbox: Pushbox, mailbox: Mailbox) -> None:
    allowed(ana, Browser.at(pushbox))
    standing(ana, email_since=TEN, check_on_me_since=TEN)
    one = sent(occurrence(ana, TEN, kind=Kind.REST))
    assert (one.state, one.channels, one.token_hash) == (State.SENT, {}, None)
    assert not mailbox.mails
