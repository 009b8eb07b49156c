"""Kept breaks, plans, people to ring and look-ins: a parent's alone, and only where they ask for it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attachment_app.delivery.models import Message, Outcome, PushSubscription, Standing
from attachment_app.web.person import acting_for
from journal import look_ins
from journal.models import Break, Contact, Plan
from tests.conftest import signed_in
from tests.journal.makers import own_of
from tests.queries import asked_by
from tests.world import NOW, World, person

MINE, BREAKS = reverse("break-mine"), reverse("journal:breaks")
PLANS, PEOPLE, BACK = (reverse(f"journal:{name}") for name in ("plans", "people", "break-back"))
CRYING = {"cue": "the crying passes 20 minutes", "act": "step out for five minutes"}
ODD = ["a" * 200, "🌙" * 90, "שלום עליכם", "<script>alert(1)</script>", "  two\n lines. "]


def plan(browser: Client, **words: str) -> Any:
    return browser.post(PLANS, {"client_key": str(uuid4()), **CRYING, **words})


def contact(browser: Client, **words: str) -> Any:
    return browser.post(PEOPLE, {"client_key": str(uuid4()), "name": "Mum", "number": "020 7946 0123", **words})


def start(browser: Client, **ticked: str) -> Any:
    return browser.post(BREAKS, {"client_key": str(uuid4()), **ticked})


def allow_pushes(world: World) -> None:
    keys = {"p256dh": "k", "auth": "a", "made_at": NOW, "checked_at": NOW}
    PushSubscription.objects.create(person=world.ana, endpoint="https://push.example.org/1", **keys)


def text(browser: Client, url: str) -> str:
    return browser.get(url).content.decode()


def test_it_works(ana: Client) -> None:
    assert plan(ana).status_code == 303
    assert contact(ana).status_code == 303
    said = text(ana, MINE)
    assert "If the crying passes 20 minutes, I will step out for five minutes." in said
    assert said.index("I will step out") < said.index("Mum")  # plans first
    assert 'href="tel:02079460123"' in said


def test_signed_out_there_is_nothing(db: None, client: Client) -> None:
    answer = client.get(MINE)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "no-store" in answer["Cache-Control"]


def test_the_personal_part_is_stored_nowhere(ana: Client) -> None:
    assert ana.get(MINE)["Cache-Control"] == "no-store, private"


def test_nobody_else_sees_any_of_it(world: World, ben: Client, gran: Client, stan: Client) -> None:
    ids = own_of(world.ana, "Zaunkönig")
    allow_pushes(world)
    look_ins.ask(world.ana, uuid4(), timezone.now(), timezone.now())
    empty = text(signed_in(person("Una")), BREAKS)
    for browser in (ben, gran, stan):
        said = [text(browser, url) for url in (MINE, BREAKS, PLANS, PEOPLE)]
        assert "Zaunkönig" not in "".join(said) and "Still hard" not in "".join(said)
        assert said[1].count("None. A break is kept") == empty.count("None. A break is kept") == 1
        assert "We are back" not in said[0]
        for name, which in (("plan", "plan"), ("contact", "contact"), ("break-ending", "break")):
            assert browser.get(reverse(f"journal:{name}", args=[ids[which]])).status_code == 404
        for name in ("plan", "contact", "break"):
            assert browser.post(reverse(f"journal:{name}-removal", args=[ids[name]])).status_code == 404
        browser.post(BACK)
        browser.post(reverse("journal:breaks-removal"))
    with acting_for(world.ana.pk):
        assert (Plan.objects.count(), Contact.objects.count(), Break.objects.count()) == (1, 1, 1)
        assert len(look_ins.to_come(world.ana)) == 2


def test_words_are_sealed(world: World, ana: Client) -> None:
    plan(ana)
    contact(ana)
    for row in (Plan.objects.get(), Contact.objects.get()):
        assert b"crying" not in bytes(row.sealed) and b"Mum" not in bytes(row.sealed)
        assert row.sealed_for == {"person_id": world.ana.pk}


@pytest.mark.parametrize("words", ODD)
def test_words_come_back_as_they_went_in(ana: Client, words: str) -> None:
    plan(ana, act=words)
    assert Plan.objects.get().open().words["act"] == " ".join(words.split()).rstrip(" .")
    assert "<script>alert" not in text(ana, MINE) + text(ana, PLANS)


@pytest.mark.parametrize(
    ("post", "words", "said"),
    [
        (plan, {"cue": ""}, "Say when it is time for this plan."),
        (plan, {"act": " "}, "Say what you will do then."),
        (plan, {"act": "a" * 201}, "That is long: 200 letters fit."),
        (plan, {"client_key": "no key"}, "Enter a valid UUID."),
        (contact, {"name": ""}, "Give a name."),
        (contact, {"number": "javascript:alert(1)"}, "Write the number in figures"),
        (contact, {"number": "12"}, "Write the number in figures"),
        (contact, {"number": "1" * 31}, "That is long: 30 letters fit."),
    ],
)
def test_what_cannot_be_read_comes_back_with_a_reason(ana: Client, post: Any, words: dict[str, str], said: str) -> None:
    answer = post(ana, **words)
    assert answer.status_code == 422
    assert said in answer.content.decode() or "client_key" in words
    assert not Plan.objects.exists() and not Contact.objects.exists()


@pytest.mark.parametrize(
    ("number", "href"), [("+44 (0)20 7946-0123", "tel:+4402079460123"), ("*31#0207", "tel:*31%230207")]
)
def test_a_number_as_a_telephone_dials_it(ana: Client, number: str, href: str) -> None:
    contact(ana, number=number)
    assert f'href="{href}"' in text(ana, MINE)


def test_the_same_form_twice_is_one_row_and_other_words_change_it(ana: Client) -> None:
    key = str(uuid4())
    plan(ana, client_key=key)
    plan(ana, client_key=key)
    plan(ana, client_key=key, act="ring Mum")
    assert Plan.objects.get().open().words == {**CRYING, "act": "ring Mum"}


def test_changed_and_taken_away(ana: Client) -> None:
    plan(ana)
    one = Plan.objects.get()
    url = reverse("journal:plan", args=[one.pk])
    assert CRYING["act"] in text(ana, url)
    ana.post(url, {"client_key": str(one.client_key), "cue": "it is three", "act": "wake Ben"})
    assert "If it is three, I will wake Ben." in text(ana, MINE)
    assert ana.post(url, {"cue": "", "act": ""}).status_code == 422
    assert ana.post(reverse("journal:plan-removal", args=[one.pk])).status_code == 303
    assert not Plan.objects.exists()


def test_twelve_fit(ana: Client) -> None:
    for _index in range(12):
        plan(ana)
    assert plan(ana).status_code == 422
    assert "Twelve fit on the page." in text(ana, PLANS)
    assert Plan.objects.count() == 12


def test_an_idea_is_kept_in_one_tap(ana: Client) -> None:
    said = text(ana, PLANS)
    assert "put my baby down safely and step out for five minutes" in said
    assert said.count('name="act"') == 5  # the form, and four ideas


def test_a_key_that_is_gone_hides_the_words_and_breaks_nothing(ana: Client, settings: Any) -> None:
    from attachment_app.lib.sealing import Ring, new_key

    plan(ana)
    contact(ana)
    settings.NOTES_RING = Ring((new_key(),))
    for url in (MINE, BREAKS, PLANS, PEOPLE):
        assert "cannot be opened" in text(ana, url)


def test_the_number_of_queries_does_not_grow(ana: Client) -> None:
    counts = []
    for _more in range(2):
        plan(ana)
        contact(ana)
        counts.append(len(asked_by(lambda: ana.get(MINE))))
    assert counts[0] == counts[1] <= 10


# --- a break ------------------------------------------------------------------


def test_nothing_is_written_down_unless_it_is_wanted(world: World, ana: Client) -> None:
    allow_pushes(world)
    assert "Nothing was written down." in ana.post(BREAKS, {"client_key": str(uuid4())}, follow=True).content.decode()
    ana.post(BACK)
    assert not Break.objects.exists() and not Message.objects.exists()


def test_a_break_is_kept_where_it_is_wanted(ana: Client) -> None:
    key = str(uuid4())
    for _time in range(2):
        start(ana, keep="1", client_key=key, trigger="marked")
    kept = Break.objects.get()
    assert (kept.trigger, kept.ended_at, kept.sealed) == ("marked", None, None)
    assert abs(timezone.now() - kept.taken_at) < timedelta(seconds=20)
    assert not Message.objects.exists()


@pytest.mark.parametrize("trigger", ["", "asked", "nonsense", "x" * 500])
def test_why_it_was_taken_is_one_of_the_known(ana: Client, trigger: str) -> None:
    start(ana, keep="1", trigger=trigger)
    assert Break.objects.get().trigger == "asked"


def test_how_it_ended_is_asked_once(ana: Client) -> None:
    start(ana, keep="1")
    url = ana.post(BACK)["Location"]
    kept = Break.objects.get()
    assert url == reverse("journal:break-ending", args=[kept.pk])
    assert "How did it end, for you?" in text(ana, url)
    assert ana.post(url, {"ending": "still_hard"}).status_code == 303
    assert "Still hard" in text(ana, BREAKS)
    assert b"still_hard" not in bytes(Break.objects.get().sealed)
    assert "How did it end" not in text(ana, MINE) + text(ana, BREAKS)


def test_skipped_it_is_not_asked_again(ana: Client) -> None:
    start(ana, keep="1")
    url = ana.post(BACK)["Location"]
    ana.post(url, {"ending": ""})
    assert Break.objects.get().sealed is None
    assert "How did it end" not in text(ana, MINE) + text(ana, BREAKS)
    ana.post(url, {"ending": "rubbish"})
    assert Break.objects.get().sealed is None


def test_with_scripts_it_is_asked_on_the_same_page(ana: Client) -> None:
    swap = {"HX-Request": "true"}
    said = ana.post(BREAKS, {"client_key": str(uuid4()), "keep": "1"}, headers=swap).content.decode()
    assert "We are back" in said and "<html" not in said
    said = ana.post(BACK, headers=swap).content.decode()
    assert "How did it end, for you?" in said and "data-result" in said
    said = ana.post(reverse("journal:break-ending", args=[Break.objects.get().pk]), {"ending": "calmer"}, headers=swap)
    assert "Saved, for you alone." in said.content.decode()


def test_what_was_kept_is_seen_and_deleted(ana: Client) -> None:
    for _time in range(3):
        start(ana, keep="1")
        ana.post(BACK)
    assert text(ana, BREAKS).count("I asked for a minute") == 3
    ana.post(reverse("journal:break-removal", args=[Break.objects.first().pk]))
    assert Break.objects.count() == 2
    ana.post(reverse("journal:breaks-removal"))
    assert not Break.objects.exists()


def test_a_break_nobody_came_back_from_does_not_go_on_for_ever(ana: Client) -> None:
    start(ana, keep="1")
    Break.objects.update(taken_at=timezone.now() - timedelta(hours=3))
    assert "We are back" not in text(ana, MINE)
    assert ana.post(BACK)["Location"] == BREAKS


# --- look-ins -------------------------------------------------------------------


def test_two_pushes_at_ten_and_fifteen_minutes(world: World, ana: Client) -> None:
    allow_pushes(world)
    with time_machine.travel(NOW, tick=False):
        key = str(uuid4())
        for _time in range(2):
            start(ana, check="1", client_key=key)
        said = text(ana, MINE)
    pushes = Message.objects.order_by("due_at")
    assert [(push.due_at - NOW).total_seconds() / 60 for push in pushes] == [10, 15]
    assert all(push.channel == "push" and push.person == world.ana for push in pushes)
    assert not Break.objects.exists()
    assert "A push comes at 03:22 and 03:27. It may not arrive: set your phone’s own timer too." in said


def test_their_words_name_nobody_and_are_short(world: World, ana: Client) -> None:
    allow_pushes(world)
    start(ana, check="1")
    for push in Message.objects.all():
        assert len(push.subject) <= 90 and "Pip" not in push.subject + push.body


def test_the_page_counted_already(world: World, ana: Client) -> None:
    allow_pushes(world)
    with time_machine.travel(NOW, tick=False):
        start(ana, check="1", gone="720")
    assert [(push.due_at - NOW).total_seconds() / 60 for push in Message.objects.all()] == [3]


def test_quiet_hours_and_stop_all_do_not_hold_what_she_asked_for(world: World, ana: Client) -> None:
    allow_pushes(world)
    Standing.objects.of(world.ana).stop(NOW)
    with time_machine.travel(NOW, tick=False):  # 03:12
        start(ana, check="1")
    assert Message.objects.filter(outcome=Outcome.WAITING).count() == 2


def test_we_are_back_takes_them_back(world: World, ana: Client) -> None:
    allow_pushes(world)
    start(ana, check="1")
    ana.post(BACK)
    ana.post(BACK)
    assert set(Message.objects.values_list("outcome", flat=True)) == {Outcome.CANCELLED}
    assert "We are back" not in text(ana, MINE)


def test_a_new_break_takes_the_place_of_the_one_before(world: World, ana: Client) -> None:
    allow_pushes(world)
    start(ana, check="1")
    start(ana, check="1")
    assert Message.objects.filter(outcome=Outcome.WAITING).count() == 2
    assert Message.objects.filter(outcome=Outcome.CANCELLED).count() == 2


def test_without_an_allowed_device_nothing_is_promised(ana: Client) -> None:
    assert 'name="check"' not in text(ana, MINE)
    start(ana, check="1")
    assert not Message.objects.exists()


def test_look_ins_are_forgotten_within_a_day(world: World, ana: Client) -> None:
    allow_pushes(world)
    Message.objects.post("another", "a@example.org", "s", "b", NOW)
    Message.objects.update(outcome=Outcome.SENT, outcome_at=NOW)
    with time_machine.travel(NOW, tick=False):
        start(ana, check="1")
        ana.post(BACK)
    with acting_for(None, role="worker"):
        assert look_ins.forget(NOW + timedelta(hours=24)) == 0
        assert look_ins.forget(NOW + timedelta(hours=24, seconds=1)) == 2
    assert Message.objects.get().key == "another"


# --- check on me ------------------------------------------------------------------


def test_check_on_me_is_off_until_she_turns_it_on(world: World, ana: Client) -> None:
    assert "It is off." in text(ana, BREAKS)
    standing = Standing.objects.of(world.ana)
    standing.check_on_me_since = NOW
    standing.save()
    assert "It is on" in text(ana, BREAKS)
