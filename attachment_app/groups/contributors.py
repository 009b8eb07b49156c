"""Who may be counted in a window: read by the aggregator, for a batch of groups in one statement."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import connection

from .change import RESTS, People
from .engine import Unit
from .models import CountedSet, ParentingGroup, Pool, PoolPlace, Purpose, Window
from .models.consent import COUNTED
from .models.group import FLOOR
from .models.membership import COUNTS_AFTER

# A member whom the facilitator approved and did not make, for fourteen days when the window began, and who does not
# lead this group; who said yes before the window began and has not taken it back until now.
MAY = """
SELECT m.group_id, c.purpose, m.person_id
FROM groups_groupmembership m
JOIN groups_parentinggroup g ON g.id = m.group_id AND g.ended_at IS NULL
JOIN groups_groupconsent c ON c.group_id = m.group_id AND c.person_id = m.person_id
WHERE m.group_id = ANY (%(groups)s)
  AND m.ended_at IS NULL AND NOT m.made_by_facilitator AND m.approved_at <= %(member_since)s
  AND c.withdrawn_at IS NULL AND c.given_at <= %(starts)s
  AND m.person_id IS DISTINCT FROM g.facilitator_id
"""
ByPurpose = dict[str, dict[UUID, UUID]]


def may_be_counted(groups: Collection[UUID], window: Window) -> dict[UUID, ByPurpose]:
    """By group and purpose: person to group."""
    found: dict[UUID, ByPurpose] = {group: {} for group in groups}
    asked: dict[str, Any] = {
        "groups": [*groups],
        "starts": window.starts_at,
        "member_since": window.starts_at - COUNTS_AFTER,
    }
    with connection.cursor() as cursor:
        cursor.execute(MAY, asked)
        for group, purpose, person in cursor.fetchall():
            found[group].setdefault(purpose, {})[person] = group
    return found


def units(ids: Collection[UUID], window: Window) -> list[Unit]:
    """What engine.summarise takes for each of these groups and pools, in four queries."""
    pools = set(Pool.objects.filter(pk__in=ids).values_list("pk", flat=True))
    places: dict[UUID, list[UUID]] = {}
    for pool, group in PoolPlace.objects.filter(pool__in=pools).values_list("pool_id", "group_id"):
        places.setdefault(pool, []).append(group)
    parts = {one: places.get(one, []) if one in pools else [one] for one in ids}
    groups = {group for some in parts.values() for group in some}
    about = {
        group: (floor, leader)
        for group, floor, leader in ParentingGroup.objects.filter(pk__in=groups).values_list(
            "pk", "floor", "facilitator_id"
        )
    }
    may = may_be_counted(groups, window)
    found = [_unit(one, one in pools, some, may, about) for one, some in parts.items()]
    return _with_remembered(found, window)


def _unit(
    one: UUID,
    is_pool: bool,
    groups: list[UUID],
    may: Mapping[UUID, ByPurpose],
    about: Mapping[UUID, tuple[int, UUID | None]],
) -> Unit:
    contributors: dict[Purpose, dict[UUID, UUID]] = {purpose: {} for purpose in COUNTED}
    for group in groups:
        for purpose in COUNTED:
            said = may[group].get(purpose, {})
            pooled = may[group].get(Purpose.POOL, {})
            contributors[purpose] |= {person: group for person in said if not is_pool or person in pooled}
    return Unit(
        id=one,
        floor=FLOOR if is_pool else about[one][0],
        contributors=contributors,
        remembered={},
        facilitators={group: about[group][1] for group in groups},
        is_pool=is_pool,
    )


def _with_remembered(found: list[Unit], window: Window) -> list[Unit]:
    """Each with the sets of the last windows (this one's among them) that touch its people, the newest first."""
    everybody = {person for unit in found for may in unit.contributors.values() for person in may}
    sets = CountedSet.objects.filter(
        window_number__gte=window.number - RESTS, window_number__lte=window.number, people__overlap=[*everybody]
    ).order_by("-window_number", "id")
    by_purpose: dict[str, list[People]] = {}
    for purpose, people in sets.values_list("purpose", "people"):
        by_purpose.setdefault(purpose, []).append(frozenset(people))
    remembered = {purpose: _once(by_purpose.get(purpose, [])) for purpose in COUNTED}
    return [
        Unit(unit.id, unit.floor, unit.contributors, _touching(unit, remembered), unit.facilitators, unit.is_pool)
        for unit in found
    ]


def _once(sets: list[People]) -> list[People]:
    return list(dict.fromkeys(sets))


def _touching(unit: Unit, remembered: Mapping[Purpose, list[People]]) -> dict[Purpose, list[People]]:
    """Only those that share somebody with this unit: a set has one person for whom it can be looked up by each."""
    found: dict[Purpose, list[People]] = {}
    for purpose, sets in remembered.items():
        may = unit.contributors[purpose].keys()
        found[purpose] = [one for one in sets if not one.isdisjoint(may)]
    return found
