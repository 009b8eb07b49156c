"""The table of cues: every row of its sources, “may mean” each time, and which signs have more than one reading."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from guidance.cues import choose, cues, needs, rows
from guidance.loader import load
from guidance.models import Article

URL = "/guidance/cues/"
pytestmark = pytest.mark.django_db

# As the sources list them: row, then the signs.
LISTED = {
    "hungry": ["Hand to mouth", "Turning to the breast or bottle", "Puckering", "Fists, or clenched hands", "Crying"],
    "full": ["Closing the mouth", "Turning away", "Hands relax"],
    "hungry-later": ["Reaching or pointing", "Opening the mouth", "Excited at food", "Signs or sounds"],
    "full-later": ["Pushing away", "Closing the mouth", "Turning away"],
    "tired": [
        "Pulling an ear",
        "Fists",
        "Yawning",
        "Unfocused or fluttering",
        "Jerky",
        "Arching",
        "frown",
        "Sucking fingers",
    ],
    "tired-later": ["Clumsy", "Clingy", "Grizzly", "Bored", "Fussy with food"],
    "engage": [
        "Bright, wide eyes",
        "Turning to you",
        "Steady breathing",
        "Grasping",
        "Smooth",
        "curled",
        "Hand to mouth",
    ],
    "pause": ["Turning away", "Pushing away", "Arching", "Crying", "Coughing", "Stiff hands", "Falling asleep"],
    "pause-subtle": ["Looking away", "Faster breath", "Yawning", "a hand to it", "grimace", "glazed look"],
    "warm": ["sweaty or hot", "Flushed", "irritable"],
    "cold": ["Chest or back cool", "Sluggish"],
    "discomfort": ["Crying", "Flushed", "Knees up", "Fists", "Wind"],
}


def page(client: Client, **query: str) -> str:
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_it_works(client: Client) -> None:
    said = page(client)
    for cue in cues():
        assert f"<h3>{cue.words}</h3>" in said
    for row in rows().values():
        assert row.source in said and row.when in said


@pytest.mark.parametrize("row", LISTED)
def test_every_sign_of_a_source_stands_under_its_row(row: str) -> None:
    under = [cue.words for cue in cues() if row in {reading.row.id for reading in cue.readings}]
    for sign in LISTED[row]:
        assert any(sign in words for words in under), sign
    assert len(under) == len(LISTED[row])


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Fists, or clenched hands", {"hungry", "tired"}),
        ("Arching", {"tired", "pause"}),
        ("Yawning", {"tired", "pause"}),
        ("Hand to mouth", {"hungry", "engage"}),
    ],
)
def test_a_sign_with_more_than_one_reading_says_so(client: Client, words: str, wanted: set[str]) -> None:
    cue = next(cue for cue in cues() if cue.words == words)
    assert cue.is_ambiguous and wanted <= {reading.row.need for reading in cue.readings}
    said = page(client)
    after = said[said.index(f"<h3>{words}</h3>") :]
    assert after.index("More than one reading") < after.index("may mean")


def test_two_ages_of_one_need_are_no_riddle() -> None:
    assert not next(cue for cue in cues() if cue.words == "Closing the mouth").is_ambiguous


def test_each_reading_says_may(client: Client) -> None:
    said = page(client)
    readings = sum(len(cue.readings) for cue in cues())
    assert said.count(">may mean</span>") == readings
    assert " means " not in said


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ({"see": "mouth"}, "Yawning", "Arching"),
        ({"need": "cold"}, "Sluggish", "Yawning"),
        ({"age": "12-24"}, "Reaching", "Clumsy"),
        ({"see": "hands", "need": "hungry", "age": "0-3"}, "Hand to mouth", "Reaching"),
    ],
)
def test_it_is_narrowed_by_what_is_seen_needed_and_the_age(
    client: Client, query: dict[str, str], there: str, gone: str
) -> None:
    said = page(client, **query)
    assert f"<h3>{there}" in said and f"<h3>{gone}" not in said
    for value in query.values():
        assert f'value="{value}" selected' in said


def test_a_sign_that_is_shown_is_shown_with_all_its_readings() -> None:
    yawning = next(cue for cue in choose(cues(), "mouth", "tired", "") if cue.words == "Yawning")
    assert {reading.row.need for reading in yawning.readings} == {"tired", "pause"}


def test_no_sign_for_all_three_leads_on(client: Client) -> None:
    assert "Show all cues" in page(client, see="mouth", need="cold")


@pytest.mark.parametrize("value", ["nonsense", "x" * 5000, "👶", "<script>alert(1)</script>", "a\x00b", "\u202e"])
def test_what_is_no_choice_is_no_filter(client: Client, value: str) -> None:
    answer = client.get(URL, {"see": value, "need": value, "age": value})
    assert answer.context["count"] == len(cues())
    assert b"<script>alert" not in answer.content


def test_it_links_to_articles_that_are_there_alone(client: Client) -> None:
    load(datetime(2026, 11, 24, tzinfo=UTC))
    article = Article.objects.get(slug="reading-cues")
    Article.objects.filter(slug="tired-signs").delete()
    assert "/guidance/tired-signs/" not in page(client, need="tired")
    article.pk, article.slug = None, "tired-signs"
    article.save(force_insert=True)
    assert 'href="/guidance/tired-signs/"' in page(client, need="tired")


def test_illness_stands_before_the_signs(client: Client) -> None:
    said = page(client)
    assert said.index("could your baby be ill") < said.index("<h3>")
    assert set(needs()) == {"hungry", "full", "tired", "engage", "pause", "warm", "cold", "discomfort"}


def test_nothing_can_be_posted(client: Client) -> None:
    assert client.post(URL).status_code == 405
