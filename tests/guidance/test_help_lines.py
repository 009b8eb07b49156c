"""Help lines: line by line as they were compared with their bodies' pages, and emergency numbers wherever one calls."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import Client

from guidance.help_lines import STALE_AFTER, help_lines
from guidance.loader import load
from guidance.models import Article

EMERGENCY = {"GB": ("999",), "US": ("911",), "IE": ("112", "999"), "AU": ("000",), "CA": ("911",), "NZ": ("111",)}
DAY = "day and night"
# country, name, what is called, what is texted, when somebody answers
LINES = [
    ("US", "988 Lifeline", "988", "988", DAY),
    ("US", "National Maternal Mental Health Hotline", "18338526262", "18338526262", DAY),
    ("GB", "NHS 111, option 2", "111", "", DAY),
    ("GB", "Samaritans", "116123", "", DAY),
    ("GB", "Cry-sis", "08004480737", "", "9 to 22 daily"),
    ("GB", "Shout", "", "85258", DAY),
    ("IE", "Samaritans", "116123", "", DAY),
    ("IE", "Text About It", "", "50808", DAY),
    ("IE", "Your Mental Health information line", "1800111888", "", DAY),
    ("AU", "PANDA", "1300726306", "", "Monday to Friday 9 to 19:30, Saturday 9 to 16 (AEST)"),
    ("AU", "Lifeline", "131114", "", DAY),
    ("AU", "Lifeline", "", "0477131114", DAY),
    ("CA", "Suicide Crisis Helpline", "988", "988", DAY),
    ("NZ", "Need to Talk?", "1737", "1737", DAY),
    ("NZ", "PlunketLine", "0800933922", "", DAY),
]


def test_it_works() -> None:
    found = [
        (country.code, line.name, line.tel, line.sms, line.hours)
        for country in help_lines().countries
        for line in country.lines
    ]
    assert sorted(found) == sorted(LINES)
    assert {country.code: country.emergency for country in help_lines().countries} == EMERGENCY
    assert {link.name for link in help_lines().elsewhere} == {"findahelpline.com", "befrienders.org"}


def test_a_number_reads_as_it_is_dialled() -> None:
    for country in help_lines().countries:
        for line in country.lines:
            digits = "".join(filter(str.isdigit, line.number))
            assert digits == (line.tel or line.sms), line.name


def test_who_takes_both_has_a_button_for_each(client: Client) -> None:
    said = unescape(client.get("/break/").content.decode())
    for _country, _name, tel, sms, _hours in LINES:
        for href in filter(None, (tel and f"tel:{tel}", sms and f"sms:{sms}")):
            assert f'href="{href}"' in said


def test_the_guess_is_named(client: Client) -> None:
    said = client.get("/break/").content.decode()
    assert "Numbers for <span data-guessed>another country</span>. Not right?" in said


@pytest.mark.django_db
def test_every_country_s_emergency_number_stands_wherever_one_is_asked_to_call(client: Client) -> None:
    load(datetime(2026, 11, 24, tzinfo=UTC))
    Article.objects.filter(slug="reading-cues").update(safety=["illness", "choices"])
    for url in ("/break/", "/guidance/reading-cues/", "/guidance/search/?q=suicidal"):
        said = client.get(url).content.decode()
        for numbers in EMERGENCY.values():
            assert all(f'href="tel:{number}"' in said for number in numbers), url
    assert 'href="/break/#lines"' in client.get("/guidance/reading-cues/").content.decode()


def test_the_numbers_are_old_after_half_a_year() -> None:
    lines = help_lines()
    assert not lines.is_stale(lines.checked + STALE_AFTER)
    assert lines.is_stale(date(2027, 5, 24))
