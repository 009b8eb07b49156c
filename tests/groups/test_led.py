"""The facilitator's page and the one for the wall: conversations first, what was shared where it can be shown."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from attachment_app.accounts.models import Person
from attachment_app.groups.closing import month_of
from attachment_app.groups.models import ParentingGroup, Pool, PoolPlace, Release, ReleaseView, Window
from attachment_app.groups.models.window import bounds
from guidance.loader import load
from tests.conftest import signed_in
from tests.groups.makers import WINDOW, facilitator, group, joined
from tests.queries import asked_by
from tests.world import NOW, World

Rows = list[list[str]]
KINDS: Rows = [["feeding", "most"], ["soothing", "half"], ["play", "few"]]


@pytest.fixture
def made(world: World, time_machine: Any) -> ParentingGroup:
    time_machine.move_to(NOW, tick=False)
    load(NOW)
    return group(world.faye)


@pytest.fixture
def faye(world: World, made: ParentingGroup) -> Client:
    return signed_in(world.faye)


def url(made: ParentingGroup, name: str = "led") -> str:
    return reverse(f"groups:{name}", args=[made.pk])


def released(
    made: ParentingGroup, window: int = WINDOW, pool: Pool | None = None, many: Any = "10–14", **panels: Rows
) -> Release:
    """A release that shows these panels, as the engine freezes it; `many` share each, or by panel."""
    month = month_of(Window(number=window, ends_at=bounds(window)[1]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT make_release_month(%s)", [month])
    shared = many if isinstance(many, dict) else dict.fromkeys(panels, many)
    said = [{"panel": name, "contributors": shared[name], "rows": rows} for name, rows in panels.items()]
    fields: dict[str, Any] = {"pool": pool} if pool else {"group": made}
    release = Release(month=month, window_number=window, panels={"form": 1, "panels": said}, made_at=NOW, **fields)
    Release.objects.bulk_create([release])
    return release


def test_it_works_for_a_group_without_any_number(made: ParentingGroup, faye: Client) -> None:
    page = faye.get(url(made)).content.decode()
    assert "Tuesday group" in page and "To start the next conversation" in page
    assert "Not enough shared yet" in page and "10 or more share the same thing" in page
    assert "The fortnight that is running ends on 6 December. What was shared is counted on 9 December." in page
    assert page.index("To start the next conversation") < page.index("Not enough shared yet")
    assert reverse("guidance:article", args=["secure-base"]) in page


def test_nothing_shared_reads_the_same_for_none_and_for_nearly_enough(
    world: World, made: ParentingGroup, faye: Client
) -> None:
    before = faye.get(url(made)).content
    released(made)
    assert faye.get(url(made)).content == before


def test_the_panels_of_a_release(made: ParentingGroup, faye: Client) -> None:
    released(made, kinds=KINDS, second_idea=[["second_idea", "half"]])
    page = " ".join(faye.get(url(made)).content.decode().split())
    assert "What the group shared" in page and "9 November – 22 November 2026" in page
    assert "<strong>10–14 parents</strong> chose to share." in page
    assert "Most or all of them wrote down a feed." in page  # a plain sentence
    for band, words in (("most", "most"), ("half", "about half"), ("few", "a few")):
        assert f"bands.svg#{band}" in page and f'<dd class="band__word">{words}</dd>' in page
    assert "About half of them tried a second idea when the first did not fit." in page
    assert "first idea that did not fit" in page  # a starter that follows it
    assert "Not enough shared yet for:" in page and "How it was for the parents" in page
    assert "Ways of being close" in page.partition("Not enough shared yet for:")[2]
    assert "to be counted with other groups" not in page


def test_no_starter_stands_twice(made: ParentingGroup, faye: Client) -> None:
    released(made, kinds=KINDS, tried=[["moving", "few"]], found_together=[["found_together", "few"]])
    page = faye.get(url(made)).content.decode()
    said = [one.partition("<br>")[0] for one in page.split("“")[1:] if "”<br>" in one[:200]]
    assert len(said) == len(set(said)) > 5


def test_windows_stand_side_by_side_where_both_may_be_shown(made: ParentingGroup, faye: Client) -> None:
    released(made, WINDOW - 1, kinds=[["feeding", "few"], ["soothing", "half"], ["play", "few"]])
    released(made, WINDOW, kinds=KINDS, second_idea=[["second_idea", "half"]])
    page = faye.get(url(made)).content.decode()
    assert "The small band below is the fortnight from 26 October to 8 November." in page
    assert page.count('class="band__was"') == 3  # the panel that both have, and no other
    assert "was a few" in page
    wall = faye.get(url(made, "screen")).content.decode()
    assert "band__was" not in wall


def test_a_quiet_fortnight_after_one_that_was_shown(made: ParentingGroup, faye: Client) -> None:
    released(made, WINDOW - 1, kinds=KINDS)
    released(made, WINDOW)
    page = faye.get(url(made)).content.decode()
    assert "Not enough shared yet" in page and "26 October – 8 November 2026" in page
    assert "The small band below" not in page


def test_a_panel_with_other_contributors_says_so(made: ParentingGroup, faye: Client) -> None:
    released(made, kinds=KINDS, articles=[["cues", "few"]])
    assert "parents share this" not in faye.get(url(made)).content.decode()
    released(made, WINDOW + 1, many={"kinds": "15–19", "articles": "10–14"}, kinds=KINDS, articles=[["cues", "few"]])
    page = faye.get(url(made)).content.decode()
    assert "<strong>15–19 parents</strong>" in page and "10–14 parents share this" in page


def test_the_pools_panels(world: World, made: ParentingGroup, faye: Client) -> None:
    pool = Pool.objects.create(term=WINDOW // 6)
    for one in (made, group(world.gran, "Friday group")):
        PoolPlace.objects.create(group=one, term=WINDOW // 6, pool=pool)
    released(made, pool=pool, kinds=KINDS)
    page = faye.get(url(made)).content.decode()
    assert "<strong>10–14 parents of several groups</strong>" in page and "Friday group" not in page
    assert "of several groups" in faye.get(url(made, "screen")).content.decode()


def test_the_wall_has_one_panel_a_screen_and_no_names(world: World, made: ParentingGroup, faye: Client) -> None:
    joined(made, world.ana)
    ParentingGroup.objects.update(note="Anas note")
    released(made, kinds=KINDS, second_idea=[["second_idea", "half"]])
    page = faye.get(url(made, "screen")).content.decode()
    assert page.count('class="wall__one') == 3
    assert 'href="#wall-2"' in page and "Ana" not in page and world.faye.email not in page


def test_the_wall_has_conversations_where_there_is_no_number(made: ParentingGroup, faye: Client) -> None:
    page = faye.get(url(made, "screen")).content.decode()
    assert page.count('class="wall__one') == 5 and "Not enough" not in page


def test_nothing_of_the_facilitators_own_family_is_on_the_screen(world: World, time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)
    made = group(world.stan, "Stan’s group")
    for name in ("led", "screen", "guests", "words", "follow-up"):
        page = signed_in(world.stan).get(url(made, name)).content.decode()
        assert "Kit" not in page and reverse("journal:exchanges") not in page


def test_conversations_by_age_and_topic(made: ParentingGroup, faye: Client) -> None:
    page = faye.get(url(made) + "?stage=24-36").content.decode()
    assert "far end of the room" in page and "at a feed" not in page.partition("Choose by age")[0]
    page = faye.get(url(made) + "?topic=cues").content.decode()
    assert "truly tired" in page and "far end of the room" not in page
    assert "There is none for this choice." in faye.get(url(made) + "?stage=24-36&topic=cues").content.decode()
    assert faye.get(url(made) + "?stage=1&topic=%00<b>").content == faye.get(url(made)).content


def test_every_view_is_written_down(world: World, made: ParentingGroup, faye: Client) -> None:
    release = released(made, kinds=KINDS)
    faye.get(url(made))
    faye.get(url(made, "screen"))
    seen = ReleaseView.objects.all()
    assert [(one.person, one.group, one.release_id) for one in seen] == [(world.faye, made, release.pk)] * 2


def test_at_most_five_queries(world: World, made: ParentingGroup, faye: Client) -> None:
    """The session and its person among them; and as many for a group that has met for long."""
    for number in range(6):
        released(made, WINDOW - number, kinds=KINDS)
    for name in ("led", "screen"):
        asked = asked_by(lambda name=name: faye.get(url(made, name)))
        assert len(asked) <= 5, asked


def test_the_journals_tables_are_out_of_reach(world: World, made: ParentingGroup, faye: Client) -> None:
    """What the page asks of the database names groups' tables and articles, and no row that a parent wrote."""
    released(made, kinds=KINDS)
    asked = " ".join(asked_by(lambda: faye.get(url(made))))
    for table in ("journal_", "accounts_child", "accounts_family", "accounts_membership", "groups_groupconsent"):
        assert table not in asked, table


@pytest.mark.parametrize("name", ["led", "screen"])
def test_the_wrong_person(world: World, made: ParentingGroup, ana: Client, name: str) -> None:
    released(made, kinds=KINDS)
    joined(made, world.ana)
    oda: Person = facilitator(world.gran)
    for browser in (ana, signed_in(oda), signed_in(world.stan)):
        assert browser.get(url(made, name)).status_code == 404
    assert not ReleaseView.objects.exists()
