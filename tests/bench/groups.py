"""Closing a window over millions of exchanges, and how many groups see anything at all."""

import resource
import time
from random import Random
from uuid import UUID

from django.db import connection

from attachment_app.groups import engine, pools
from attachment_app.groups.change import RESTS, People
from attachment_app.groups.closing import close_due
from attachment_app.groups.engine import Unit
from attachment_app.groups.models import Purpose, Release
from attachment_app.groups.models.window import bounds
from attachment_app.lib.row_security import bypass
from tests.bench import bench, report
from tests.groups.makers import DUE, WINDOW

GROUPS, PARENTS, EACH = 1000, 15, 200  # 3,000,000 exchanges, all of them within the window
MOST_SECONDS, MOST_A_TASK, MOST_MEGABYTES = 60, 20, 64

# Fifteen parents a group, each with a child and a family of their own; ids are made from numbers.
PEOPLE = """
CREATE FUNCTION made(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT md5(kind || number)::uuid
$$;
INSERT INTO accounts_person (id, password, is_superuser, email, name, time_zone, hand, measure, is_active, joined_at)
SELECT made('person', p), '', false, 'p' || p || '@example.org', '', 'UTC', '', 'ml', true, now()
FROM generate_series(0, {people}) p;
INSERT INTO accounts_family (id, created_at) SELECT made('family', p), now() FROM generate_series(1, {people}) p;
INSERT INTO accounts_child (id, family_id, nickname, state, state_since, created_at, client_key, form_digest)
SELECT made('child', p), made('family', p), 'Pip', 'with_us', now(), now(), made('child', p), ''
FROM generate_series(1, {people}) p;
INSERT INTO groups_parentinggroup (id, name, facilitator_id, note, meets_where, suggested, floor, created_at)
SELECT made('group', g), 'Group', made('person', 0), '', '', '{{}}', 10, '2026-01-01'
FROM generate_series(1, {groups}) g;
INSERT INTO groups_groupmembership
    (id, group_id, person_id, known_as, asked_at, approved_at, made_by_facilitator, ended_by)
SELECT made('member', p), made('group', 1 + p % {groups}), made('person', p), 'A', '2026-01-01', '2026-01-01', false, ''
FROM generate_series(1, {people}) p;
INSERT INTO groups_groupconsent (id, group_id, person_id, purpose, version, adult_said_at, given_at)
SELECT made(purpose, p), made('group', 1 + p % {groups}), made('person', p), purpose, 'x', '2026-01-01', '2026-01-01'
FROM generate_series(1, {people}) p, unnest(ARRAY['exchanges', 'articles', 'own', 'pool']) purpose;
"""
# Three kinds in turn, over the fourteen days; a soothing has one try or two.
EXCHANGES = """
INSERT INTO journal_exchange (id, family_id, child_id, author_id, kind, started_at, ended_at, cues, connection,
    occasion, method, side, play, turns, began, client_key, created_at)
SELECT made('exchange', e), made('family', p), made('child', p), made('person', p),
    (ARRAY['feeding', 'soothing', 'play'])[1 + e % 3], at, at, '{{}}',
    (ARRAY['{{holding,smile}}', '{{}}'])[1 + e % 2]::text[], (ARRAY['feeding', '', 'bath', 'bedtime'])[1 + e % 4],
    '', '', '{{}}', 0, '', made('exchange', e), at
FROM (
    SELECT e, 1 + e / {each} AS p, '{starts}'::timestamptz + (e % {each}) * interval '100 minutes' AS at
    FROM generate_series(0::bigint, {people} * {each} - 1) e
) numbered;
INSERT INTO journal_step
    (id, family_id, exchange_id, author_id, position, guess, response, result, started_at, client_key)
SELECT made('step', 2 * e + n), made('family', p), made('exchange', e), made('person', p), n, 'tired',
    (ARRAY['rocked', 'held', 'fed', 'hummed'])[1 + e % 4], CASE n WHEN 1 THEN 'not_yet' ELSE 'settled' END,
    '{starts}', made('step', 2 * e + n)
FROM (SELECT e, 1 + e / {each} AS p FROM generate_series(1::bigint, {people} * {each} - 1, 3) e) soothing,
     generate_series(1, 2) n
WHERE n = 1 OR e % 2 = 0;
"""
# The checks of foreign keys would take most of the bench's time, and are not what it measures.
WITHOUT_CHECKS = """
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT conrelid::regclass AS of, conname FROM pg_constraint
        WHERE contype = 'f' AND conrelid IN ('journal_exchange'::regclass, 'journal_step'::regclass)
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.of, one.conname); END LOOP;
END $$
"""
PLAIN = """
SELECT author_id, count(*) FROM journal_exchange
WHERE started_at >= %s AND started_at < %s AND removed_at IS NULL GROUP BY author_id
"""


@bench("groups", f"closing a window for {GROUPS:,} groups of {PARENTS} over {GROUPS * PARENTS * EACH:,} exchanges")
def closing() -> None:
    _make()
    with bypass():
        plain = _plain()
    before = _megabytes()
    seconds, more = [], True
    while more:
        began = time.perf_counter()
        more = close_due(DUE)
        seconds.append(time.perf_counter() - began)
    with bypass():
        made = [len(one.panels["panels"]) for one in Release.objects.filter(window_number=WINDOW)]
    if len(made) != GROUPS or not all(made):
        raise AssertionError("not every group has its release")
    whole, grown = sum(seconds), _megabytes() - before
    report("one plain count by author over the same rows", f"{plain:.1f} s")
    report("closing the window", f"{whole:.1f} s", f"{whole / plain:.1f} times as long", whole <= MOST_SECONDS)
    report("the longest of its tasks", f"{max(seconds):.1f} s of {len(seconds)}", "", max(seconds) < MOST_A_TASK)
    report("memory that the process took for it", f"{grown:.0f} MB", "", grown <= MOST_MEGABYTES)


def _make() -> None:
    size = {"people": GROUPS * PARENTS, "groups": GROUPS, "each": EACH, "starts": bounds(WINDOW)[0].isoformat()}
    for statements in (PEOPLE, WITHOUT_CHECKS, EXCHANGES, "ANALYZE"):
        with bypass(), connection.cursor() as cursor:
            cursor.execute(statements.format(**size) if "{" in statements else statements)


def _plain() -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, bounds(WINDOW))
        cursor.fetchall()
    return time.perf_counter() - began


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- how many groups see anything ---------------------------------------------------

# So many towns of so many groups; of the parents one in a hundred leaves a window, and now and then one joins.
WINDOWS, TOWNS, TOWN, LEAVE, JOIN = 6, 5, 60, 0.01, 0.1
CONSENT, POOLED = (0.5, 0.7, 0.9), 0.8


@bench("groups-shown", f"groups that see a panel within {WINDOWS} windows, and the windows that have one, simulated")
def shown() -> None:
    for size in (6, 8, 10, 12, 15):
        for share in CONSENT:
            draw = Random(size * 100 + share * 10)
            alone, eight, pooled = (_share(draw, size, share, **how) for how in ({}, {"floor": 8}, {"in_pools": True}))
            report(f"{size} parents, {share:.0%} consent", alone, f"a floor of eight: {eight}; in pools: {pooled}")


def _share(draw: Random, size: int, share: float, floor: int = 10, in_pools: bool = False) -> str:
    """“49 %, 30 %”: of the groups those that were shown a panel at least once; of their windows those that had one."""
    groups = windows = 0
    for _town in range(TOWNS):
        people = [[_somebody(draw) for _one in range(size) if draw.random() < share] for _group in range(TOWN)]
        seen = _seen(draw, people, share, floor, in_pools)
        groups, windows = groups + len(set(seen)), windows + len(seen)
    whole = TOWNS * TOWN
    return f"{groups / whole:.0%}, {windows / whole / WINDOWS:.0%}"


def _somebody(draw: Random) -> UUID:
    return UUID(int=draw.getrandbits(128))


def _seen(draw: Random, groups: list[list[UUID]], share: float, floor: int, in_pools: bool) -> list[int]:
    """The groups, by their place, once for each window in which they were shown a panel. Each has its facilitator."""
    ids = [UUID(int=place + 1) for place in range(len(groups))]
    small = [
        pools.Small(ids[place], ids[place], sum(draw.random() < POOLED for _one in people))
        for place, people in enumerate(groups)
        if len(people) < floor
    ]
    together = [[one.group.int - 1 for one in pool] for pool in pools.form(small)] if in_pools else []
    units = together + [[place] for place in range(len(groups)) if not any(place in pool for pool in together)]
    remembered: dict[int, list[People]] = {}
    seen: list[int] = []
    for _window in range(WINDOWS):
        for number, unit in enumerate(units):
            may = {one: ids[place] for place in unit for one in groups[place]}
            one = Unit(
                UUID(int=number),
                floor,
                {Purpose.EXCHANGES: may},
                {Purpose.EXCHANGES: remembered.get(number, [])},
                {ids[place]: ids[place] for place in unit},
                len(unit) > 1,
            )
            choice = engine.who(one, Purpose.EXCHANGES)
            if choice.people:
                seen += unit
                remembered[number] = [choice.people, *remembered.get(number, [])][:RESTS]
        for people in groups:
            people[:] = [one for one in people if draw.random() > LEAVE]
            if draw.random() < JOIN * share:
                people.append(_somebody(draw))
    return seen
