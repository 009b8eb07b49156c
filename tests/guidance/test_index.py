"""The index: topics and ages to choose from; the child's age as a first choice, silent where it has to be."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from attachment_app.accounts.models.child import ChildState
from guidance.ages import stage_of
from guidance.loader import load
from guidance.models import Article, Stage, ages_in_words
from tests.queries import asked_by
from tests.world import NOW, World, child

URL = "/guidance/"


@pytest.fixture(autouse=True)
def articles(db: None) -> None:
    load(datetime(2026, 11, 24, tzinfo=UTC))
    Article.objects.filter(slug="holding-environment").update(stages=["12-24"], topic="bond")
    Article.objects.filter(slug="reading-cues").update(stages=["0-3", "3-6"], topic="cues")
    Article.objects.exclude(slug__in=["holding-environment", "reading-cues"]).update(withdrawn_at=NOW)


def shown(client: Client, **query: str) -> list[str]:
    topics = client.get(URL, query).context["topics"]
    return [article.slug for _topic, some in topics for article in some]


def test_it_works(client: Client) -> None:
    assert shown(client) == ["holding-environment", "reading-cues"]
    assert shown(client, stage="0-3") == ["reading-cues"]
    assert shown(client, topic="bond") == ["holding-environment"]
    assert shown(client, topic="bond", stage="0-3") == []


def test_a_choice_keeps_the_other(client: Client) -> None:
    page = client.get(URL, {"topic": "bond", "stage": "12-24"}).content.decode()
    assert 'href="?stage=3-6&amp;topic=bond"' in page
    assert 'href="?topic=cues&amp;stage=12-24"' in page
    assert page.count('aria-current="true"') == 2


@pytest.mark.parametrize("value", ["nonsense", "x" * 5000, "👶", "<script>", "a\x00b", "\u202e", "all"])
def test_what_is_no_choice_is_no_filter(client: Client, value: str) -> None:
    answer = client.get(URL, {"topic": value, "stage": value})
    assert len(answer.context["topics"]) == 2
    assert b"<script>" not in answer.content.replace(b"<script src", b"")


@time_machine.travel(NOW)
def test_the_child_s_age_is_a_first_choice_and_no_more(ana: Client, world: World) -> None:
    page = ana.get(URL)
    assert page.context["stage"] == "0-3"
    assert "Chosen by the age of <bdi>Pip</bdi>." in page.content.decode()
    assert shown(ana) == ["reading-cues"]
    assert len(shown(ana, stage="all")) == 2
    assert shown(ana, stage="12-24") == ["holding-environment"]


@time_machine.travel(NOW)
@pytest.mark.parametrize("state", [ChildState.LOST, ChildState.NOT_WITH_US_NOW])
def test_a_child_who_is_not_here_chooses_nothing(ana: Client, world: World, state: str) -> None:
    world.pip.say(state, at=NOW)
    page = ana.get(URL)
    assert page.context["suggested"] is None and len(shown(ana)) == 2
    assert "Pip" not in page.content.decode()


@time_machine.travel(NOW)
def test_the_youngest_chooses(ana: Client, world: World) -> None:
    child(world.family, "Kip", birth_month=date(2025, 3, 1))
    assert ana.get(URL).context["suggested"].child == world.pip
    child(world.family, "Bump", birth_month=None, state=ChildState.EXPECTED)
    assert "Chosen because somebody is on the way" in ana.get(URL).content.decode()


@pytest.mark.parametrize(
    ("born", "stage"),
    [
        (date(2026, 11, 1), "0-3"),
        (date(2026, 9, 1), "0-3"),
        (date(2026, 8, 1), "3-6"),
        (date(2026, 6, 1), "3-6"),
        (date(2026, 5, 1), "6-12"),
        (date(2025, 11, 1), "12-24"),
        (date(2024, 12, 1), "12-24"),
        (date(2024, 11, 1), "24-36"),
        (date(2023, 12, 1), "24-36"),
        (date(2023, 11, 1), None),
        (date(2026, 12, 1), None),
        (None, None),
    ],
)
def test_ages_meet_without_a_gap(world: World, born: date | None, stage: str | None) -> None:
    world.pip.birth_month = born
    assert stage_of(world.pip, date(2026, 11, 24)) == stage


@pytest.mark.parametrize("state", [ChildState.LOST, ChildState.NOT_WITH_US_NOW])
def test_a_child_who_is_not_here_is_at_no_stage(world: World, state: str) -> None:
    world.pip.state = state
    assert stage_of(world.pip, date(2026, 11, 24)) is None


def test_an_early_baby_is_counted_from_the_due_date(world: World) -> None:
    world.pip.birth_month, world.pip.due_date = date(2026, 7, 1), date(2026, 10, 3)
    assert stage_of(world.pip, date(2026, 11, 24)) == "0-3"
    world.pip.due_date = date(2026, 12, 20)
    assert stage_of(world.pip, date(2026, 11, 24)) == "0-3"
    world.pip.due_date = date(2026, 6, 3)  # late: the month of birth stands
    assert stage_of(world.pip, date(2026, 11, 24)) == "3-6"


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        (list(Stage), "any age"),
        ([], "any age"),
        (["0-3"], "0 to 3 months"),
        (["0-3", "3-6", "6-12"], "0 to 12 months"),
        (["before-birth", "0-3"], "before birth to 3 months"),
        (["0-3", "12-24"], "0 to 3 months, 12 to 24 months"),
    ],
)
def test_ages_in_words(stages: list[str], words: str) -> None:
    assert ages_in_words(stages) == words


def test_the_same_queries_for_few_and_many(ana: Client) -> None:
    def count() -> int:
        return len(asked_by(lambda: ana.get(URL)))

    few, article = count(), Article.objects.get(slug="reading-cues")
    for number in range(40):
        article.pk, article.slug = None, f"another-{number}"
        article.save(force_insert=True)
    assert count() == few


def test_nothing_can_be_posted(client: Client) -> None:
    assert client.post(URL).status_code == 405
