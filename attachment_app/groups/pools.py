"""Which small groups are counted together, said once at the beginning of a term."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from .contributors import may_be_counted
from .engine import is_even
from .models import ParentingGroup, Pool, PoolPlace, Purpose, Window
from .models.group import FLOOR
from .models.window import TERM

AT_A_TIME = 200  # groups


@dataclass(frozen=True)
class Small:
    """A group below its floor: how many of it may be counted in a pool."""

    group: UUID
    facilitator: UUID | None
    people: int


def form(small: Sequence[Small]) -> list[list[Small]]:
    """Pools out of small groups: ten contributors, two facilitators, no group that gives half or more.

    In the order given, each pool as soon as it may stand; what is left over joins the last one where that one still
    may. A group that fits nowhere stays alone.
    """
    pools: list[list[Small]] = []
    open_pool: list[Small] = []
    for one in small:
        open_pool.append(one)
        if _may_stand(open_pool):
            pools.append(open_pool)
            open_pool = []
    for one in open_pool:
        if pools and _may_stand([*pools[-1], one]):
            pools[-1].append(one)
    return pools


def continued(small: Sequence[Small], before: Sequence[frozenset[UUID]]) -> list[list[Small]]:
    """The pools of a term, where `before` are those of the last: whichever can go on as it was does.

    Other groups together would be other people together, and they would have to rest (see change.py).
    """
    by_group = {one.group: one for one in small}
    kept = [[by_group[group] for group in sorted(pool)] for pool in before if pool <= by_group.keys()]
    kept = [pool for pool in kept if _may_stand(pool)]
    again = {one.group for pool in kept for one in pool}
    return kept + form([one for one in small if one.group not in again])


def _may_stand(pool: Sequence[Small]) -> bool:
    groups = [one.group for one in pool for _person in range(one.people)]
    return len(groups) >= FLOOR and is_even(groups, {one.group: one.facilitator for one in pool})


def assign(window: Window, now: datetime) -> None:
    """Write down the pools of the window's term, unless that was done. As the aggregator, with the window locked."""
    first = window.term * TERM
    if Window.objects.filter(number__gte=first, number__lt=first + TERM, pooled_at__isnull=False).exists():
        return
    for together in continued(_small(window), _last_term(window)):
        pool = Pool.objects.create(id=uuid4(), term=window.term)
        PoolPlace.objects.bulk_create([PoolPlace(group_id=one.group, term=window.term, pool=pool) for one in together])
    Window.objects.filter(pk=window.pk).update(pooled_at=now)


def _last_term(window: Window) -> list[frozenset[UUID]]:
    pools: dict[UUID, set[UUID]] = {}
    for pool, group in PoolPlace.objects.filter(term=window.term - 1).values_list("pool_id", "group_id"):
        pools.setdefault(pool, set()).add(group)
    return [frozenset(groups) for groups in pools.values()]


def _small(window: Window) -> list[Small]:
    """Groups below their floor with somebody to be pooled, in an order that no name or date has a part in."""
    going_on = ParentingGroup.objects.filter(ended_at=None).values_list("pk", "facilitator_id", "floor")
    groups = {group: (leader, floor) for group, leader, floor in going_on}
    ids, found = list(groups), []
    for first in range(0, len(ids), AT_A_TIME):
        for group, by_purpose in may_be_counted(ids[first : first + AT_A_TIME], window).items():
            leader, floor = groups[group]
            alone = by_purpose.get(Purpose.EXCHANGES, {})
            pooled = alone.keys() & by_purpose.get(Purpose.POOL, {}).keys()
            if len(alone) < floor and pooled:
                found.append(Small(group, leader, len(pooled)))
    return sorted(found, key=lambda one: hashlib.sha256(one.group.bytes).digest())
