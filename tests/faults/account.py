"""What must be true of the rows and of what arrived, whatever happened in between. `wrong` names what is not."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from tests.delivery.rules import Spoken, broken
from tests.faults.stand import Stand

LINK = re.compile(rb"/inbox/link/([\w-]{43})/")
ROWS = """
SELECT o.id, o.person_id, o.kind, o.source, o.local_date, o.text, o.due_at, o.expires_at, o.state, o.reason,
    o.decided_at, o.decisions, o.channels, o.token_hash, p.time_zone, p.last_active_at, s.quiet_from, s.quiet_until,
    s.gentle_a_week, s.stopped_at IS NOT NULL AS is_stopped, s.check_on_me_since IS NOT NULL AS is_asked, s.paused_until
FROM delivery_occurrence o JOIN accounts_person p ON p.id = o.person_id
    JOIN delivery_standing s ON s.person_id = o.person_id
"""
RULES = """
SELECT r.id, r.next_date FROM journal_reminder r JOIN delivery_standing s ON s.person_id = r.person_id
WHERE s.stopped_at IS NULL AND s.closed_at IS NULL AND s.pace <> 'stopped'
"""


class Row(NamedTuple):
    id: Any
    person: Any
    kind: str
    source: Any
    local_date: date
    text: str
    due_at: datetime
    expires_at: datetime
    state: str
    reason: str
    decided_at: datetime | None
    decisions: list[Any]
    channels: dict[str, str]
    token_hash: bytes | None
    zone: str
    active_at: datetime
    quiet_from: Any
    quiet_until: Any
    a_week: int
    is_stopped: bool
    is_asked: bool
    paused_until: datetime | None

    @property
    def was_said(self) -> bool:
        return self.state in ("sent", "unknown")

    def spoken(self) -> Spoken:
        assert self.decided_at
        return Spoken(
            kind=self.kind,
            at=self.decided_at,
            due_at=self.due_at,
            expires_at=self.expires_at,
            zone=self.zone,
            text=self.text,
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            gentle_a_week=self.a_week,
            active_at=self.active_at,
            is_stopped=self.is_stopped,
            is_asked=self.is_asked,
            paused_until=self.paused_until,
        )


def wrong(stand: Stand, dates: list[date]) -> list[str]:
    """`dates`: for each of which every rule must have been planned once."""
    rows = [Row._make(row) for row in stand.rows(ROWS)]
    return [*_unfinished(rows), *_lost(stand, rows, dates), *_arrivals(stand, rows), *_rules(rows)]


def _unfinished(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        if row.state in ("", "leased"):
            yield f"left for ever: {row.state or 'waiting'} {row.decisions}"
        if row.state == "dropped" and not row.reason:
            yield "dropped without a reason"
        if row.decisions and row.state != "unknown" and row.decisions[-1][2] != row.reason:
            yield f"the last decision is not the reason: {row.decisions} {row.reason}"


def _lost(stand: Stand, rows: list[Row], dates: list[date]) -> Iterator[str]:
    planned: dict[Any, list[date]] = defaultdict(list)
    for row in rows:
        planned[row.source].append(row.local_date)
    for rule, next_date in stand.rows(RULES):
        if sorted(planned[rule]) != dates:
            yield f"planned for {planned[rule]}, next {next_date}"
        if next_date <= dates[-1]:
            yield f"a rule fell asleep at {next_date}"


def _arrivals(stand: Stand, rows: list[Row]) -> Iterator[str]:
    """Once a device and mailbox; nothing that was not decided to go; nothing after its window."""
    by_token = {bytes(row.token_hash): row for row in rows if row.token_hash}
    times: Counter[tuple[Any, str]] = Counter()
    came: set[tuple[Any, str]] = set()
    for one in stand.there.arrived():
        body = stand.browser.read(one.body) if one.what == "push" else one.body.replace(b"=\r\n", b"")
        found = LINK.search(body)
        row = by_token.get(hashlib.sha256(found[1]).digest()) if found else None
        if row is None:
            yield f"a {one.what} of which no row knows"
            continue
        times[row.id, one.to] += 1
        came.add((row.id, {"push": "push", "mail": "email"}[one.what]))
        if not row.was_said:
            yield f"{row.state or 'waiting'}, and it came: {row.decisions} {row.channels}"
        if (late := (_clock(stand, row, one.at) - row.expires_at).total_seconds()) > 0:
            yield f"it came {late:.1f} s after its window"
    for (_row, to), count in times.items():
        if count > 1:
            yield f"{count} times to {to}"
    for row in rows:
        for channel, how in row.channels.items():
            if how == "sent" and (row.id, channel) not in came:
                yield f"sent by {channel}, and nothing came"


def _clock(stand: Stand, row: Row, at: float) -> datetime:
    """What the clock that decided showed when the message came. It may have been set meanwhile: a task reads it once,
    and goes by that for some seconds."""
    assert row.decided_at
    ends = [since + 30 for since, _ahead in stand.clocks[1:]]
    for (since, ahead), end in zip(stand.clocks, [*ends, at], strict=True):
        if since - 1 <= row.decided_at.timestamp() - ahead <= end:
            return datetime.fromtimestamp(at + ahead, UTC)
    raise AssertionError(f"decided at {row.decided_at}, which no clock showed")


def _rules(rows: list[Row]) -> Iterator[str]:
    told: dict[Any, list[Spoken]] = defaultdict(list)
    for row in rows:
        if row.was_said:
            told[row.person].append(row.spoken())
    for spoken in told.values():
        yield from broken(spoken)


def in_words(stand: Stand) -> str:
    """What became of it all, on one line."""
    states = json.dumps(stand.tally(), sort_keys=True)
    reasons = dict(
        stand.rows("SELECT reason, count(*) FROM delivery_occurrence WHERE state = 'dropped' GROUP BY reason")
    )
    return f"{states} dropped: {json.dumps(reasons, sort_keys=True)} arrived: {stand.there.count()}"
