"""Cue, guess, response, result: each tap saves."""

from uuid import uuid4

import pytest
from django.test import Client

from journal.models import Exchange, Step
from tests.journal.makers import logged
from tests.world import World

RESOURCES = [
    f"{name}/" for name in ["steps", "settling", "ending", "timer", "details", "times", "turns", "removal", "return"]
]


@pytest.fixture
def url(world: World) -> str:
    return f"/journal/exchanges/{logged(world.pip, world.ana).pk}/"


def test_it_works_without_javascript(ana: Client, url: str) -> None:
    said = {"guess": "tired", "response": "rocked", "cues": ["eyes", "yawn"]}
    ana.post(url + "steps/", {**said, "client_key": str(uuid4()), "result": "not_yet"})
    page = ana.get(url).content.decode()
    assert "Another guess may fit" in page and "Tired?" in page
    ana.post(url + "steps/", {"response": "dimmed", "client_key": str(uuid4()), "result": "settled"})
    page = ana.get(url).content.decode()
    assert "Found it together" in page and "2 tries" in page
    exchange = Exchange.objects.get()
    assert not exchange.is_running


def test_each_tap_saves_and_swaps_nothing_but_the_word(ana: Client, url: str) -> None:
    key = str(uuid4())
    answer = ana.post(url + "steps/", {"guess": "tired", "client_key": key}, headers={"HX-Request": "true"})
    assert answer["HX-Reswap"] == "none" and "Saved." in answer.content.decode()
    ana.post(url + "steps/", {"guess": "tired", "response": "held", "client_key": key}, headers={"HX-Request": "true"})
    step = Step.objects.get()
    assert (step.guess, step.response, step.result) == ("tired", "held", "")
    assert f'value="{key}"' in ana.get(url).content.decode()  # the open step goes on where it was


def test_a_tap_that_says_nothing_makes_no_step(ana: Client, url: str) -> None:
    ana.post(url + "steps/", {"cues": ["eyes"], "client_key": str(uuid4())})
    assert not Step.objects.exists()
    assert Exchange.objects.get().cues == ["eyes"]


def test_two_people_noticing_keep_both(ana: Client, ben: Client, url: str) -> None:
    ana.post(url + "steps/", {"cues": ["eyes"], "client_key": str(uuid4())})
    # Ben's page was made before Ana's tap: he adds one, and takes none of hers away.
    ben.post(url + "steps/", {"cues": ["fists"], "client_key": str(uuid4())})
    assert set(Exchange.objects.get().cues) == {"eyes", "fists"}
    ana.post(url + "steps/", {"was": ["eyes"], "cues": [], "client_key": str(uuid4())})
    assert Exchange.objects.get().cues == ["fists"]


def test_settled_from_today_closes_the_open_step(ana: Client, url: str) -> None:
    ana.post(url + "steps/", {"guess": "tired", "client_key": str(uuid4())})
    for _again in range(2):
        ana.post(url + "settling/")
    assert [step.result for step in Step.objects.all()] == ["settled"]


def test_end_here_and_carry_on(ana: Client, url: str) -> None:
    ana.post(url + "steps/", {"guess": "tired", "result": "not_yet", "client_key": str(uuid4())})
    ana.post(url + "ending/")
    assert "Stayed with them" in ana.get(url).content.decode()
    ana.post(url + "timer/")
    assert Exchange.objects.get().is_running


@pytest.mark.parametrize("field", ["guess", "response", "result", "cues", "client_key"])
@pytest.mark.parametrize("value", ["nonsense", "<script>alert(1)</script>", "x" * 5000, "\x00", "😴"])
def test_nonsense_changes_nothing(ana: Client, url: str, field: str, value: str) -> None:
    answer = ana.post(url + "steps/", {"client_key": str(uuid4()), field: value}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "Nothing was changed" in answer.content.decode()
    assert not Step.objects.exists() and Exchange.objects.get().cues == []


@pytest.mark.parametrize("part", ["", *RESOURCES])
def test_to_a_stranger_it_is_not_there(stan: Client, url: str, part: str) -> None:
    answer = stan.post(url + part) if part else stan.get(url)
    assert answer.status_code == 404


@pytest.mark.parametrize("part", RESOURCES)
def test_looking_changes_nothing(ana: Client, url: str, part: str) -> None:
    assert ana.get(url + part).status_code == 405
