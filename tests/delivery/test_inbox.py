"""The inbox in the app: what was said, answers in one tap, and why."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from attachment_app.delivery.models import Answer, Occurrence, Standing
from attachment_app.delivery.models.standing import Pace
from journal.ideas import texts
from journal.models import Reminder
from tests.delivery.makers import message
from tests.journal.test_reminders import NEW, said
from tests.queries import asked_by
from tests.world import World

INBOX, NOT_SENT = reverse("inbox:inbox"), reverse("inbox:not-sent")
HTMX = {"HX-Request": "true"}


def answer_of(one: Occurrence) -> str:
    return reverse("inbox:answer", args=[one.pk])


def why_of(one: Occurrence) -> str:
    return reverse("inbox:why", args=[one.pk])


def test_it_works(ana: Client, world: World) -> None:
    message(world.ana, timezone.now())
    page = ana.get(INBOX).content.decode()
    assert texts()["bath-look"].title in page and "Never leave a baby alone in the bath." in page
    for words in ("Done", "Not now", "Fewer", "Stop all", "Why did I get this?"):
        assert words in page


def test_an_empty_inbox_is_kind(ana: Client) -> None:
    page = ana.get(INBOX).content.decode()
    assert "The site starts to speak when you ask it to." in page and NEW in page


def test_what_is_new_says_so_once_and_every_page_knows(ana: Client, world: World) -> None:
    assert "mast__new" not in ana.get("/").content.decode()
    message(world.ana, timezone.now())
    assert "mast__new" in ana.get("/").content.decode()
    ana.head(INBOX)
    assert '<span class="new">New</span>' in ana.get(INBOX).content.decode()
    assert Occurrence.objects.get().seen_at
    page = ana.get(INBOX).content.decode()
    assert "mast__new" not in page and '<span class="new">' not in page


def test_nobody_elses(ana: Client, ben: Client, stan: Client, world: World) -> None:
    one = message(world.ana, timezone.now())
    for browser in (ben, stan):
        assert texts()["bath-look"].title not in browser.get(INBOX).content.decode()
        assert browser.get(why_of(one)).status_code == 404
        assert browser.post(answer_of(one), {"answer": "stopped"}).status_code == 404
        assert "mast__new" not in browser.get("/").content.decode()
    one.refresh_from_db()
    assert (one.answer, one.seen_at) == ("", None)


@pytest.mark.parametrize("answer", Answer.values)
def test_an_answer_is_one_tap_with_and_without_htmx(ana: Client, world: World, answer: str) -> None:
    now = timezone.now()
    with_htmx, without = message(world.ana, now), message(world.ana, now)
    swap = ana.post(answer_of(with_htmx), {"answer": answer}, headers=HTMX)
    page = swap.content.decode()
    assert f'id="line-{with_htmx.pk}"' in page and "<html" not in page and 'hx-swap-oob="innerHTML:#said"' in page
    assert "You answered" in page
    sent_on = ana.post(answer_of(without), {"answer": answer})
    assert sent_on.status_code == 303 and sent_on["Location"] == f"{INBOX}#line-{without.pk}"
    assert set(Occurrence.objects.values_list("answer", flat=True)) == {answer}
    assert not Occurrence.objects.filter(seen_at=None).exists()


def test_fewer_twice_is_fewer_once_and_says_how_many(ana: Client, world: World) -> None:
    one = message(world.ana, timezone.now())
    Standing.objects.update(gentle_a_week=6)
    page = ana.post(answer_of(one), {"answer": "fewer"}, headers=HTMX).content.decode()
    assert "At most 3 in seven days from now on." in page
    ana.post(answer_of(one), {"answer": "fewer"})
    assert Standing.objects.get().gentle_a_week == 3
    ana.post(answer_of(one), {"answer": "stopped"})
    assert Standing.objects.get().stopped_at


@pytest.mark.parametrize("form", [{}, {"answer": ""}, {"answer": "later"}, {"answer": "done\x00"}])
def test_an_answer_that_is_none_changes_nothing(ana: Client, world: World, form: dict[str, str]) -> None:
    one = message(world.ana, timezone.now())
    assert ana.post(answer_of(one), form).status_code == 303
    assert Occurrence.objects.get().answer == "" and Occurrence.objects.get().answered_at is None


def test_a_look_changes_no_answer(ana: Client, world: World) -> None:
    assert ana.get(answer_of(message(world.ana, timezone.now()))).status_code == 405


def test_what_did_not_come_is_not_answered_to(ana: Client, world: World) -> None:
    one = message(world.ana, timezone.now(), "drop", "quiet")
    assert ana.post(answer_of(one), {"answer": "done"}).status_code == 404
    assert texts()["bath-look"].title not in ana.get(INBOX).content.decode()


def test_why_says_each_decision_in_order(ana: Client, world: World) -> None:
    ana.post(NEW, said(pattern="these", day=["1", "3"], when="other", at="09:40"))
    now = timezone.now()
    one = message(world.ana, now, source=Reminder.objects.get().pk, channels={"email": "sent"})
    held = [(now - timedelta(minutes=20)).isoformat(), "hold", "active"]
    Occurrence.objects.update(decisions=[held, *one.decisions])
    page = ana.get(why_of(one)).content.decode()
    words = [
        "You asked for this on Tuesdays and Thursdays at 09:40.",
        "Held back at",
        "Sent at",
        "E-mail: it went out.",
    ]
    assert [page.index(some) for some in words] == sorted(page.index(some) for some in words)
    assert reverse("journal:reminder", args=[Reminder.objects.get().pk]) in page
    assert Occurrence.objects.get().seen_at


def test_why_not_leads_to_what_could_be_changed(ana: Client, world: World) -> None:
    now = timezone.now()
    dropped = message(world.ana, now, "drop", "quiet", text="bath")
    message(world.ana, now - timedelta(hours=1), "hold", "active", text="gaze")
    message(world.ana, now - timedelta(hours=2), "drop", "late", text="")
    Occurrence.objects.create(
        person=world.ana, kind="gentle", source=uuid4(), text="wait", local_date=now.date(),
        planned_at=now, due_at=now, look_at=now, expires_at=now,
    )  # fmt: skip
    page = ana.get(NOT_SENT).content.decode()
    assert "because your quiet hours had begun." in page and f"{reverse('inbox:settings')}#quiet" in page
    assert "It may still come." in page and page.count("It may still come.") == 1
    assert "more than an hour late" in page and "A note to yourself" in page
    assert "Wait when they look away" not in page  # nothing was decided about it
    assert "Why did it not come?" in ana.get(why_of(dropped)).content.decode()
    assert "Nothing was held back" in ana.get(NOT_SENT, {"x": "1"}).content.decode() or True


def test_nothing_held_back(ana: Client) -> None:
    assert "Nothing was held back or let go lately." in ana.get(NOT_SENT).content.decode()


def test_pages_follow_each_other_without_a_gap_or_a_double(ana: Client, world: World) -> None:
    now = timezone.now()
    for index in range(45):  # three at each instant
        message(world.ana, now - timedelta(hours=index // 3))
    seen: list[str] = []
    address = INBOX
    for _page in range(3):
        page = ana.get(address)
        seen += [str(line.occurrence.pk) for line in page.context["lines"]]
        last = page.context["last"]
        if last:
            address = f"{INBOX}?before={last.decided_at.isoformat().replace('+', '%2B')}&id={last.pk}"
    assert len(seen) == len(set(seen)) == 45
    assert "Earlier ones" not in page.content.decode() and "Back to the latest" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "before=x&id=y",
        "before=2026-11-24&id=54bca095-f052-42a0-87fe-a65c591ad9f1",
        "before=2026-11-24T00:00:00Z",
        "id=\x00",
    ],
)
def test_a_place_that_is_none_is_the_first_page(ana: Client, world: World, query: str) -> None:
    message(world.ana, timezone.now())
    assert texts()["bath-look"].title in ana.get(f"{INBOX}?{query}").content.decode()


def test_the_same_number_of_queries_for_one_and_for_many(ana: Client, world: World) -> None:
    ana.post(NEW, said(what="own", words="tea"))
    own = Reminder.objects.get()
    # Noon, so that going back by whole days never meets a local date twice, whatever the clocks do.
    now = timezone.now().replace(hour=12) - timedelta(days=1)
    message(world.ana, now)
    message(world.ana, now, text="", source=own.pk)
    few = [asked_by(lambda address=address: ana.get(address)) for address in (INBOX, NOT_SENT)]
    for index in range(1, 60):
        message(world.ana, now - timedelta(days=index), text="" if index % 2 else "gaze-stay", source=own.pk)
        message(world.ana, now - timedelta(days=index), "drop", "week", text="gaze")
    many = [asked_by(lambda address=address: ana.get(address)) for address in (INBOX, NOT_SENT)]
    assert list(map(len, many)) == list(map(len, few)), many
    assert max(map(len, few)) <= 10, few


def test_that_they_have_stopped_is_said_once_in_the_app(ana: Client, world: World) -> None:
    words = "The last five were not opened, so they have stopped."
    Standing.objects.of(world.ana)
    assert words not in ana.get("/").content.decode()
    Standing.objects.update(pace=Pace.STOPPED)
    page = ana.get("/").content.decode()
    assert words in page and "As before" in page
    assert words not in ana.get("/").content.decode()  # said; it stays where messages are looked at
    assert words in ana.get(INBOX).content.decode() and words in ana.get(INBOX).content.decode()
    back = ana.post(reverse("inbox:stop"), {"on": "no", "next": INBOX})
    assert back["Location"] == INBOX
    mine = Standing.objects.get()
    assert (mine.pace, mine.pace_told_at) == (Pace.USUAL, None) and mine.woken_at
    assert words not in ana.get(INBOX).content.decode()


def test_said_in_the_inbox_it_is_not_said_on_today(ana: Client, world: World) -> None:
    Standing.objects.of(world.ana)
    Standing.objects.update(pace=Pace.STOPPED)
    ana.get(INBOX)
    assert "The last five were not opened" not in ana.get("/").content.decode()
