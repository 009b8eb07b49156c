"""A child: named on one page, changed at any time, and silent when the family says so."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from attachment_app.accounts.models import Child, Family
from attachment_app.accounts.models.child import ChildState
from tests.conftest import signed_in
from tests.world import World, person

NEW = "/accounts/children/new/"


def form(**more: Any) -> dict[str, Any]:
    month = timezone.localdate().replace(day=1).isoformat()
    said = {"nickname": "Pip", "birth_month": month, "time_zone": "Australia/Sydney", "client_key": str(uuid4())}
    return {**said, **more}


@pytest.fixture
def una(db: None) -> Client:
    """Somebody who has just signed up."""
    return signed_in(person("Una"))


def test_it_works(una: Client) -> None:
    answer = una.post(NEW, form())
    assert (answer.status_code, answer["Location"]) == (303, "/")
    child = Child.objects.get()
    assert (child.nickname, child.state, child.birth_month.day) == ("Pip", ChildState.WITH_US, 1)
    assert child.family.memberships.get().person.time_zone == "Australia/Sydney"
    assert "Pip" in una.get("/").content.decode()


def test_expected_is_fine_too(una: Client) -> None:
    due = timezone.localdate() + timedelta(days=90)
    una.post(NEW, form(birth_month="", expected="on", due_date=due.isoformat()))
    child = Child.objects.get()
    assert (child.state, child.birth_month, child.due_date) == (ChildState.EXPECTED, None, due)
    assert 'value="feeding"' not in una.get("/").content.decode()


def test_the_same_form_twice_is_one_child_and_one_family(una: Client) -> None:
    said = form()
    for _again in range(3):
        una.post(NEW, said)
    assert (Child.objects.count(), Family.objects.count()) == (1, 1)


def test_a_second_child_joins_the_family(una: Client) -> None:
    una.post(NEW, form())
    una.post(NEW, form(nickname="Pop"))
    assert (Child.objects.count(), Family.objects.count()) == (2, 1)
    assert 'name="child"' in una.get("/").content.decode()


def test_a_carer_adds_no_child(gran: Client, world: World) -> None:
    gran.post(NEW, form(nickname="Intruder"))
    assert not Child.objects.filter(nickname="Intruder").exists()


NEXT_MONTH = (timezone.now().date().replace(day=28) + timedelta(days=10)).replace(day=1).isoformat()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("nickname", "", "Give a nickname"),
        ("nickname", "   ", "Give a nickname"),
        ("nickname", "x" * 5000, "Forty letters fit"),
        ("nickname", "a\x00b", "Null characters are not allowed"),
        ("birth_month", "", "Choose a month of birth"),
        ("birth_month", NEXT_MONTH, "For a month to come"),
        ("birth_month", "1900-01-01", "Choose a month from the list"),
        ("birth_month", "soon", "Choose a month from the list"),
        ("due_date", "2100-01-01", "Check the year"),
        ("due_date", "1900-01-01", "Check the year"),
        ("due_date", "tomorrow", "We could not read this date"),
        ("time_zone", "Mars/Olympus", "not a time zone"),
    ],
)
def test_bad_input_is_answered_on_the_page_and_kept(una: Client, field: str, value: str, words: str) -> None:
    answer = una.post(NEW, form(**{field: value}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(words) == 2  # in the summary and at the field
    assert field == "nickname" or 'value="Pip"' in page
    assert not Child.objects.exists()


@pytest.mark.parametrize("name", ["😀", "بِب", "<script>alert(1)</script>", "O’Hara & co"])
def test_any_name_is_a_name(una: Client, name: str) -> None:
    una.post(NEW, form(nickname=name))
    page = una.get("/accounts/family/").content.decode()
    assert Child.objects.get().nickname == name
    assert "<script>alert" not in page


def test_details_can_be_changed(ana: Client, world: World) -> None:
    url = f"/accounts/children/{world.pip.pk}/"
    month = timezone.localdate().replace(day=1)
    answer = ana.post(url, {"nickname": "Pippa", "birth_month": month.isoformat()})
    assert answer.status_code == 303
    world.pip.refresh_from_db()
    assert (world.pip.nickname, world.pip.birth_month) == ("Pippa", month)


def test_a_wrong_change_is_said_and_the_old_stands(ana: Client, world: World) -> None:
    answer = ana.post(f"/accounts/children/{world.pip.pk}/", {"nickname": "", "birth_month": "2026-09-01"})
    assert answer.status_code == 422
    assert "Give a nickname" in answer.content.decode()
    world.pip.refresh_from_db()
    assert world.pip.nickname == "Pip"


@pytest.mark.parametrize("state", ChildState.values)
def test_any_state_in_two_taps_and_back(ana: Client, world: World, state: str) -> None:
    family = ana.get("/accounts/family/").content.decode()
    assert f'href="/accounts/children/{world.pip.pk}/"' in family
    page = ana.get(f"/accounts/children/{world.pip.pk}/").content.decode()
    assert f'value="{state}"' in page
    ana.post(f"/accounts/children/{world.pip.pk}/state/", {"state": state})
    world.pip.refresh_from_db()
    assert world.pip.state == state
    ana.post(f"/accounts/children/{world.pip.pk}/state/", {"state": "with_us"})
    world.pip.refresh_from_db()
    assert world.pip.state == "with_us"


def test_after_a_loss_the_page_is_gentle_and_the_name_leaves_the_frame(ana: Client, world: World) -> None:
    answer = ana.post(f"/accounts/children/{world.pip.pk}/state/", {"state": "lost"}, follow=True)
    page = answer.content.decode()
    for words in ("We are sorry.", "no ages, no ideas, no reminders, no prompts", "Others in the family are not told"):
        assert words in page
    assert "Put the entries away" in page
    assert "/break/#lines" in page
    assert "months" not in page
    assert "brand__for" not in ana.get("/").content.decode()


def test_entries_are_put_away_and_shown_again(ana: Client, world: World) -> None:
    url = f"/accounts/children/{world.pip.pk}/entries/"
    world.pip.say(ChildState.LOST, at=timezone.now())
    ana.post(url, {"entries": "hidden"})
    world.pip.refresh_from_db()
    assert world.pip.entries_hidden_at
    ana.post(url, {"entries": "shown"})
    world.pip.refresh_from_db()
    assert world.pip.entries_hidden_at is None


@pytest.mark.parametrize("state", ["", "gone", "x" * 5000, "lost\x00"])
def test_a_state_that_is_none_changes_nothing(ana: Client, world: World, state: str) -> None:
    ana.post(f"/accounts/children/{world.pip.pk}/state/", {"state": state})
    world.pip.refresh_from_db()
    assert world.pip.state == "with_us"


def test_a_carer_looks_and_changes_nothing(gran: Client, world: World) -> None:
    url = f"/accounts/children/{world.pip.pk}/"
    assert "<button" not in gran.get(url).content.decode().split('id="main"')[1].split("</main>")[0]
    assert gran.post(url, {"nickname": "X"}).status_code == 403
    assert gran.post(url + "state/", {"state": "lost"}).status_code == 404
    assert gran.post(url + "entries/", {"entries": "hidden"}).status_code == 404


def test_you_and_your_zone(ana: Client, world: World) -> None:
    answer = ana.post("/accounts/you/", {"name": "Annie", "time_zone": "Pacific/Auckland"})
    assert answer.status_code == 303
    world.ana.refresh_from_db()
    assert (world.ana.name, world.ana.time_zone) == ("Annie", "Pacific/Auckland")
    answer = ana.post("/accounts/you/", {"name": "x" * 5000, "time_zone": "Nowhere/At_all"})
    assert answer.status_code == 422
    assert "not a time zone" in answer.content.decode()


def test_a_month_stays_in_the_list_however_old_the_child(ana: Client, world: World) -> None:
    world.pip.birth_month = date(2015, 3, 1)
    world.pip.save()
    assert 'value="2015-03-01" selected' in ana.get(f"/accounts/children/{world.pip.pk}/").content.decode()
