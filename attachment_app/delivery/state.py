"""From rows to what `decide` goes by: for many occurrences at once, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Q

from . import around
from .decide import GENTLE_REMEMBERED, REMEMBERED, TIMER_COUNTS_FOR, Past, State
from .models import Kind, Occurrence, Standing
from .models import State as Stands
from .models.standing import Pace
from .voices import ChildFact, voice_of


def states_of(occurrences: Sequence[Occurrence], standings: dict[UUID, Standing], now: datetime) -> dict[UUID, State]:
    """The State of each occurrence by its id. `standings` by person: for whom it is decided, they are locked."""
    people = {one.person_id for one in occurrences}
    known = get_user_model().objects.only("time_zone", "last_active_at", "joined_at").in_bulk(people)
    past = _past(people, now)
    busy = around.busy(people, now - TIMER_COUNTS_FOR)
    facts = around.facts({one.about for one in occurrences if one.about})
    states = {}
    for one in occurrences:
        person: Any = known[one.person_id]
        fact = facts.get(one.about) if one.about else None
        states[one.pk] = _state(one, standings[one.person_id], person, fact, past[one.person_id], busy, now)
    return states


def _state(
    one: Occurrence,
    standing: Standing,
    person: Any,
    fact: ChildFact | None,
    past: tuple[Past, ...],
    busy: set[UUID],
    now: datetime,
) -> State:
    zone = ZoneInfo(person.time_zone)
    return State(
        kind=one.kind,
        due_at=one.due_at,
        expires_at=one.expires_at,
        zone=zone,
        last_active_at=person.last_active_at or person.joined_at,
        quiet_from=standing.quiet_from,
        quiet_until=standing.quiet_until,
        gentle_a_week=standing.gentle_a_week,
        is_stopped=standing.stopped_at is not None,
        is_closed=standing.closed_at is not None,
        is_asked=standing.check_on_me_since is not None,
        is_child_spoken_of=one.about is None or (fact is not None and fact.is_spoken_of),
        paused_until=standing.paused_until,
        woken_at=standing.woken_at,
        pace=Pace(standing.pace),
        has_timer=person.pk in busy,
        past=past,
        texts=tuple(voice_of(one.kind).texts(one, fact, now.astimezone(zone).date())),
    )


def _past(people: Collection[UUID], now: datetime) -> dict[UUID, tuple[Past, ...]]:
    """What was sent to each (or perhaps was), the latest first. What a clock ahead of ours wrote counts, too."""
    said = Occurrence.objects.filter(
        Q(decided_at__gt=now - REMEMBERED) | Q(decided_at__gt=now - GENTLE_REMEMBERED, kind=Kind.GENTLE),
        person_id__in=people,
        state__in=[Stands.LEASED, Stands.SENT, Stands.UNKNOWN],
    ).order_by("-decided_at")
    found: dict[UUID, list[Past]] = defaultdict(list)
    names = ("person_id", "kind", "decided_at", "text", "seen_at", "answered_at")
    for person, kind, at, text, seen, answered in said.values_list(*names):
        found[person].append(Past(Kind(kind), at, text, bool(seen or answered)))
    return defaultdict(tuple, {person: tuple(past) for person, past in found.items()})
