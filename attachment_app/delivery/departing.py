"""Sending what was leased, outside of any transaction, and marking how it ended."""

import json
import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from attachment_app.lib import batches

from . import letters, notes, push
from .leasing import Going
from .models import Occurrence, Standing
from .models import State as Stands
from .models.standing import LockScreen
from .parcels import Left
from .voices import Said, voice_of

log = logging.getLogger(__name__)
TRY_AGAIN = timedelta(minutes=5)
# What is said of a channel with several devices: the best that is known.
ORDER = (Left.SENT, Left.PERHAPS, Left.LATER, Left.REFUSED, Left.GONE)

ENDED = """
UPDATE delivery_occurrence o
SET state = m.state, channels = m.channels::jsonb, look_at = m.look_at, lease_until = NULL,
    decisions = o.decisions || m.decision::jsonb
FROM unnest(%b::uuid[], %b::text[], %b::text[], %b::timestamptz[], %b::text[])
    AS m (id, state, channels, look_at, decision)
WHERE o.id = m.id AND o.state = 'leased' AND o.lease_until = %s
"""


def finish(going: Sequence[Going], now: datetime, deadline: float) -> None:
    """Send what was leased (outside of any transaction) and mark how it ended. `deadline`: time.monotonic()."""
    words = _words(going)
    _push(going, words, now, deadline)
    _mail(going, words, deadline)
    _mark(going, now)


def _words(going: Sequence[Going]) -> dict[UUID, Said]:
    """The words of each message that says any; those who allow it, their own too."""
    by_kind: dict[tuple[str, bool], list[Occurrence]] = defaultdict(list)
    for one in going:
        if one.email or one.standing.lock_screen != LockScreen.NEUTRAL:
            by_kind[one.occurrence.kind, one.standing.lock_screen == LockScreen.OWN].append(one.occurrence)
    said: dict[UUID, Said] = {}
    for (kind, own), occurrences in by_kind.items():
        try:
            said |= voice_of(kind).say(occurrences, own_words=own)
        except Exception:  # whatever is wrong with one kind's words, the others are leased and waiting to leave
            log.exception("no words for %s messages of kind %s", len(occurrences), kind)
    return said


def _push(going: Sequence[Going], words: dict[UUID, Said], now: datetime, deadline: float) -> None:
    parcels, whose = [], []
    for one in going:
        if one.subscriptions:
            payload = notes.payload(one.occurrence, one.token, words.get(one.occurrence.pk), one.standing.lock_screen)
            ttl = max(0, int((one.occurrence.expires_at - now).total_seconds()))
            for subscription in one.subscriptions:
                parcels.append(push.Parcel.to(subscription, payload, topic=one.occurrence.kind, ttl=ttl))
                whose.append((one, subscription))
    gone = []
    for (one, subscription), left in zip(whose, push.send(parcels, deadline) if parcels else [], strict=True):
        one.channels["push"] = _better(one.channels.get("push"), left)
        if left == Left.GONE:
            gone.append(subscription)
    if gone:
        push.forget_gone(gone)


def _mail(going: Sequence[Going], words: dict[UUID, Said], deadline: float) -> None:
    mailed = [one for one in going if one.email and one.occurrence.pk in words]
    for one in going:
        if one.email and one.occurrence.pk not in words:
            one.channels["email"] = Left.REFUSED  # without words there is no letter; its line in the inbox stands
    if mailed:
        post = [letters.Letter.of(one.occurrence, one.email, one.token, words[one.occurrence.pk]) for one in mailed]
        for one, left in zip(mailed, letters.send(post, deadline), strict=True):
            one.channels["email"] = left
        gone = [one.standing.person_id for one in mailed if one.channels["email"] == Left.GONE]
        if gone:  # there is no such mailbox: the settings say that mail is off, until they turn it on again
            Standing.objects.filter(person_id__in=gone).update(email_since=None)


def _better(before: str | None, left: Left) -> str:
    return min(Left(before), left, key=ORDER.index) if before else left


def _mark(going: Sequence[Going], now: datetime) -> None:
    """How each ended. The line in the inbox stands whatever the channels said, so nothing here is a failure of it."""
    rows = []
    for one in going:
        state = _ended(one, now)
        is_back = state == Stands.WAITING
        look_at = now + TRY_AGAIN if is_back else one.occurrence.look_at
        decision = json.dumps([[now.isoformat(), "hold", "channel"]] if is_back else [])
        rows.append((one.occurrence.pk, state.value, json.dumps(one.channels), look_at, decision))
    columns = [list(column) for column in zip(*rows, strict=True)]
    batches.run(ENDED, [*columns, going[0].occurrence.lease_until])  # one batch, one lease


def _ended(one: Going, now: datetime) -> Stands:
    """Sent where any channel took it; unknown where one may have; back to wait where none did and another try may."""
    ends = set(one.channels.values())
    if Left.SENT in ends:
        return Stands.SENT
    if Left.PERHAPS in ends:
        return Stands.UNKNOWN
    is_time_left = now + TRY_AGAIN <= one.occurrence.expires_at
    return Stands.WAITING if Left.LATER in ends and is_time_left else Stands.SENT
