"""Whether a message that the site starts may go now: one pure function for all of them. Nothing here reads a clock.

The numbers are cautious defaults; HeartSteps, JOOL (2018), Drink Less (2023) and Bright by Text were their anchors.
What a person asked for themselves (a code, an export, a look-in of a break that they started) is no such message and
does not come here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from .models.occurrence import Kind
from .models.standing import Pace

LATE = timedelta(minutes=60)
SPACING = timedelta(hours=4)
RECEPTIVE_AFTER = timedelta(minutes=30)
TIMER_COUNTS_FOR = timedelta(hours=2)  # a timer that ran longer was forgotten, and tells nothing
LOOK_AGAIN = timedelta(minutes=10)  # while a timer runs
GENTLE_A_DAY = 1
ALL_A_DAY, ALL_A_WEEK = 2, 7
UNANSWERED_HALF, UNANSWERED_STOP = 3, 5
IDLE, GONE = timedelta(days=10), timedelta(days=30)
VARIETY = timedelta(days=14)
# How far back a State has to know what was said; of gentle ones, five at one in two weeks.
REMEMBERED, GENTLE_REMEMBERED = timedelta(days=15), timedelta(days=80)
CLOSING = "closing"  # the text of the one last note


class Verdict(StrEnum):
    SEND = "send"
    HOLD = "hold"
    DROP = "drop"


class Reason(StrEnum):
    """Each has its sentence in reasons.py."""

    DUE = "due"
    CLOSING = "closing"
    STOPPED = "stopped"
    NOT_ASKED = "not_asked"
    CHILD = "child"
    CLOSED = "closed"
    UNANSWERED = "unanswered"
    PAUSED = "paused"
    LATE = "late"
    QUIET = "quiet"
    DAY = "day"
    WEEK = "week"
    DAY_OF_ALL = "day_of_all"
    WEEK_OF_ALL = "week_of_all"
    HALF = "half"
    IDLE = "idle"
    KIND_LIMIT = "kind_limit"
    SPACING = "spacing"
    ACTIVE = "active"
    TIMER = "timer"
    VARIETY = "variety"


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for a kind. `apart` and `a_day` are its own limits; `capped` kinds keep those of all messages too."""

    asked: bool = False  # an opt-in of its own
    capped: bool = True
    quiet: bool = True
    receptive: bool = False
    gentle: bool = False
    pauses: bool = True
    a_day: int = 0
    apart: timedelta = timedelta(0)


RULES: dict[str, Rules] = {
    Kind.GENTLE: Rules(gentle=True, receptive=True),
    # On the page that the parent has before them, so no cap of messages and no quiet hour holds it back.
    Kind.OFFER: Rules(capped=False, quiet=False, pauses=False, a_day=2, apart=timedelta(hours=3)),
    Kind.CHECK: Rules(asked=True, a_day=1),
    Kind.REST: Rules(apart=timedelta(days=3)),
    Kind.CARE: Rules(capped=False, quiet=False, pauses=False, apart=timedelta(days=14)),
}


@dataclass(frozen=True, slots=True)
class Past:
    """A message that was sent, or perhaps was."""

    kind: str
    at: datetime
    text: str = ""
    is_answered: bool = False  # seen in the app, or answered


@dataclass(frozen=True, slots=True)
class State:
    """All that the rules go by. Instants are in UTC; quiet hours are wall-clock times in `zone`."""

    kind: str
    due_at: datetime
    expires_at: datetime
    zone: ZoneInfo
    last_active_at: datetime
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    gentle_a_week: int = 3
    is_stopped: bool = False
    is_closed: bool = False
    is_asked: bool = True
    is_child_spoken_of: bool = True
    paused_until: datetime | None = None
    woken_at: datetime | None = None  # when they last said “as before”: what they left unopened until then is forgotten
    pace: str = Pace.USUAL
    has_timer: bool = False  # of their own, running for less than TIMER_COUNTS_FOR
    past: tuple[Past, ...] = ()  # as far back as REMEMBERED says, the latest first
    texts: tuple[str, ...] = ()  # the site's texts that fit, in the order to try; none where the words are their own


@dataclass(frozen=True, slots=True)
class Decision:
    """`until`: when to look again (HOLD). `text`: which of the texts (SEND). `pace`, `closes`: what changes for the
    person from now on."""

    verdict: Verdict
    reason: Reason
    until: datetime | None = None
    text: str = ""
    pace: str = ""
    closes: bool = False


def decide(state: State, now: datetime) -> Decision:
    """Send it, hold it back until a later instant, or drop it; with the reason."""
    rules = RULES[state.kind]
    for refused in (_wishes, _times, _limits, _unanswered, _moment):
        for decision in refused(state, rules, now):
            return decision
    pace = _pace(state) if rules.gentle else ""
    if rules.gentle and now - state.last_active_at >= GONE:
        return Decision(Verdict.SEND, Reason.CLOSING, text=CLOSING, closes=True)
    text = _fresh_text(state, now)
    if state.texts and not text:
        return Decision(Verdict.DROP, Reason.VARIETY, pace=pace)
    return Decision(Verdict.SEND, Reason.DUE, text=text, pace=pace)


def is_quiet(at: datetime, zone: ZoneInfo, quiet_from: time, quiet_until: time) -> bool:
    """Whether an instant lies in quiet hours, which may cross midnight. The same time twice: there are none."""
    local = at.astimezone(zone).time()
    if quiet_from <= quiet_until:
        return quiet_from <= local < quiet_until
    return local >= quiet_from or local < quiet_until


def _drop(reason: Reason) -> Decision:
    return Decision(Verdict.DROP, reason)


def _hold(state: State, until: datetime, reason: Reason) -> Decision:
    """Hold it back, or drop it where it would be too late by then."""
    return Decision(Verdict.HOLD, reason, until=until) if until <= state.expires_at else _drop(reason)


def _wishes(state: State, rules: Rules, now: datetime) -> Iterator[Decision]:
    """What the parent said, and what happened to the child."""
    if state.is_stopped:
        yield _drop(Reason.STOPPED)
    if rules.asked and not state.is_asked:
        yield _drop(Reason.NOT_ASKED)
    if not state.is_child_spoken_of:
        yield _drop(Reason.CHILD)
    if rules.pauses and state.paused_until and now < state.paused_until:
        yield _drop(Reason.PAUSED)
    if rules.gentle and state.is_closed:
        yield _drop(Reason.CLOSED)
    if rules.gentle and state.pace == Pace.STOPPED:
        yield _drop(Reason.UNANSWERED)


def _times(state: State, rules: Rules, now: datetime) -> Iterator[Decision]:
    if now > state.expires_at:
        yield _drop(Reason.LATE)
    if rules.quiet and is_quiet(now, state.zone, state.quiet_from, state.quiet_until):
        yield _drop(Reason.QUIET)


def _limits(state: State, rules: Rules, now: datetime) -> Iterator[Decision]:
    """How much there was already. A week is today and the six days before, in the person's zone."""
    today = now.astimezone(state.zone).date()
    own = [one for one in state.past if one.kind == state.kind]
    if rules.a_day and _days(own, state.zone, today, 1) >= rules.a_day:
        yield _drop(Reason.KIND_LIMIT)
    if own and now - own[0].at < rules.apart:
        yield _drop(Reason.KIND_LIMIT)
    if rules.gentle:
        if _days(own, state.zone, today, 1) >= GENTLE_A_DAY:
            yield _drop(Reason.DAY)
        if _days(own, state.zone, today, 7) >= state.gentle_a_week:
            yield _drop(Reason.WEEK)
    if rules.capped:
        counted = [one for one in state.past if RULES[one.kind].capped]
        if _days(counted, state.zone, today, 1) >= ALL_A_DAY:
            yield _drop(Reason.DAY_OF_ALL)
        if _days(counted, state.zone, today, 7) >= ALL_A_WEEK:
            yield _drop(Reason.WEEK_OF_ALL)


def _unanswered(state: State, rules: Rules, now: datetime) -> Iterator[Decision]:
    """Messages that nobody opens, and somebody who is not here: less, then nothing."""
    if not rules.gentle:
        return
    away, today = now - state.last_active_at, now.astimezone(state.zone).date()
    gentle = [one for one in state.past if one.kind == Kind.GENTLE]
    if away >= GONE:
        return  # the one last note
    if _ignored(state) >= UNANSWERED_STOP:
        yield Decision(Verdict.DROP, Reason.UNANSWERED, pace=Pace.STOPPED)
    if _pace(state) == Pace.HALF and _days(gentle, state.zone, today, 14) >= state.gentle_a_week:
        yield Decision(Verdict.DROP, Reason.HALF, pace=Pace.HALF)
    if away >= IDLE and _days(gentle, state.zone, today, 7) >= 1:
        yield _drop(Reason.IDLE)


def _moment(state: State, rules: Rules, now: datetime) -> Iterator[Decision]:
    """Whether this is a moment at which a message would be welcome."""
    counted = [one for one in state.past if RULES[one.kind].capped]
    if rules.capped and counted and now - counted[0].at < SPACING:
        yield _hold(state, counted[0].at + SPACING, Reason.SPACING)
    if not rules.receptive:
        return
    if now - state.last_active_at < RECEPTIVE_AFTER:
        yield _hold(state, state.last_active_at + RECEPTIVE_AFTER, Reason.ACTIVE)
    if state.has_timer:
        yield _hold(state, now + LOOK_AGAIN, Reason.TIMER)


def _days(past: list[Past], zone: ZoneInfo, today: date, days: int) -> int:
    """How many there were on so many local days, today the last."""
    first = today - timedelta(days=days - 1)
    return sum(1 for one in past if one.at.astimezone(zone).date() >= first)


def _ignored(state: State) -> int:
    """How many of the latest gentle ones, in a row, were neither opened nor answered."""
    count = 0
    for one in state.past:
        if one.kind == Kind.GENTLE:
            if one.is_answered or (state.woken_at and one.at < state.woken_at):
                break
            count += 1
    return count


def _pace(state: State) -> str:
    """The pace from now on; it goes down here and never up."""
    return Pace.HALF if _ignored(state) >= UNANSWERED_HALF else state.pace


def _fresh_text(state: State, now: datetime) -> str:
    used = {one.text for one in state.past if now - one.at < VARIETY}
    return next((text for text in state.texts if text not in used), "")
