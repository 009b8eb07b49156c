"""Taking what is due: one batch, one transaction, in which it is locked, decided, counted and written down."""

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from attachment_app.lib import batches

from .decide import Decision, Past, State, Verdict, decide
from .models import LEASE, Kind, Occurrence, PushSubscription, Standing
from .models import State as Stands
from .state import states_of

BATCH = 250
LEAVES = (Kind.GENTLE, Kind.CHECK)  # the others stay in the app
# From the decision until the last of a batch has left it takes so long at most (sender.BATCH_LASTS, and what is under
# way by then): a window closes so much earlier for the decision, so that nothing arrives after it.
LEAVING = timedelta(seconds=30)

# One after the other and not joined, so that the first walks its index whatever the statistics say.
LOCK = """
SELECT id, person_id FROM delivery_occurrence WHERE state = '' AND look_at <= %s
ORDER BY look_at LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
"""
LOCK_PEOPLE = """
SELECT person_id FROM delivery_standing WHERE person_id = ANY (%s) ORDER BY person_id FOR NO KEY UPDATE SKIP LOCKED
"""
MARK = """
UPDATE delivery_occurrence o
SET state = m.state, reason = m.reason, text = m.text, decided_at = %s, look_at = m.look_at,
    lease_until = CASE WHEN m.state = 'leased' THEN %s::timestamptz END, token_hash = nullif(m.token_hash, ''),
    decisions = o.decisions || m.decision::jsonb, channels = '{}'
FROM unnest(%b::uuid[], %b::text[], %b::text[], %b::text[], %b::timestamptz[], %b::bytea[], %b::text[])
    AS m (id, state, reason, text, look_at, token_hash, decision)
WHERE o.id = m.id
"""


@dataclass(slots=True)
class Going:
    """A message that was decided to go, with whatever its channels have to know."""

    occurrence: Occurrence
    standing: Standing
    email: str = ""
    subscriptions: list[PushSubscription] = field(default_factory=list)
    token: str = ""
    channels: dict[str, str] = field(default_factory=dict)

    @property
    def leaves(self) -> bool:
        return bool(self.email or self.subscriptions)


def lease(now: datetime, batch: int = BATCH) -> tuple[int, list[Going]]:
    """Decide one batch in one transaction, each person's one after the other; how many, and those that are to leave.

    The person's standing is locked with the occurrence, so that nobody else counts for the same person meanwhile.
    """
    with transaction.atomic():
        ids = _locked(now, batch)
        if not ids:
            return 0, []
        found = list(Occurrence.objects.filter(pk__in=ids).order_by("look_at", "id"))
        standings = Standing.objects.in_bulk({one.person_id for one in found})
        decided = _decide_all(found, standings, now)
        going = _channels(found, decided, standings)
        _write(found, decided, {one.occurrence.pk: one for one in going}, now)
        _slow_down(decided, found, standings, now)
    return len(found), [one for one in going if one.leaves]


def _locked(now: datetime, batch: int) -> list[UUID]:
    """What is due and held now, with its people's standing; those of a person whom another holds wait."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [now, batch])
        due = cursor.fetchall()
        cursor.execute(LOCK_PEOPLE, [list({person for _pk, person in due})])
        held = {person for (person,) in cursor.fetchall()}
    return [pk for pk, person in due if person in held]


def _decide_all(found: Sequence[Occurrence], standings: dict[UUID, Standing], now: datetime) -> dict[UUID, Decision]:
    states, decided, fresh = states_of(found, standings, now), {}, defaultdict[UUID, list[tuple[Past, Decision]]](list)
    for one in found:
        state = _after(_in_time(states[one.pk]), fresh[one.person_id])
        decision = decided[one.pk] = decide(state, now)
        if decision.verdict == Verdict.SEND:
            fresh[one.person_id].append((Past(state.kind, now, decision.text), decision))
    return decided


def _in_time(state: State) -> State:
    return replace(state, expires_at=state.expires_at - LEAVING) if state.kind in LEAVES else state


def _after(state: State, fresh: list[tuple[Past, Decision]]) -> State:
    """The state once others of the same batch have been decided for the same person."""
    for past, decision in fresh:
        state = replace(
            state,
            past=(past, *state.past),
            pace=decision.pace or state.pace,
            is_closed=state.is_closed or decision.closes,
        )
    return state


def _channels(
    found: Sequence[Occurrence], decided: dict[UUID, Decision], standings: dict[UUID, Standing]
) -> list[Going]:
    """Those that go, with the addresses of their people; a token for each that leaves the app."""
    going = [Going(one, standings[one.person_id]) for one in found if decided[one.pk].verdict == Verdict.SEND]
    leaving = [one for one in going if one.occurrence.kind in LEAVES]
    mailed = {one.standing.person_id for one in leaving if one.standing.email_since}
    emails = get_user_model().objects.filter(pk__in=mailed).values_list("pk", "email")
    subscriptions = defaultdict(list)
    for subscription in PushSubscription.objects.filter(person_id__in=[one.standing.person_id for one in leaving]):
        subscriptions[subscription.person_id].append(subscription)
    by_email = dict(emails)
    for one in leaving:
        one.email = by_email.get(one.standing.person_id, "") if one.occurrence.kind == Kind.GENTLE else ""
        one.subscriptions = subscriptions[one.standing.person_id]
        if one.leaves:
            one.token = secrets.token_urlsafe(32)
    return going


def token_hash(token: str) -> bytes:
    """How a link's token stands in the database."""
    return hashlib.sha256(token.encode()).digest()


def _write(found: Sequence[Occurrence], decided: dict[UUID, Decision], going: dict[UUID, Going], now: datetime) -> None:
    rows, until = [], now + LEASE
    for one in found:
        decision, mine = decided[one.pk], going.get(one.pk)
        leaves = mine is not None and mine.leaves
        one.state = _state_after(decision, leaves).value
        one.text = (decision.text or one.text) if decision.verdict == Verdict.SEND else one.text
        one.decided_at, one.lease_until = now, until if leaves else None
        rows.append(
            (
                one.pk,
                one.state,
                decision.reason.value,
                one.text,
                decision.until or one.look_at,
                token_hash(mine.token) if mine and mine.token else b"",
                json.dumps([[now.isoformat(), decision.verdict, decision.reason]]),
            )
        )
    batches.run(MARK, [now, until, *[list(column) for column in zip(*rows, strict=True)]])


def _state_after(decision: Decision, leaves: bool) -> Stands:
    if decision.verdict == Verdict.SEND:
        return Stands.LEASED if leaves else Stands.SENT
    return Stands.WAITING if decision.verdict == Verdict.HOLD else Stands.DROPPED


def _slow_down(
    decided: dict[UUID, Decision], found: Iterable[Occurrence], standings: dict[UUID, Standing], now: datetime
) -> None:
    """What the decisions change for the person: a slower pace, or the silence after the last note."""
    for one in found:
        decision, standing = decided[one.pk], standings[one.person_id]
        if decision.pace and decision.pace != standing.pace:
            standing.pace, standing.pace_since = decision.pace, now
            standing.save(update_fields=["pace", "pace_since"])
        if decision.closes and standing.closed_at is None:
            standing.closed_at = now
            standing.save(update_fields=["closed_at"])
