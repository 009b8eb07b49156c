"""Conversation openers: the file is held to its rules, and what is chosen from it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from attachment_app.groups import starters_gate
from attachment_app.groups.panels import BY_NAME
from attachment_app.groups.starters import AT_ONCE, Offered, after, choose, offered, starters
from attachment_app.groups.starters_gate import complaints
from guidance.loader import read
from guidance.models import Article, Stage

TODAY = date(2026, 11, 24)


@pytest.fixture
def found() -> list[Offered]:
    drafts = read()
    return offered({draft.slug: Article(slug=draft.slug, title=draft.title, topic=draft.topic) for draft in drafts})


def test_it_works() -> None:
    assert list(complaints()) == []
    assert len(starters()) >= 24


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"say": "You should talk about sleep. Do you?"}, "the word “should” is not used in advice"),
        ({"say": "Sleep is important."}, "asks nothing"),
        ({"say": f"{'a ' * 30}?"}, "a sentence of"),
        ({"article": "nowhere"}, "there is no article “nowhere”"),
        ({"claim": "groups-for-a-while"}, "does not cite “groups-for-a-while”"),
        ({"stages": ("24-36",)}, "is not for “24-36”"),
        ({"panels": ("weather",)}, "there is no panel “weather”"),
        ({"id": "held-today"}, "held-today stands there twice"),
    ],
)
def test_each_rule_bites(monkeypatch: pytest.MonkeyPatch, change: dict[str, object], said: str) -> None:
    first, *rest = starters()
    monkeypatch.setattr(starters_gate, "starters", lambda: (replace(first, **change), *rest))  # type: ignore[arg-type]
    assert any(said in complaint for complaint in complaints())


def test_too_few_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    few = starters()[:3]
    monkeypatch.setattr(starters_gate, "starters", lambda: few)
    said = " ".join(complaints())
    assert "3 starters; 24 are the fewest" in said
    assert "fewer than 4 starters for “24-36”" in said
    assert "no starter follows the panel “breaks”" in said


def test_for_an_age_and_a_topic(found: list[Offered]) -> None:
    for stage in Stage:
        chosen = choose(found, stage, "", TODAY)
        assert len(chosen) >= 4 and all(stage in one.starter.stages for one in chosen)
    assert {one.article.topic for one in choose(found, "", "cues", TODAY)} == {"cues"}
    assert choose(found, "24-36", "cues", TODAY) == []


def test_a_few_where_nothing_is_chosen_and_others_each_week(found: list[Offered]) -> None:
    few = choose(found, "", "", TODAY)
    assert len(few) == AT_ONCE == len({one.article.topic for one in few})
    assert choose(found, "", "", TODAY) == few
    assert choose(found, "", "", TODAY + timedelta(days=7)) != few
    assert choose([], "", "", TODAY) == []


def test_every_panel_is_followed_by_one(found: list[Offered]) -> None:
    for panel in BY_NAME:
        one = after(panel, found, TODAY)
        assert one and panel in one.starter.panels
    assert after("kinds", [], TODAY) is None


def test_a_starter_waits_where_its_article_is_withdrawn() -> None:
    assert offered({}) == []
