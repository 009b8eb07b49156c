"""The adversary against what the database really holds: groups that live through windows, closed as a task does."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from attachment_app.accounts.models import Person
from attachment_app.groups import engine
from attachment_app.groups.change import Choice, Reason
from attachment_app.groups.closing import close_due
from attachment_app.groups.models import CountedSet, GroupMembership, ParentingGroup, Release
from attachment_app.groups.models.window import LENGTH, bounds
from journal.models import Exchange, Kind
from tests.groups.adversary import Sight, found_out
from tests.groups.makers import DUE, LONG_AGO, WINDOW, group, joined, parents, shares
from tests.journal.makers import logged
from tests.world import World, child, family, person

WINDOWS = 4
PLAYS = ("kinds", "play")


def logs(who: Person, window: int) -> None:
    logged(child(family(who)), who, Kind.PLAY, bounds(window)[0] + timedelta(days=2))


def sights() -> list[Sight]:
    """What was released of play, and who was counted, as the tables have it."""
    seen = []
    for release in Release.objects.order_by("window_number"):
        counted = CountedSet.objects.filter(
            window_number=release.window_number, purpose="exchanges", unit_id=release.group_id or release.pool_id
        ).first()
        for panel in release.panels["panels"]:
            if panel["panel"] == "kinds" and counted:
                rows = (("play", dict(panel["rows"])["play"]),)
                seen.append(Sight(release.window_number, frozenset(counted.people), "kinds", rows))
    return seen


def lives(world: World, seed: int) -> set[Any]:
    """Four groups over four windows; whoever plays plays in each. Gives back who was found out."""
    draw = Random(seed)
    groups = [
        group(leader, f"G{n}", floor=draw.choice((8, 10))) for n, leader in enumerate([world.faye, world.gran] * 2)
    ]
    plays: set[Any] = set()

    def joins(to: ParentingGroup, who: Person) -> None:
        joined(to, who)
        shares(to, who, "exchanges", "pool", at=LONG_AGO)
        if draw.random() < 0.35:
            plays.add(who.pk)

    for number, one in enumerate(groups):
        for who in parents(draw.choice((4, 9, 10, 11, 12)), f"Parent{seed}of{number}n"):
            joins(one, who)
    for step in range(WINDOWS):
        window = WINDOW + step
        for who in Person.objects.filter(pk__in=plays):
            logs(who, window)
        close_due(DUE + step * LENGTH)
        frozen = {one.pk: one.panels for one in Release.objects.all()}
        Exchange.objects.filter(pk__in=Exchange.objects.values("pk")[: draw.randint(0, 3)]).delete()
        close_due(DUE + step * LENGTH)
        assert {one.pk: one.panels for one in Release.objects.all()} == frozen
        for number, one in enumerate(groups):
            if draw.random() < 0.5:
                joins(one, person(f"Newcomer{seed}n{step}n{number}"))
            leaver = GroupMembership.objects.filter(group=one, ended_at=None).order_by("known_as").first()
            if leaver and draw.random() < 0.3:
                leaver.person.delete() if draw.random() < 0.5 else leaver.end("parent", DUE + step * LENGTH)
    return set(found_out(sights(), {}))


def test_it_works(world: World) -> None:
    assert lives(world, 3) == set()
    assert len(sights()) >= 6


@pytest.mark.parametrize("rule", [True, False], ids=["waits", "without-the-rule"])
def test_one_who_joins_alone(world: World, monkeypatch: pytest.MonkeyPatch, rule: bool) -> None:
    made = group(world.faye)
    for place, who in enumerate(parents(12)):
        joined(made, who, at=LONG_AGO if place < 11 else LONG_AGO + timedelta(days=20))
        shares(made, who, "exchanges")
        if place in (0, 1, 2, 11):
            logs(who, WINDOW)
            logs(who, WINDOW + 1)
    if not rule:
        monkeypatch.setattr(engine, "choose", lambda now, _remembered, _floor: Choice(now, Reason.SHOWN))
    close_due(DUE)
    close_due(DUE + LENGTH)
    last = Person.objects.get(name="Parent11").pk
    assert len(sights()) == 2
    assert found_out(sights(), {}) == ({} if rule else {(last, PLAYS): True})
