"""A child: named on one page, changed at any time, and silent when the family says so."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from attachment_app.accounts.models import Child, Consent, Family, Membership
from attachment_app.accounts.models.child import ChildState
from tests.conftest import signed_in
from tests.together import together
from tests.world import NOW, World, person

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


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_the_same_moment() -> None:
    una, said = person("Una"), form()
    answers = together(*[partial(signed_in(una).post, NEW, said) for _tap in range(3)])
    assert {answer.status_code for answer in answers} == {303}
    assert (Child.objects.count(), Family.objects.count(), Membership.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_pages_sent_at_the_same_moment_are_two_children_of_one_family() -> None:
    una = person("Una")
    together(*[partial(signed_in(una).post, NEW, form(nickname=name)) for name in ("Pip", "Pop")])
    assert (Child.objects.count(), Family.objects.count()) == (2, 1)


def test_going_back_and_sending_other_words_is_a_correction(una: Client) -> None:
    said = form()
    una.post(NEW, said)
    una.post(NEW, {**said, "nickname": "Pippa", "birth_month": "", "expected": "on"})
    child = Child.objects.get()
    assert (child.nickname, child.state, child.birth_month) == ("Pippa", ChildState.EXPECTED, None)


def test_an_old_form_sent_again_undoes_no_later_change(una: Client) -> None:
    said = form()
    una.post(NEW, said)
    child = Child.objects.get()
    una.post(f"/accounts/children/{child.pk}/", {"nickname": "Pippa", "birth_month": said["birth_month"]})
    una.post(f"/accounts/children/{child.pk}/state/", {"state": "lost"})
    una.post(NEW, said)
    child.refresh_from_db()
    assert (child.nickname, child.state) == ("Pippa", ChildState.LOST)


def test_a_page_that_lost_its_key_still_saves(una: Client) -> None:
    for key in ("", "nonsense", "x" * 5000):
        assert una.post(NEW, form(client_key=key)).status_code == 303


def test_without_scripts_the_sites_zone_is_chosen_and_can_be_changed(una: Client) -> None:
    page = una.get(NEW).content.decode()
    assert 'value="Europe/London" selected' in page
    assert "js/behaviours/zone.js" in page


def test_a_second_child_leaves_the_zone_alone(ana: Client, world: World) -> None:
    assert "time_zone" not in ana.get(NEW).content.decode()
    ana.post(NEW, form(nickname="Pop"))
    world.ana.refresh_from_db()
    assert world.ana.time_zone == "Europe/London"


def test_a_form_from_elsewhere_is_refused_kindly(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.ana)
    for token in ("", "x" * 64):
        answer = client.post(NEW, form(csrfmiddlewaretoken=token))
        assert answer.status_code == 403
        assert "what you wrote is still there" in answer.content.decode()
    assert Child.objects.count() == 2


def test_a_second_child_joins_the_family(una: Client) -> None:
    una.post(NEW, form())
    una.post(NEW, form(nickname="Pop"))
    assert (Child.objects.count(), Family.objects.count()) == (2, 1)
    assert 'name="child"' in una.get("/").content.decode()


def test_a_carer_adds_no_child(gran: Client, world: World) -> None:
    for answer in (gran.get(NEW), gran.post(NEW, form(nickname="Intruder"))):
        assert answer.status_code == 403
        assert "A parent of the family does this" in answer.content.decode()
    assert not Child.objects.filter(nickname="Intruder").exists()


NEXT_MONTH = (timezone.now().date().replace(day=28) + timedelta(days=10)).replace(day=1).isoformat()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("nickname", "", "Give a nickname"),
        ("nickname", "   ", "Give a nickname"),
        ("nickname", "x" * 5000, "Forty letters fit"),
        ("nickname", "\u200b\u200d", "Give a nickname"),
        ("nickname", "a\x00b", "Null characters are not allowed"),
        ("birth_month", "", "Choose a month of birth"),
        ("birth_month", NEXT_MONTH, "For a month to come"),
        ("birth_month", "1900-01-01", "Choose a month from the list"),
        ("birth_month", "soon", "Choose a month from the list"),
        ("birth_month", "2026-13-01\x00", "Choose a month from the list"),
        ("expected", "on", "You chose a month of birth, too"),
        ("due_date", "2100-01-01", "Check the year"),
        ("due_date", "0000-00-00", "We could not read this date"),
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
    url = f"/accounts/children/{world.pip.pk}/state/"
    for page in ("/accounts/family/", f"/accounts/children/{world.pip.pk}/"):
        buttons = ana.get(page).content.decode().split(f'action="{url}"')[1].split("</form>")[0]
        assert f'name="state" value="{state}"' in buttons
    for said in (state, "with_us"):
        assert ana.post(url, {"state": said}).status_code == 303
        world.pip.refresh_from_db()
        assert world.pip.state == said
    assert 'href="/accounts/family/"' in ana.get("/journal/exchanges/").content.decode()  # the first of the two taps


def test_the_way_back_is_said_quietly(ana: Client, world: World) -> None:
    for page in ("/accounts/family/", f"/accounts/children/{world.pip.pk}/"):
        assert "can be changed back here at any time" in ana.get(page).content.decode()


def test_a_state_said_twice_counts_from_the_first_time(world: World) -> None:
    world.pip.say(ChildState.LOST, at=NOW)
    world.pip.hide_entries(NOW)
    world.pip.say(ChildState.LOST, at=NOW + timedelta(days=1))
    world.pip.refresh_from_db()
    assert (world.pip.state_since, world.pip.entries_hidden_at) == (NOW, NOW)


def test_back_with_us_brings_the_entries_back(world: World) -> None:
    world.pip.say(ChildState.NOT_WITH_US_NOW, at=NOW)
    world.pip.hide_entries(NOW)
    world.pip.say(ChildState.WITH_US, at=NOW)
    world.pip.refresh_from_db()
    assert world.pip.entries_hidden_at is None


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
    answer = ana.post(f"/accounts/children/{world.pip.pk}/state/", {"state": state})
    assert answer.status_code == 422
    assert "not one of the choices" in answer.content.decode()
    world.pip.refresh_from_db()
    assert world.pip.state == "with_us"


@pytest.mark.parametrize("entries", ["", "gone", "x" * 5000, "hidden\x00"])
def test_entries_are_put_away_by_that_word_alone(ana: Client, world: World, entries: str) -> None:
    answer = ana.post(f"/accounts/children/{world.pip.pk}/entries/", {"entries": entries})
    assert answer.status_code == 422
    world.pip.refresh_from_db()
    assert world.pip.entries_hidden_at is None


def test_a_stranger_and_an_unknown_child_are_not_here(stan: Client, world: World) -> None:
    for child in (world.pip.pk, uuid4()):
        url = f"/accounts/children/{child}/"
        assert stan.get(url).status_code == stan.post(url, {"nickname": "X"}).status_code == 404
        assert stan.post(url + "state/", {"state": "lost"}).status_code == 404
        assert stan.post(url + "entries/", {"entries": "hidden"}).status_code == 404
    world.pip.refresh_from_db()
    assert (world.pip.nickname, world.pip.state) == ("Pip", "with_us")


def test_what_was_written_is_kept_when_a_change_is_refused(ana: Client, world: World) -> None:
    page = ana.post(f"/accounts/children/{world.pip.pk}/", {"nickname": "Pippa", "birth_month": ""}).content.decode()
    assert 'value="Pippa"' in page
    assert '<h1 dir="auto">Pip</h1>' in page  # as it stands
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert 'aria-invalid="true" aria-describedby="id_birth_month_error"' in page
    assert 'href="#id_birth_month"' in page


def test_a_carer_looks_and_changes_nothing(gran: Client, world: World) -> None:
    url = f"/accounts/children/{world.pip.pk}/"
    assert "A parent of the family can change" in gran.get(url).content.decode()
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


def test_the_family_says_who_belongs(ana: Client, world: World) -> None:
    page = ana.get("/accounts/family/").content.decode().split("</main>")[0]
    members = page.split('id="members"')[1]
    assert [members.index(name) for name in ("You", "Ben", "Gran")] == sorted(
        members.index(name) for name in ("You", "Ben", "Gran")
    )
    assert "@example.org" not in page
    assert "Stan" not in page


def test_you_says_what_you_agreed_to_and_when(ana: Client, world: World) -> None:
    Consent.give(world.ana, Consent.Purpose.JOURNAL, at=NOW)
    page = ana.get("/accounts/you/").content.decode()
    assert "Keeping what you log about you and your child, 24 November 2026" in page
    for link in ("/accounts/email/", "/accounts/password/change/"):
        assert f'href="{link}"' in page


@pytest.mark.parametrize(("name", "status"), [("", 303), ("😀", 303), ("<b>", 303), ("a\x00", 422), ("x" * 41, 422)])
def test_what_your_family_calls_you(ana: Client, world: World, name: str, status: int) -> None:
    answer = ana.post("/accounts/you/", {"name": name, "time_zone": "Europe/London"})
    assert answer.status_code == status
    assert "<b>" not in ana.get("/accounts/family/").content.decode()
