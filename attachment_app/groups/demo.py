"""A made-up group that has met for a while: its guests, what they share, and two fortnights released."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from attachment_app.accounts.models import Person
from attachment_app.lib.row_security import bypass
from attachment_app.lib.times import day_start

from .closing import close_due, close_for
from .models import ArticleRead, Facilitator, GroupConsent, GroupMembership, ParentingGroup, Purpose
from .models.article_read import TOPICS
from .models.window import bounds, latest_due

NAME = "Riverside parents"
NOTE = "Bring a blanket, and whatever you have for the biscuit tin.\nWe go on with the second guess."
SUGGESTED = ["finding-it-together", "bath-and-nappy"]
WINDOWS = 2


def windows(now: datetime) -> list[tuple[datetime, datetime]]:
    """The spans of the fortnights that the group will have shared, the older first; log into these."""
    return [bounds(number) for number in _numbers(now)]


def _numbers(now: datetime) -> range:
    due = latest_due(now)
    return range(due - WINDOWS + 1, due + 1)


def meet(facilitator: Person, parents: Sequence[Person], asks: Person, now: datetime, rng: Random) -> ParentingGroup:
    """The group, whose parents have belonged and shared for long; `asks` would like to join.

    What is due is closed first, as the site does by itself, so that nothing of it meets the group half made.
    """
    while close_due(now):
        pass
    with bypass():
        group = _founded(facilitator, now)
        long_ago = group.created_at
        for person in parents:
            GroupMembership.objects.create(
                group=group, person=person, known_as=person.name, asked_at=long_ago, approved_at=long_ago
            )
            _share(group, person, long_ago)
        GroupMembership.objects.create(group=group, person=asks, known_as=asks.name, asked_at=now)
        _read(parents, now, rng)
    for number in _numbers(now):
        close_for([group.pk], number, now)
    with bypass():
        ArticleRead.objects.filter(person__in=parents).delete()
    return group


def _founded(facilitator: Person, now: datetime) -> ParentingGroup:
    long_ago = windows(now)[0][0] - timedelta(days=30)
    Facilitator.objects.grant(facilitator, long_ago)
    group = ParentingGroup.objects.create(facilitator=facilitator, name=NAME, created_at=long_ago)
    group.say(_next_meeting(facilitator, now), "Library, upstairs", NOTE, SUGGESTED)
    return group


def _share(group: ParentingGroup, person: Person, at: datetime) -> None:
    for purpose in (Purpose.EXCHANGES, Purpose.ARTICLES):
        said = {"version": GroupConsent.VERSION, "given_at": at, "adult_said_at": at}
        GroupConsent.objects.create(group=group, person=person, purpose=purpose, **said)


def _read(parents: Sequence[Person], now: datetime, rng: Random) -> None:
    ArticleRead.objects.bulk_create(
        ArticleRead(person=person, window_number=number, topic=topic)
        for number in _numbers(now)
        for person in parents
        for topic, share in zip(TOPICS, (0.5, 0.8, 0.5, 0.1), strict=True)
        if rng.random() < share
    )


def _next_meeting(facilitator: Person, now: datetime) -> datetime:
    """A Tuesday to come, ten hours into the day of whoever leads the group."""
    today = now.astimezone(facilitator.zone).date()
    tuesday = today + timedelta(days=(1 - today.weekday()) % 7 or 7)
    return day_start(tuesday, facilitator.zone) + timedelta(hours=10)
