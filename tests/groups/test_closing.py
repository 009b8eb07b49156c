"""Closing a window: who is counted, once, frozen, and nothing lost where it is interrupted."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from attachment_app.accounts.models import Person
from attachment_app.groups import closing
from attachment_app.groups.closing import close_due
from attachment_app.groups.leading import leading
from attachment_app.groups.models import (
    ArticleRead,
    CountedSet,
    Decision,
    GroupConsent,
    GroupMembership,
    ParentingGroup,
    Pool,
    PoolPlace,
    Release,
    ReleaseView,
    Window,
)
from attachment_app.groups.models.article_read import TOPICS, was_opened
from attachment_app.groups.models.window import LENGTH
from attachment_app.groups.reading import panels_of
from attachment_app.web.person import acting_for
from guidance import loader
from guidance.models import Article
from journal.models import Break, Exchange, Kind, OwnState
from tests.groups.makers import DUE, ENDS, LONG_AGO, STARTS, WINDOW, group, joined, parents, shares
from tests.journal.makers import logged, tried
from tests.together import together
from tests.world import World, child, family, person

DAY = timedelta(days=1)
IN_IT = STARTS + 3 * DAY


def of_parents(
    world: World, count: int, *purposes: str, name: str = "Tuesday", **fields: Any
) -> tuple[ParentingGroup, list[Person]]:
    """A group of so many parents who have been in it for long and share these purposes."""
    made = group(fields.pop("leader", world.faye), f"{name} group", **fields)
    people = parents(count, name)
    for who in people:
        joined(made, who)
        shares(made, who, *purposes or ("exchanges",))
    return made, people


def plays(who: Person, at: datetime = IN_IT, **fields: Any) -> Exchange:
    return logged(child(family(who)), who, Kind.PLAY, at, **fields)


def bands(made: ParentingGroup, window: int = WINDOW) -> dict[str, dict[str, str]]:
    release = Release.objects.get(group=made, window_number=window)
    return {panel["panel"]: dict(panel["rows"]) for panel in release.panels["panels"]}


def reasons(made: ParentingGroup, purpose: str = "exchanges", window: int = WINDOW) -> set[str]:
    release = Release.objects.get(group=made, window_number=window)
    return set(Decision.objects.filter(release_id=release.pk, purpose=purpose).values_list("reason", flat=True))


def test_it_works(world: World) -> None:
    made, people = of_parents(world, 12)
    for who in people[:9]:
        plays(who, connection=["holding"], occasion="bath")
    for who in people[:5]:
        tried(logged(child(family(who)), who, Kind.SOOTHING, IN_IT), who, "not_yet", "settled", response="held")
    assert not close_due(DUE - timedelta(seconds=1))
    assert not Release.objects.filter(window_number=WINDOW).exists()
    close_due(DUE)
    seen = bands(made)
    assert seen["kinds"] == {"feeding": "few", "soothing": "half", "play": "most"}
    assert seen["occasions"]["washing"] == "most" and seen["connection"]["holding"] == "most"
    assert seen["second_idea"] == {"second_idea": "half"} == {"second_idea": seen["found_together"]["found_together"]}
    assert seen["tried"] == {"moving": "few", "close": "half", "quiet": "few", "needs": "few"}
    release = Release.objects.get(group=made, window_number=WINDOW)
    assert "contributors" in str(release.panels) and not any(str(who.pk) in str(release.panels) for who in people)
    sentences = [row.statement for panel in panels_of(release.panels) for row in panel.rows]
    assert "Most or all of them wrote down some play." in sentences
    assert Window.objects.get(number=WINDOW).done_at


def test_twice_is_harmless_and_frozen(world: World) -> None:
    made, people = of_parents(world, 12)
    close_due(DUE)
    before = Release.objects.get(group=made)
    for who in people:
        plays(who)
    people[0].delete()
    close_due(DUE + DAY)
    assert Release.objects.get(group=made).panels == before.panels
    assert Release.objects.count() == 1 and CountedSet.objects.count() == 1


def test_what_is_outside_the_window_or_removed_is_not_counted(world: World) -> None:
    made, people = of_parents(world, 10)
    for number, who in enumerate(people):
        at = STARTS - timedelta(seconds=1) if number % 2 else ENDS
        plays(who, at)
        Exchange.objects.filter(pk=plays(who).pk).update(removed_at=ENDS)
    close_due(DUE)
    assert bands(made)["kinds"]["play"] == "few"


def test_a_parent_counts_once_however_much_they_log(world: World) -> None:
    made, people = of_parents(world, 10)
    pip = child(family(people[0]))
    for hour in range(20):
        logged(pip, people[0], Kind.PLAY, IN_IT + timedelta(hours=hour), connection=["smile", "holding"])
    close_due(DUE)
    assert bands(made)["kinds"]["play"] == bands(made)["connection"]["look"] == "few"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda made, who: GroupMembership.objects.filter(person=who).update(made_by_facilitator=True),
        lambda made, who: GroupMembership.objects.filter(person=who).update(approved_at=None),
        lambda made, who: GroupMembership.objects.filter(person=who).update(
            approved_at=STARTS - timedelta(days=13, hours=23)
        ),
        lambda made, who: GroupMembership.objects.filter(person=who).update(ended_at=ENDS + DAY, ended_by="parent"),
        lambda made, who: GroupConsent.objects.filter(person=who).update(withdrawn_at=ENDS + DAY),
        lambda made, who: GroupConsent.objects.filter(person=who).update(given_at=STARTS + timedelta(seconds=1)),
        lambda made, who: GroupConsent.objects.filter(person=who).update(purpose="articles"),
        lambda made, who: ParentingGroup.objects.filter(pk=made.pk).update(facilitator=who),
        lambda made, who: who.delete(),
    ],
    ids=["made", "not-approved", "new", "left", "withdrew", "said-late", "other-purpose", "leads", "erased"],
)
def test_who_does_not_count(world: World, spoil: Any) -> None:
    made, people = of_parents(world, 10)
    other, _others = of_parents(world, 10, name="Friday")
    spoil(made, people[0])
    close_due(DUE)
    assert bands(made) == {} and reasons(made) == {"too_few"}
    assert bands(other) and reasons(other) == {""}


def test_nine_see_what_none_see_and_an_operator_may_say_eight(world: World) -> None:
    nine, _people = of_parents(world, 9)
    none = group(world.faye, "Empty")
    eight, _more = of_parents(world, 8, name="Eight", floor=8)
    close_due(DUE)
    assert Release.objects.get(group=nine).panels == Release.objects.get(group=none).panels
    assert bands(eight)
    assert Release.objects.get(group=eight).panels["panels"][0]["contributors"] == "8–9"


def next_window(times: int = 1) -> datetime:
    return DUE + times * LENGTH


def test_a_newcomer_waits_and_somebody_who_leaves_holds_the_window_back(world: World) -> None:
    made, people = of_parents(world, 11)
    close_due(DUE)
    newcomer = person("Newcomer")
    joined(made, newcomer)
    shares(made, newcomer, "exchanges")
    close_due(next_window())
    assert reasons(made, window=WINDOW + 1) == {""}
    assert str(newcomer.pk) not in str(list(CountedSet.objects.values_list("people", flat=True)))
    GroupMembership.objects.filter(person=people[0]).update(ended_at=ENDS, ended_by="parent")
    close_due(next_window(2))
    assert reasons(made, window=WINDOW + 2) == {"changed"} and bands(made, WINDOW + 2) == {}
    close_due(next_window(7))
    assert [reasons(made, window=WINDOW + later) for later in range(3, 8)] == [{"changed"}] * 5
    close_due(next_window(8))  # six windows have rested since the last in which they were counted
    assert reasons(made, window=WINDOW + 8) == {""}


def test_somebody_erased_is_remembered(world: World) -> None:
    made, people = of_parents(world, 11)
    close_due(DUE)
    people[0].delete()
    close_due(next_window())
    assert reasons(made, window=WINDOW + 1) == {"changed"}


def own(made: ParentingGroup) -> dict[str, dict[str, str]]:
    return {name: rows for name, rows in bands(made).items() if name in ("state", "breaks")}


def says(who: Person, feeling: str) -> None:
    with acting_for(who.pk, role="owner"):
        exchange = logged(child(family(who)), who, Kind.SOOTHING, IN_IT)
        OwnState.objects.say(who, exchange, feeling, IN_IT)


def breaks(who: Person) -> None:
    Break.objects.create(person=who, taken_at=IN_IT, client_key=uuid4())


def test_how_it_was_only_with_twenty_and_five_on_each_side(world: World) -> None:
    made, people = of_parents(world, 20, "own")
    few, fewer = of_parents(world, 19, "own", name="Nineteen")
    for who in (*people[:10], *fewer[:10]):
        for feeling in ("fine", "tired", "too_much"):
            says(who, feeling)
        breaks(who)
    close_due(DUE)
    assert own(made) == {
        "state": {"fine": "half", "tired": "half", "hard": "half", "too_much": "half"},
        "breaks": {"taken": "half"},
    }
    assert own(few) == {} and reasons(few, "own") == {"too_few_for_own"}
    assert not CountedSet.objects.filter(unit_id=few.pk).exists()


@pytest.mark.parametrize("took", [4, 16])
def test_one_side_of_four_hides_it(world: World, took: int) -> None:
    made, people = of_parents(world, 20, "own")
    for who in people[:took]:
        breaks(who)
    close_due(DUE)
    assert own(made) == {} and reasons(made, "own") == {"one_sided"}
    assert CountedSet.objects.filter(unit_id=made.pk).exists()  # that it is hidden tells something, too


@pytest.fixture
def articles(db: None) -> dict[str, Article]:
    lists: dict[str, Any] = {"stages": [], "not_mean": [], "safety": [], "parts": [], "sources": [], "words": 1}
    dates = {"reviewed": DUE.date(), "next_review": DUE.date(), "updated_at": DUE}
    topics = ("bond", "cues", "crying", "you", "families")
    return {topic: Article.objects.create(slug=topic, topic=topic, **lists, **dates) for topic in topics}


def test_articles_that_are_counted(world: World, articles: dict[str, Article]) -> None:
    made, people = of_parents(world, 10, "articles")
    for who in people:
        with acting_for(who.pk):
            for topic in articles.values():
                was_opened(who, topic, IN_IT)
                was_opened(who, topic, IN_IT)
    assert set(ArticleRead.objects.values_list("topic", flat=True)) == {"bond", "cues"}
    assert ArticleRead.objects.count() == 20
    close_due(DUE)
    assert bands(made) == {"articles": {"bond": "most", "cues": "most", "moments": "few", "secure_base": "few"}}
    assert not ArticleRead.objects.exists()


def test_no_article_that_is_never_counted_has_a_counted_topic() -> None:
    """Overwhelm, mood, childhood, help, abuse, loss, adoption; and what is near them."""
    topics = {draft.slug: draft.topic for draft in loader.read()}
    for slug in (
        "when-it-is-too-much", "crying-in-the-first-months", "anger-and-repair", "your-state-of-mind",
        "your-own-childhood", "getting-help", "after-a-loss", "adoption-and-foster-care", "early-babies",
    ):  # fmt: skip
        assert topics[slug] not in TOPICS, slug


def test_reading_is_written_down_for_nobody_else(world: World, articles: dict[str, Article]) -> None:
    made, people = of_parents(world, 2, "articles")
    for who in (people[0], world.stan):
        with acting_for(who.pk):
            was_opened(who, articles["cues"], IN_IT)
    assert [one.person for one in ArticleRead.objects.all()] == [people[0]]
    with acting_for(people[0].pk):
        GroupConsent.objects.withdraw(made.pk, people[0], "articles", IN_IT)
        GroupConsent.objects.give(made, people[0], "exchanges", IN_IT)
        was_opened(people[0], articles["cues"], IN_IT)
    assert not ArticleRead.objects.exists()


def pooled(world: World, *sizes: int) -> list[ParentingGroup]:
    leaders = (world.faye, world.gran)
    made = []
    for number, size in enumerate(sizes):
        one, _people = of_parents(world, size, "exchanges", "pool", name=f"Pool{number}", leader=leaders[number % 2])
        made.append(one)
    return made


def test_small_groups_are_counted_together(world: World) -> None:
    made = pooled(world, 4, 4, 4)
    alone = person("Alone")
    joined(made[0], alone)
    shares(made[0], alone, "exchanges")  # and not with other groups
    close_due(DUE)
    assert len(CountedSet.objects.get().people) == 12 and alone.pk not in CountedSet.objects.get().people
    pool = Pool.objects.get()
    assert pool.places.count() == 3
    release = Release.objects.get()
    assert release.pool == pool and release.group is None and release.panels["panels"]
    for who in (world.faye, world.gran):
        with leading(who):
            assert Release.objects.seen_by(who, made[0 if who == world.faye else 1], DUE) == [release]
    assert ReleaseView.objects.count() == 2
    with leading(world.stan):
        assert not Release.objects.exists()


@pytest.mark.parametrize("sizes", [(5, 5), (8, 4, 3), (3, 3, 3)])
def test_no_pool_of_too_few_or_of_one_that_gives_half(world: World, sizes: tuple[int, ...]) -> None:
    pooled(world, *sizes)
    close_due(DUE)
    assert not Pool.objects.exists()
    assert {str(release.panels["panels"]) for release in Release.objects.all()} == {"[]"}


def test_no_pool_without_their_word_or_of_one_facilitator(world: World) -> None:
    for number in range(3):
        of_parents(world, 4, "exchanges", "pool", name=f"Faye{number}")
        of_parents(world, 4, "exchanges", name=f"Alone{number}", leader=world.gran)
    close_due(DUE)
    assert not Pool.objects.exists()


def test_a_pool_stands_for_its_term(world: World) -> None:
    small = pooled(world, 4, 4, 4)
    close_due(DUE)
    for number in range(8):
        who = person(f"Later{number}")
        joined(small[0], who)
        shares(small[0], who, "exchanges", "pool")
    close_due(next_window())  # window 23 is the last of its term
    assert not Release.objects.filter(group=small[0]).exists()
    close_due(next_window(2))
    assert Release.objects.filter(group=small[0], window_number=WINDOW + 2).exists()


def test_a_pool_goes_on_as_it_was_in_the_next_term(world: World) -> None:
    pooled(world, 4, 4, 4)
    close_due(DUE)
    before = {place.group_id for place in PoolPlace.objects.all()}
    pooled_later = group(world.stan, "Later")
    for who in parents(5, "Late"):
        joined(pooled_later, who)
        shares(pooled_later, who, "exchanges", "pool")
    close_due(next_window(2))
    first, second = Pool.objects.order_by("term")
    assert {place.group_id for place in second.places.all()} == before and second.term == first.term + 1
    assert Release.objects.get(pool=second).panels["panels"]


def test_interrupted_in_the_middle_nothing_is_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [of_parents(world, 10, name=f"G{number}")[0] for number in range(5)]
    monkeypatch.setattr(closing, "BATCH", 2)
    calls = []
    honest = closing.release

    def falls_over(*args: Any) -> None:
        honest(*args)
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt  # the second batch is written, and then the worker is killed

    monkeypatch.setattr(closing, "release", falls_over)
    with pytest.raises(KeyboardInterrupt):
        close_due(DUE)
    assert Release.objects.count() == 2 == CountedSet.objects.count()
    assert not close_due(DUE)
    assert Release.objects.count() == 5 == len(made)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    made = [of_parents(world, 10, name=f"G{number}")[0] for number in range(4)]
    monkeypatch.setattr(closing, "BATCH", 1)
    together(*[lambda: close_due(DUE)] * 3)
    while close_due(DUE, budget=0):
        pass
    assert sorted(Release.objects.values_list("group_id", flat=True)) == sorted(one.pk for one in made)
    assert CountedSet.objects.count() == 4 and Window.objects.get().done_at


def test_a_task_ends_in_time_and_the_next_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        group(world.faye, f"G{number}")
    monkeypatch.setattr(closing, "BATCH", 1)
    assert close_due(DUE, budget=0)
    assert Release.objects.count() == 1
    assert close_due(DUE, budget=0)
    assert close_due(DUE, budget=0)
    assert not close_due(DUE)
    assert Release.objects.count() == 3


def test_months_are_dropped_whole_and_never_early(world: World) -> None:
    group(world.faye)
    close_due(DUE)

    def dropped(day: datetime) -> int:
        with acting_for(None, role="aggregator"), connection.cursor() as cursor:
            cursor.execute("SELECT drop_release_months(%s)", [day.date()])
            return int(cursor.fetchone()[0])

    assert dropped(DUE + 800 * DAY) == 0  # a day that has not come drops nothing
    with acting_for(None, role="aggregator"), connection.cursor() as cursor:
        cursor.execute("SELECT make_release_month('2024-02-01')")
        cursor.execute("SELECT make_release_month('2024-02-01')")
    assert dropped(DUE) == 1
    assert Release.objects.count() == 1


@pytest.mark.parametrize("role", ["web", "worker", "groups", "aggregator", "owner"])
def test_a_release_is_frozen_for_every_role(world: World, role: str) -> None:
    group(world.faye)
    close_due(DUE)
    for statement in (
        "UPDATE groups_release SET panels = '{}'",
        "DELETE FROM groups_release",
        "TRUNCATE groups_release",
        "UPDATE groups_release_202611 SET panels = '{}'",
    ):
        if role == "owner" and statement.startswith("TRUNCATE"):
            continue
        with pytest.raises(DatabaseError), acting_for(world.faye.pk, role=role), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Release.objects.get().panels == {"form": 1, "panels": []}


def test_joined_long_ago() -> None:
    assert STARTS - timedelta(days=14) > LONG_AGO
