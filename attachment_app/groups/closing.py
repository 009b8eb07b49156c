"""Closing windows: each once, 48 hours after its end, batch by batch, and frozen from then on.

All truth is in the database. A batch is one transaction as the role `aggregator`: it locks the window's row, releases
the next groups and pools in the order of their ids, remembers who was counted and moves the resume mark. Killed in the
middle nothing of the batch stands; two at once: the second finds the row locked and leaves.
"""

import time
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from attachment_app.lib.roles import AGGREGATOR
from attachment_app.web.person import acting_for
from journal import aggregates

from .change import RESTS, People
from .contributors import units
from .engine import Summary, Unit, Values, summarise, who
from .models import ArticleRead, CountedSet, Decision, Purpose, Release, Window
from .models.consent import COUNTED
from .models.window import SETTLES, bounds, latest_due
from .pools import assign

BATCH = 25  # groups and pools; some 400 parents
BUDGET = 12.0  # seconds after which a task begins no further batch: it stays under twenty

NEXT = """
SELECT id FROM (
    SELECT g.id FROM groups_parentinggroup g
    WHERE g.ended_at IS NULL AND g.created_at < %(ends)s
      AND NOT EXISTS (SELECT FROM groups_poolplace p WHERE p.group_id = g.id AND p.term = %(term)s)
    UNION ALL SELECT id FROM groups_pool WHERE term = %(term)s
) unit WHERE id > %(mark)s ORDER BY id LIMIT %(batch)s
"""


def close_due(now: datetime, budget: float = BUDGET) -> bool:
    """Release what is due at `now`, for some `budget` seconds. True where there is more to do."""
    began = time.monotonic()
    _note_windows(now)
    while close_some(now):
        if time.monotonic() - began > budget:
            return True
    return False


def close_some(now: datetime) -> bool:
    """One batch of the oldest window that is due. False where nothing is left, or somebody else is at it."""
    with acting_for(None, role=AGGREGATOR):
        oldest = Window.objects.unfinished().select_for_update(skip_locked=True, of=("self",))
        window = oldest.first()
        if window is None or Window.objects.unfinished().filter(number__lt=window.number).exists():
            return False
        assign(window, now)
        with connection.cursor() as cursor:
            cursor.execute("SELECT make_release_month(%s)", [month_of(window)])
        ids = _next(window)
        release(units(ids, window), window, now)
        if ids:
            Window.objects.filter(pk=window.pk).update(last_unit=ids[-1])
        else:
            _finish(window, now)
        return True


def close_for(ids: Collection[UUID], number: int, now: datetime) -> None:
    """Release these groups in a window of the past that they came too late for: made-up data alone needs this."""
    with acting_for(None, role=AGGREGATOR):
        starts, ends = bounds(number)
        said = {"starts_at": starts, "ends_at": ends, "done_at": now}
        window, _is_new = Window.objects.get_or_create(number=number, defaults=said)
        with connection.cursor() as cursor:
            cursor.execute("SELECT make_release_month(%s)", [month_of(window)])
        release(units(ids, window), window, now)


def _note_windows(now: datetime) -> None:
    """A row for each window that is due and has none; at the very first the newest alone."""
    with acting_for(None, role=AGGREGATOR):
        due = latest_due(now)
        known = Window.objects.order_by("-number").values_list("number", flat=True).first()
        numbers = range(due if known is None else known + 1, due + 1)
        spans = ((number, *bounds(number)) for number in numbers)
        fresh = [Window(number=number, starts_at=starts, ends_at=ends) for number, starts, ends in spans]
        Window.objects.bulk_create(fresh, ignore_conflicts=True)


def _next(window: Window) -> list[UUID]:
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"ends": window.ends_at, "term": window.term, "mark": window.mark, "batch": BATCH}
        cursor.execute(NEXT, asked)
        return [one for (one,) in cursor.fetchall()]


def release(found: Sequence[Unit], window: Window, now: datetime) -> None:
    """The releases of these groups and pools, who was counted, and why or why not: so many statements for one or all.

    What holds for their people is asked once for each purpose.
    """
    asked = {purpose: values(purpose, _counted(found, purpose), window) for purpose in COUNTED}
    made = [(unit, summarise(unit, lambda purpose, _people: asked[purpose]), uuid4()) for unit in found]
    Release.objects.bulk_create(_release(unit, summary, key, window, now) for unit, summary, key in made)
    CountedSet.objects.bulk_create(
        CountedSet(window_number=window.number, purpose=purpose, unit_id=unit.id, people=sorted(people))
        for unit, summary, _key in made
        for purpose, people in summary.counted.items()
    )
    Decision.objects.bulk_create(
        Decision(window=window, release_id=key, is_pool=unit.is_pool, purpose=purpose, reason=reason)
        for unit, summary, key in made
        for purpose, reason in summary.reasons
    )


def _counted(found: Sequence[Unit], purpose: Purpose) -> People:
    return frozenset().union(*(who(unit, purpose).people for unit in found))


def _release(unit: Unit, summary: Summary, key: UUID, window: Window, now: datetime) -> Release:
    return Release(
        id=key,
        month=month_of(window),
        window_number=window.number,
        group_id=None if unit.is_pool else unit.id,
        pool_id=unit.id if unit.is_pool else None,
        panels=summary.frozen,
        made_at=now,
    )


def values(purpose: Purpose, people: People, window: Window) -> Values:
    """What holds for these people in the window, as panels.py names it."""
    if not people:
        return {}
    if purpose == Purpose.EXCHANGES:
        return aggregates.practice(people, window.starts_at, window.ends_at)
    if purpose == Purpose.OWN:
        return aggregates.own(people, window.starts_at, window.ends_at)
    found: dict[UUID, set[str]] = {}
    for person, topic in ArticleRead.objects.filter(person__in=people, window_number=window.number).values_list(
        "person_id", "topic"
    ):
        found.setdefault(person, set()).add(f"topic:{topic}")
    return {person: frozenset(topics) for person, topics in found.items()}


def month_of(window: Window) -> date:
    """The month in which the window is due, whenever it is closed: its releases' partition."""
    return (window.ends_at + SETTLES).date().replace(day=1)


def _finish(window: Window, now: datetime) -> None:
    """Nothing is left: the window is done, and what only its computing needed is forgotten."""
    Window.objects.filter(pk=window.pk).update(done_at=now)
    ArticleRead.objects.filter(window_number__lte=window.number).delete()
    CountedSet.objects.filter(window_number__lte=window.number - RESTS).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT drop_release_months(%s)", [now.date()])
