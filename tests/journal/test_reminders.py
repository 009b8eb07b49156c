"""Gentle reminders: made in three taps, by the clock or by the usual hour, and nobody else's business."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attachment_app.accounts.models import DataKey, Person
from attachment_app.accounts.models.child import ChildState
from attachment_app.delivery.models import Kind as Of
from attachment_app.delivery.models import Occurrence, Standing
from attachment_app.delivery.voices import ChildFact, voice_of
from attachment_app.web.person import acting_for
from guidance.loader import load
from journal import gentle, planner, reminder_words, rules
from journal.ideas import articles_with_ideas, ideas, texts
from journal.models import Exchange, Kind, Reminder
from journal.usual_hour import Unclear, UsualHour, apart, median, usual_hour
from tests.conftest import signed_in
from tests.journal.makers import logged
from tests.queries import asked_by
from tests.world import World, child, person

LIST, NEW, OFFER = reverse("journal:reminders"), reverse("journal:reminder-new"), reverse("journal:reminders-offer")
LONDON = ZoneInfo("Europe/London")


def said(**more: Any) -> dict[str, Any]:
    return {"what": "gaze", "when": "15:00", "pattern": "few", "client_key": str(uuid4()), **more}


def entries(world: World, who: Person, minutes: list[int], zone: ZoneInfo = LONDON) -> None:
    """Entries of `who` at these minutes of the day, one a day from yesterday back."""
    today = timezone.now().astimezone(zone).date()
    for ahead, minute in enumerate(minutes, start=1):
        day = today - timedelta(days=ahead)
        at = datetime.combine(day, time(minute // 60, minute % 60), zone)
        exchange = logged(world.pip, who, Kind.FEEDING, at)
        Exchange.objects.filter(pk=exchange.pk).update(created_at=at)


def occurrence(reminder: Reminder, text: str | None = None, **more: Any) -> Occurrence:
    now = timezone.now()
    fields = {"local_date": now.date(), "planned_at": now, "due_at": now, "look_at": now, "expires_at": now, **more}
    return Occurrence.objects.create(
        person_id=reminder.person_id,
        kind=Of.GENTLE,
        source=reminder.pk,
        about=reminder.child_id,
        text=reminder.idea if text is None else text,
        **fields,
    )


def test_it_works(ana: Client, world: World) -> None:
    answer = ana.post(NEW, said())
    made = Reminder.objects.get()
    assert answer.status_code == 303 and answer["Location"] == f"{LIST}?saved={made.pk}#reminder-{made.pk}"
    assert (made.person, made.child, made.idea, made.at, made.days) == (world.ana, world.pip, "gaze", time(15), 0b10101)
    assert made.next_due_at and made.next_due_at > timezone.now() and made.zone == "Europe/London"
    page = ana.get(answer["Location"]).content.decode()
    assert "On Mondays, Wednesdays and Fridays at 15:00." in page and "Next: " in page and "Saved." in page


def test_an_empty_page_offers_the_first_step(ana: Client) -> None:
    page = ana.get(LIST).content.decode()
    assert "None yet, and that is fine" in page and f'href="{NEW}"' in page


def test_nothing_is_sent_before_somebody_asks(ana: Client) -> None:
    ana.get("/"), ana.get(LIST), ana.get(NEW)
    assert not Reminder.objects.exists() and not Occurrence.objects.exists()


def test_the_same_form_twice_is_one_reminder_and_corrected_it_is_changed(ana: Client) -> None:
    form = said()
    ana.post(NEW, form), ana.post(NEW, form)
    assert Reminder.objects.count() == 1
    ana.post(NEW, {**form, "when": "09:30"})
    assert Reminder.objects.get().at == time(9, 30)


def test_a_key_of_somebody_elses_is_no_way_to_their_reminder(ana: Client, ben: Client) -> None:
    form = said()
    ana.post(NEW, form), ben.post(NEW, {**form, "what": "wait"})
    assert sorted(Reminder.objects.values_list("person__name", "idea")) == [("Ana", "gaze"), ("Ben", "wait")]


@pytest.mark.parametrize(
    ("more", "bits"),
    [
        ({"pattern": "every"}, 127),
        ({"pattern": "weekdays"}, 0b11111),
        ({"pattern": "these", "day": ["1", "3"]}, 0b1010),
        ({"pattern": "", "day": ["6"]}, 0b1000000),
        ({"pattern": ""}, 0b10101),
    ],
)
def test_days(ana: Client, more: dict[str, Any], bits: int) -> None:
    ana.post(NEW, said(**more))
    assert Reminder.objects.get().days == bits


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"what": ""}, "Choose a small idea, or write a few words of your own."),
        ({"what": "own", "words": ""}, "Choose a small idea, or write a few words of your own."),
        ({"what": "no-such-idea"}, "Choose a small idea, or write a few words of your own."),
        ({"what": "own", "words": "x" * 201}, "Two hundred letters fit."),
        ({"when": ""}, "Choose a time."),
        ({"when": "other", "at": ""}, "Write a time, such as 09:40."),
        ({"when": "other", "at": "25:99"}, "We could not read this time."),
        ({"when": "usual"}, "You have not logged often enough yet to tell when you usually do."),
        ({"pattern": "these"}, "Choose one day or more."),
        ({"what": "gaze\x00"}, "Choose a small idea"),
        ({"day": ["7"], "pattern": "these"}, ""),
    ],
)
def test_what_is_missing_is_said_kindly_and_at_its_place(ana: Client, more: dict[str, Any], words: str) -> None:
    answer = ana.post(NEW, said(**more))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Reminder.objects.exists()


def test_a_page_that_lost_its_key_is_a_new_one(ana: Client) -> None:
    ana.post(NEW, said(client_key="nonsense")), ana.post(NEW, said(client_key="nonsense"))
    assert Reminder.objects.count() == 2


def test_own_words_are_sealed_and_their_authors_alone(ana: Client, ben: Client, world: World) -> None:
    ana.post(NEW, said(what="", words="Drink the tea, Zaunkönig"))
    made = Reminder.objects.get()
    assert made.idea == "" and b"Zaunk" not in bytes(made.sealed)
    assert "Drink the tea, Zaunkönig" in ana.get(LIST).content.decode()
    assert "Drink the tea, Zaunkönig" in ana.get(reverse("journal:reminder", args=[made.pk])).content.decode()
    for address in (reverse("journal:reminder", args=[made.pk]),):
        assert ben.get(address).status_code == 404
    for name in ("reminder", "reminder-switch", "reminder-removal"):
        assert ben.post(reverse(f"journal:{name}", args=[made.pk]), {"on": "no"}).status_code == 404
    assert "Zaunk" not in ben.get(LIST).content.decode()
    made.refresh_from_db()
    assert made.off_at is None


def test_changing_own_words_into_an_idea_leaves_none_of_them(ana: Client) -> None:
    ana.post(NEW, said(what="own", words="tea"))
    made = Reminder.objects.get()
    ana.post(reverse("journal:reminder", args=[made.pk]), said(what="bath", when="other", at="07:05"))
    made.refresh_from_db()
    assert (made.idea, made.sealed, made.key_id, made.at) == ("bath", None, None, time(7, 5))


def test_off_nothing_is_planned_and_on_it_goes_on(ana: Client) -> None:
    ana.post(NEW, said())
    made = Reminder.objects.get()
    address = reverse("journal:reminder-switch", args=[made.pk])
    ana.post(address, {"on": "no"})
    made.refresh_from_db()
    off_at = made.off_at
    assert off_at and made.next_due_at is None
    assert "It is off." in ana.get(LIST).content.decode()
    ana.post(address, {"on": "no"}), ana.post(address, {"on": "perhaps"})
    made.refresh_from_db()
    assert made.off_at == off_at
    ana.post(address, {"on": "yes"}), ana.post(address, {"on": "yes"})
    made.refresh_from_db()
    assert made.off_at is None and made.next_due_at


def test_deleting_takes_the_words_along_and_twice_is_harmless(ana: Client) -> None:
    ana.post(NEW, said(what="own", words="tea"))
    address = reverse("journal:reminder-removal", args=[Reminder.objects.get().pk])
    assert "Deleted" in ana.post(address, follow=True).content.decode()
    assert not Reminder.objects.exists()
    assert ana.post(address).status_code == 404


@pytest.mark.parametrize(("at", "asks"), [("20:59", False), ("21:00", True), ("03:00", True), ("08:00", False)])
def test_a_time_in_quiet_hours_is_asked_about_and_not_refused(ana: Client, at: str, asks: bool) -> None:
    assert ana.post(NEW, said(when="other", at=at)).status_code == 303
    assert ("Check this? Its time lies in your quiet hours, 21:00 to 08:00." in ana.get(LIST).content.decode()) is asks


def test_why_nothing_comes_is_said(ana: Client, world: World) -> None:
    ana.post(NEW, said())
    mine, now = Standing.objects.of(world.ana), timezone.now()
    for change, words in (
        (lambda: mine.pause(now), "Paused until "),
        (mine.go_on, ""),
        (lambda: mine.stop(now), "You have stopped all messages."),
        (lambda: mine.wake(now), ""),
        (lambda: Standing.objects.update(pace="stopped"), "The last five were not opened, so they have stopped."),
        (lambda: Standing.objects.update(pace="usual", closed_at=now), "You had not been here for thirty days"),
    ):
        change()
        page = ana.get(LIST).content.decode()
        assert words in page and ("It rests with all the others." in page) is bool(words)
    world.pip.say(ChildState.LOST, at=now)
    page = ana.get(LIST).content.decode()
    assert "Pip" not in page
    assert "The site does not start to speak just now." in page and "It rests: the site does not speak" in page
    assert ana.get(NEW)["Location"] == LIST


def test_a_child_who_is_not_here_is_not_named(ana: Client, world: World) -> None:
    ana.post(NEW, said())
    world.pip.say(ChildState.NOT_WITH_US_NOW, at=timezone.now())
    child(world.family, "Bean")
    page = ana.get(LIST).content.decode()
    assert "Pip" not in page and "It rests: the site does not speak of this child now." in page
    assert "does not start to speak just now" not in page


def test_suggestions_fit_the_youngest_the_chosen_child_and_what_is_read(ana: Client, world: World) -> None:
    toddler = child(world.family, "Bean", birth_month=date(2024, 10, 1))
    page = ana.get(NEW).content.decode()
    assert 'value="gaze"' in page and 'value="out-and-back"' not in page
    page = ana.get(f"{NEW}?child={toddler.pk}").content.decode()
    assert 'value="gaze"' not in page and 'value="out-and-back"' in page
    page = ana.get(f"{NEW}?from=bath-and-nappy").content.decode()
    assert page.index('value="bath" checked') < page.index('value="gaze"')
    assert " checked" not in ana.get(f"{NEW}?from=glossary&child=x").content.decode().split('id="id_when"')[0]
    ana.post(NEW, said(child=str(toddler.pk)))
    assert Reminder.objects.get().child == toddler


def test_a_strangers_child_is_not_chosen(ana: Client, world: World) -> None:
    ana.post(NEW, said(child=str(world.kit.pk)))
    assert Reminder.objects.get().child == world.pip


def test_an_article_leads_to_a_reminder_of_it(ana: Client, client: Client, world: World) -> None:
    load(datetime(2026, 11, 24, tzinfo=UTC))
    link = f"{NEW}?from=bath-and-nappy"
    article = reverse("guidance:article", args=["bath-and-nappy"])
    assert link in ana.get(article).content.decode()
    assert link not in client.get(article).content.decode()
    assert f"{NEW}?from=" not in ana.get(reverse("guidance:article", args=["after-a-loss"])).content.decode()
    world.pip.say(ChildState.LOST, at=timezone.now())
    assert link not in ana.get(article).content.decode()
    assert "after-a-loss" not in articles_with_ideas()


def test_the_same_number_of_queries_for_one_and_for_thirty(ana: Client, world: World) -> None:
    ana.post(NEW, said(what="own", words="tea"))
    few = asked_by(lambda: ana.get(LIST))
    for _more in range(29):
        ana.post(NEW, said(what="own", words="more tea"))
    many = asked_by(lambda: ana.get(LIST))
    assert len(many) == len(few) <= 8, many


def test_twenty_are_enough_and_a_form_sent_again_is_not_the_twenty_first(ana: Client) -> None:
    forms = [said() for _one in range(20)]
    for form in forms:
        ana.post(NEW, form)
    assert "Twenty reminders fit here." in ana.post(NEW, said(), follow=True).content.decode()
    assert ana.post(NEW, {**forms[0], "when": "09:30"})["Location"].startswith(f"{LIST}?saved=")
    assert Reminder.objects.count() == 20


def test_that_they_come_half_as_often_is_said(ana: Client, world: World) -> None:
    ana.post(NEW, said())
    words = "Several were not opened, so they come half as often."
    assert words not in ana.get(LIST).content.decode()
    Standing.objects.update(pace="half")
    assert words in ana.get(LIST).content.decode()


# --- when I usually log ------------------------------------------------------


def test_the_usual_hour_is_the_median_less_three_quarters_of_an_hour(ana: Client, world: World) -> None:
    entries(world, world.ana, [14 * 60 + 30] * 6 + [13 * 60] * 3 + [16 * 60] * 3)
    entries(world, world.ben, [3 * 60] * 12)  # a partner's are not hers
    assert "When I usually log: about 13:45" in ana.get(NEW).content.decode()
    ana.post(NEW, said(when="usual"))
    made = Reminder.objects.get()
    assert (made.when, made.at) == ("usual", time(13, 45)) and made.reckoned_at
    assert "a while before you usually log (about 13:45)" in ana.get(LIST).content.decode()


def test_without_a_clear_hour_it_is_refused_with_a_sentence(ana: Client, world: World) -> None:
    entries(world, world.ana, [hour * 60 for hour in range(0, 24, 2)])
    answer = ana.post(NEW, said(when="usual"))
    assert answer.status_code == 422 and "You log at all hours" in answer.content.decode()


def at(*minutes: int) -> list[datetime]:
    return [datetime(2026, 11, 3, tzinfo=UTC) + timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        ([840] * 9, UsualHour(unclear=Unclear.FEW)),
        ([840] * 10, UsualHour(time(13, 15))),
        ([23 * 60] * 5 + [60] * 5, UsualHour(time(23, 15))),  # around midnight, and not at noon
        ([10] * 10, UsualHour(time(23, 25))),  # the aim is on the evening before
        ([843] * 10, UsualHour(time(13, 15))),  # to five minutes
        (list(range(0, 1440, 60)), UsualHour(unclear=Unclear.SPREAD)),
        ([600] * 8 + [1200] * 7, UsualHour(time(9, 15))),  # half of them lie near
        ([600] * 7 + [1200] * 7, UsualHour(unclear=Unclear.SPREAD)),  # the middle lies where nothing is
        ([600] * 6 + [1320] * 7 + [180] * 6, UsualHour(unclear=Unclear.SPREAD)),
    ],
)
def test_usual_hours(minutes: list[int], found: UsualHour) -> None:
    assert usual_hour(at(*minutes), ZoneInfo("UTC")) == found


def test_the_hours_are_those_of_the_persons_zone() -> None:
    assert usual_hour(at(*[840] * 10), ZoneInfo("Asia/Kolkata")).aim == time(18, 45)


def test_the_circle() -> None:
    assert apart(10, 1430) == 20 and apart(0, 720) == 720
    assert median([1430, 10, 20]) == 10
    assert median([5]) == 5 and median([1400, 100]) == 30 and median([100, 200]) == 150


def test_the_usual_hour_is_looked_at_again_each_week(ana: Client, world: World) -> None:
    entries(world, world.ana, [14 * 60] * 10)
    ana.post(NEW, said(when="usual"))
    now, before = timezone.now(), Reminder.objects.get()
    assert rules.reckon_usual(now) == 0  # it was just looked at
    Exchange.objects.all().delete()
    entries(world, world.ana, [19 * 60] * 10)
    later = now + timedelta(days=7, minutes=1)
    assert rules.reckon_usual(later) == 1 and rules.reckon_usual(later) == 0
    after = Reminder.objects.get()
    assert (before.at, after.at) == (time(13, 15), time(18, 15)) and after.reckoned_at == later
    assert after.next_due_at and after.next_due_at.astimezone(LONDON).hour in (17, 18)


def test_where_the_hour_is_not_clear_any_more_the_last_one_stands(ana: Client, world: World) -> None:
    entries(world, world.ana, [14 * 60] * 10)
    ana.post(NEW, said(when="usual"))
    Exchange.objects.all().delete()
    later = timezone.now() + timedelta(days=8)
    assert rules.reckon_usual(later) == 1
    assert (Reminder.objects.get().at, Reminder.objects.get().reckoned_at) == (time(13, 15), later)


def test_the_worker_reckons_as_each_person_and_reads_nobody_elses(ana: Client, world: World) -> None:
    entries(world, world.ana, [14 * 60] * 10)
    ana.post(NEW, said(when="usual"))
    with acting_for(None, role="worker"):
        assert rules.reckon_usual(timezone.now() + timedelta(days=8)) == 1


# --- what it says ------------------------------------------------------------


def test_the_voice_speaks_of_the_idea_and_of_the_childs_age(ana: Client, world: World) -> None:
    ana.post(NEW, said(what="copy-sound"))
    one = occurrence(Reminder.objects.get())
    today = date(2026, 11, 24)
    order = voice_of(Of.GENTLE).texts(one, ChildFact(True, date(2026, 9, 1)), today)
    assert texts()[order[0]].idea == "copy-sound"
    assert "copy-word" not in order and all(texts()[text].ages.fit(2) for text in order)
    assert order == voice_of(Of.GENTLE).texts(one, ChildFact(True, date(2026, 9, 1)), today)
    assert len(order) == len(set(order)) > 14
    none = voice_of(Of.GENTLE).texts(one, ChildFact(True, None), today)
    assert none and all(texts()[text].ages.of_none for text in none)


def test_it_varies_by_day_and_says_nothing_twice_in_a_fortnight_at_seven_a_week(ana: Client) -> None:
    ana.post(NEW, said(what="bath"))
    reminder, seen = Reminder.objects.get(), []
    for day in range(60):
        one = Occurrence(source=reminder.pk, text="bath", local_date=date(2026, 11, 1) + timedelta(days=day))
        order = voice_of(Of.GENTLE).texts(one, ChildFact(True, date(2026, 9, 1)), one.local_date)
        fresh = next(text for text in order if text not in seen[-14:])
        seen.append(fresh)
    assert len(set(seen)) > 14
    assert {texts()[text].idea for text in seen[:3]} == {"bath"}


def test_what_it_says(ana: Client, world: World) -> None:
    ana.post(NEW, said())
    reminder = Reminder.objects.get()
    for text, title in (
        ("gaze-stay", texts()["gaze-stay"].title),
        ("gaze", ideas()["gaze"].name),
        ("closing", "The last small idea for now"),
        ("of-long-ago", "A small idea"),
    ):
        one = Occurrence(person=world.ana, source=reminder.pk, text=text)
        found = voice_of(Of.GENTLE).say([one], own_words=True)[one.pk]
        assert found.title == title and not found.is_own
    assert found.path == ""
    one = Occurrence(person=world.ana, source=reminder.pk, text="bath-look")
    assert voice_of(Of.GENTLE).say([one], True)[one.pk].body.endswith("Never leave a baby alone in the bath.")


def test_own_words_are_opened_for_their_author_alone(ana: Client, world: World) -> None:
    ana.post(NEW, said(what="own", words="drink the tea"))
    one = occurrence(Reminder.objects.get())
    assert voice_of(Of.GENTLE).texts(one, None, date(2026, 11, 24)) == ()
    hidden, shown = (voice_of(Of.GENTLE).say([one], own_words=own)[one.pk] for own in (False, True))
    assert shown.is_own and shown.body == "Drink the tea"
    assert "tea" not in hidden.title + hidden.body
    with acting_for(None, role="worker"):  # it opens them as the person, where the person allowed it
        assert voice_of(Of.GENTLE).say([one], own_words=True)[one.pk].body == "Drink the tea"
    one.person = world.ben  # a row that says it is Ben's opens none of Ana's words
    assert "tea" not in voice_of(Of.GENTLE).say([one], own_words=True)[one.pk].body
    DataKey.objects.all().delete()
    one.person = world.ana
    assert "tea" not in voice_of(Of.GENTLE).say([one], own_words=True)[one.pk].body


def test_many_are_said_and_explained_in_a_fixed_number_of_queries(ana: Client, world: World) -> None:
    for _one in range(6):
        ana.post(NEW, said(what="own", words="tea"))
    some = [occurrence(reminder) for reminder in Reminder.objects.all()]
    say = voice_of(Of.GENTLE).say
    assert len(asked_by(lambda: say(some, True))) == len(asked_by(lambda: say(some[:1], True)))
    assert len(asked_by(lambda: gentle.asked(some))) == 1


def test_why_it_is_there(ana: Client) -> None:
    ana.post(NEW, said(pattern="these", day=["1", "3"], when="other", at="09:40"))
    one = occurrence(Reminder.objects.get())
    found = gentle.asked([one])[one.pk]
    assert found.words == "You asked for this on Tuesdays and Thursdays at 09:40." and str(one.source) in found.path
    Reminder.objects.all().delete()
    assert "deleted" in gentle.asked([one])[one.pk].words


@pytest.mark.parametrize(
    ("bits", "words"),
    [
        (127, "every day"), (31, "on weekdays"), (96, "at weekends"), (1, "on Mondays"),
        (0b1000101, "on Mondays, Wednesdays and Sundays"),
    ],
)  # fmt: skip
def test_days_in_words(bits: int, words: str) -> None:
    assert reminder_words.days(bits) == words


# --- offered once, moving, quiet hours ---------------------------------------


def offered(browser: Client) -> bool:
    return OFFER in browser.get("/").content.decode()


def test_offered_once_after_the_third_entry(ana: Client, world: World) -> None:
    for count in range(3):
        assert not offered(ana), count
        logged(world.pip, world.ana, Kind.FEEDING, timezone.now() - timedelta(hours=count))
    assert offered(ana) and offered(ana)
    assert ana.post(OFFER, {"answer": "not_now"})["Location"] == "/"
    assert not offered(ana)
    first = Standing.objects.get(person=world.ana).offered_at
    assert ana.post(OFFER, {"answer": "show"})["Location"] == NEW
    assert Standing.objects.get(person=world.ana).offered_at == first


def test_the_entries_are_ones_own(ana: Client, gran: Client, world: World) -> None:
    for _one in range(3):
        logged(world.pip, world.gran, Kind.FEEDING, timezone.now())
    assert offered(gran) and not offered(ana)  # a carer who logs, too


def test_not_offered_about_a_child_who_is_not_here_nor_to_whoever_has_one(
    ana: Client, ben: Client, world: World
) -> None:
    for who in (world.ana, world.ben):
        for _one in range(3):
            logged(world.pip, who, Kind.FEEDING, timezone.now())
    ben.post(NEW, said())
    assert offered(ana) and not offered(ben)
    world.pip.say(ChildState.LOST, at=timezone.now())
    assert not offered(ana)


def test_who_moves_is_reminded_at_the_same_hour_there(ana: Client, world: World) -> None:
    ana.post(NEW, said(pattern="every"))
    you = reverse("you")
    form = {"name": "Ana", "hand": "", "measure": "ml"}
    ana.post(you, {**form, "time_zone": "Australia/Sydney"})
    now = timezone.now()
    planner.plan(now)
    made = Reminder.objects.get()
    assert made.zone == "Australia/Sydney" and made.next_due_at
    local = made.next_due_at.astimezone(ZoneInfo("Australia/Sydney"))
    assert abs(local.hour * 60 + local.minute - 15 * 60) <= 20
    due = made.next_due_at
    ana.post(you, {**form, "time_zone": "Australia/Sydney", "name": "Ana A"})
    assert Reminder.objects.get().next_due_at == due  # the same zone: nothing to reckon


def test_quiet_hours_that_change_are_reckoned_with(ana: Client, world: World) -> None:
    for _one in range(14):  # each some minutes early or late of its own
        ana.post(NEW, said(when="other", at="19:00", pattern="every"))
    dues = Reminder.objects.values_list("next_due_at", flat=True)
    assert any(due.astimezone(LONDON).time() > time(19, 1) for due in dues)
    standing = {"gentle_a_week": 3, "quiet_from": "19:01", "quiet_until": "08:00", "lock_screen": "neutral"}
    assert ana.post(reverse("inbox:settings"), standing).status_code == 303
    assert all(due.astimezone(LONDON).time() <= time(19, 1) for due in dues.all())


def test_somebody_without_a_family_names_a_child_first(db: None) -> None:
    assert signed_in(person("Una")).get(LIST)["Location"] == reverse("child-new")


@pytest.mark.parametrize("name", ["reminder-switch", "reminder-removal"])
def test_a_look_changes_nothing(ana: Client, name: str) -> None:
    ana.post(NEW, said())
    assert ana.get(reverse(f"journal:{name}", args=[Reminder.objects.get().pk])).status_code == 405
    assert ana.get(OFFER).status_code == 405
    assert Reminder.objects.filter(off_at=None).exists()
