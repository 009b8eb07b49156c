"""What a parent's log says about a span of days, as yes or no: the one door through which groups read the journal.

Every function takes people and a span (from inclusive, to exclusive, UTC) and gives for each person the measures that
hold for them: never how often, when, for which child, or a word that somebody wrote. Whoever calls decides nothing by
asking: the rows are those that the database shows the role of this transaction. `aggregator` sees those of people who
share them, a parent their own.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from attachment_app.accounts.models.data_key import open_all
from journal.models import EXCHANGES, Break, Kind, OwnState, Result

Measures = dict[UUID, frozenset[str]]
AT_A_TIME = 1000  # states that are opened at once

# The exchanges of the people by their index, and the tries of each soothing by its own: whatever the tables' size.
PRACTICE = """
WITH mine AS MATERIALIZED (
    SELECT id, author_id, kind, occasion, connection FROM journal_exchange
    WHERE author_id = ANY (%(people)s) AND started_at >= %(start)s AND started_at < %(end)s
      AND removed_at IS NULL AND kind = ANY (%(kinds)s)
), tried AS MATERIALIZED (
    SELECT m.author_id, told.* FROM mine m CROSS JOIN LATERAL (
        SELECT count(*) AS tries, array_agg(s.response) AS responses,
               (array_agg(s.result ORDER BY s.position DESC) FILTER (WHERE s.result <> ''))[1] AS outcome
        FROM journal_step s
        WHERE s.exchange_id = m.id AND s.author_id = m.author_id AND (s.result <> '' OR s.response <> '')
    ) told
    WHERE m.kind = %(soothing)s AND told.tries > 0
)
SELECT author_id, 'kind:' || kind FROM mine GROUP BY 1, kind
UNION ALL SELECT author_id, 'occasion:' || occasion FROM mine WHERE occasion <> '' GROUP BY 1, occasion
UNION ALL SELECT author_id, 'connection:' || one FROM mine, unnest(connection) one GROUP BY 1, one
UNION ALL SELECT author_id, 'response:' || one FROM tried, unnest(responses) one WHERE one <> '' GROUP BY 1, one
UNION ALL SELECT author_id, 'second_idea' FROM tried WHERE tries >= 2 GROUP BY 1
UNION ALL SELECT author_id, 'found_together' FROM tried WHERE tries >= 2 AND outcome = %(settled)s GROUP BY 1
"""


def practice(people: Collection[UUID], start: datetime, end: datetime) -> Measures:
    """Kinds, occasions, kinds of connection and responses that a person logged themselves, and how a soothing went.

    `kind:…`, `occasion:…`, `connection:…`, `response:…` with the values of journal.vocabulary; `second_idea` where
    some exchange of theirs had two tries or more, `found_together` where such a one ended settled.
    """
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"people": [*people], "start": start, "end": end}
        cursor.execute(PRACTICE, asked | {"kinds": [*EXCHANGES], "soothing": Kind.SOOTHING, "settled": Result.SETTLED})
        return _by_person(cursor.fetchall())


def own(people: Collection[UUID], start: datetime, end: datetime) -> Measures:
    """How they were and whether they took a break: `state:…` (a Feeling) and `break`.

    States are sealed; a value that no key opens counts as not said.
    """
    breaks = Break.objects.filter(person__in=people, taken_at__gte=start, taken_at__lt=end)
    taken = [(person, "break") for person in breaks.order_by().values_list("person_id", flat=True).distinct()]
    return _by_person([*_states(people, start, end), *taken])


def _states(people: Collection[UUID], start: datetime, end: datetime) -> Iterator[tuple[UUID, str]]:
    """A few opened at a time: what they say is kept no longer than it takes to see it."""
    said = OwnState.objects.filter(person__in=people, at__gte=start, at__lt=end)
    ids = list(said.order_by().values_list("pk", flat=True))
    for first in range(0, len(ids), AT_A_TIME):
        rows = list(
            OwnState.objects.filter(pk__in=ids[first : first + AT_A_TIME]).only("person_id", "key_id", "sealed")
        )
        open_all(rows)
        yield from {(row.person_id, f"state:{row.text}") for row in rows if row.text}


def _by_person(pairs: Collection[tuple[UUID, str]]) -> Measures:
    found: dict[UUID, set[str]] = {}
    for person, measure in pairs:
        found.setdefault(person, set()).add(measure)
    return {person: frozenset(measures) for person, measures in found.items()}
