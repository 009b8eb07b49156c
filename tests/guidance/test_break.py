"""“I need a minute”: the same bytes for everybody, from no table, with every word that keeps people safe."""

from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from guidance.help_lines import help_lines
from tests.guidance.test_content import FIXED


def page(client: Client, **headers: str) -> str:
    return unescape(client.get("/break/", headers=headers).content.decode())


def test_it_works_without_a_database(client: Client) -> None:
    # No `db` fixture: a query here is an error of pytest-django's.
    assert client.get("/break/").status_code == 200


def test_the_same_bytes_for_everybody(client: Client, ana: Client) -> None:
    plain = client.get("/break/")
    client.cookies["anything"] = "at all"
    others = [
        ana.get("/break/"),
        client.get("/break/", headers={"Accept-Language": "en-AU"}),
        client.get("/break/", {"from": "somewhere"}),
    ]
    assert all(other.content == plain.content for other in others)
    assert not plain.cookies
    assert "Cookie" not in plain.get("Vary", "")
    assert plain["Cache-Control"].startswith("public") or "public" in plain["Cache-Control"]


def test_asked_again_it_says_unchanged(client: Client) -> None:
    first = client.get("/break/")
    assert client.get("/break/", headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("words", [words for box in ("illness", "choices") for words in FIXED[box]])
def test_it_holds_every_safety_word(client: Client, words: str) -> None:
    assert words in page(client)


@pytest.mark.parametrize(
    "words",
    [
        "Never shake a baby.", "On their back, in a clear cot.", "within earshot", "about five minutes",
        "At 10 minutes: look in on your baby now.", "At 15: check again and call someone.",
        "only if another safe adult has them", "if you feel in control. Otherwise put your baby down first",
        "Do not drive to soothe your baby when you are sleepy", "This site contacts nobody for you.",
        "Set your phone’s own timer",
    ],
)  # fmt: skip
def test_it_holds_the_safe_steps(client: Client, words: str) -> None:
    assert words in page(client)


def test_illness_comes_first(client: Client) -> None:
    said = page(client)
    assert said.index("Could your baby be ill or in pain?") < said.index("Take a minute.")


def test_every_country_s_numbers_are_there_without_scripts(client: Client) -> None:
    said = page(client)
    emergency = said[said.index('id="urgent"') : said.index("Take a minute.")]
    for country in help_lines().countries:
        assert all(f'href="tel:{number}"' in emergency for number in country.emergency)
        for line in country.lines:
            assert f'href="{line.href}"' in said
            assert line.number in said


@pytest.mark.parametrize(("days", "words"), [(180, "Checked on"), (181, "Last checked on")])
def test_an_old_number_is_shown_with_its_date(client: Client, days: int, words: str) -> None:
    with time_machine.travel(help_lines().checked + timedelta(days=days)):
        said = page(client)
    assert f"{words} 24 November 2026" in said
    assert "116 123" in said


def test_a_date_is_a_date() -> None:
    assert isinstance(help_lines().checked, date)
