"""Occurrences that are due: leased, decided and counted in one transaction; sent outside of it; marked.

A message is sent at most once. Whoever dies between the lease and the mark leaves it leased; when the lease runs out it
is *unknown*, and stays so. What surely did not leave (a push service that is down) goes back to wait, while its time
lasts. In every case its line in the inbox stands.
"""

import time
from datetime import datetime, timedelta

from django.db import connection

from .departing import finish
from .leasing import BATCH, lease

SPELL = 5  # seconds for which one ring goes on; the next rings after as many
BATCH_LASTS = 20  # seconds after which what is untried goes back: well within the lease

SWEEP = """
UPDATE delivery_occurrence SET state = 'unknown', lease_until = NULL,
    decisions = decisions || jsonb_build_array(jsonb_build_array(%s::text, 'unknown', 'cut_off'))
WHERE id IN (
    SELECT id FROM delivery_occurrence WHERE state = 'leased' AND lease_until < %s LIMIT %s FOR UPDATE SKIP LOCKED)
"""
COMING = "SELECT min(look_at) FROM delivery_occurrence WHERE state = '' AND look_at <= %s"


def send_due(now: datetime, spell: float = SPELL, batch: int = BATCH) -> int:
    """Send what is due at `now` (UTC) and what comes due during the spell; how many were looked at.

    The clock is read once, by the caller; from there on it runs by the machine's monotonic one.
    """
    began, looked = time.monotonic(), 0
    sweep(now)
    while True:
        at = now + timedelta(seconds=time.monotonic() - began)
        some, going = lease(at, batch)
        looked += some
        if going:
            finish(going, at, deadline=time.monotonic() + BATCH_LASTS)
        is_over = time.monotonic() - began >= spell
        if is_over or not (some or _wait(at, now + timedelta(seconds=spell))):
            break
    return looked


def _wait(at: datetime, end: datetime) -> bool:
    """Sleep until the next occurrence is due; False where none is due before `end`."""
    with connection.cursor() as cursor:
        cursor.execute(COMING, [end])
        (coming,) = cursor.fetchone()
    if coming is None or coming <= at:  # nothing, or what others hold just now
        return False
    time.sleep((coming - at).total_seconds())
    return True


def sweep(now: datetime) -> int:
    """Leases that ran out belong to the dead: whether their messages left is not known. How many."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, [now.isoformat(), now, 1000])
        return int(cursor.rowcount)
