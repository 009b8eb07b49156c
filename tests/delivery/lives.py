"""Weeks of somebody's life in a moment: they log, sleep, travel, answer or do not; the site would like to speak.

`live(seed)` asks the deciding code about each message as the sender would, and keeps what was said and every reason.
"""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from attachment_app.delivery import decide as rules
from attachment_app.lib.times import instant
from tests.delivery.rules import Spoken

START = datetime(2026, 3, 1, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZONES = ("Europe/London", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo")
TEXTS = tuple(f"text-{number}" for number in range(9))  # few, so that variety has something to do
QUIET = ((time(21), time(8)), (time(13), time(15)), (time(0), time(6)), (time(9), time(9)), (time(22, 30), time(9)))


@dataclass
class Person:
    """How things stand; what the tables hold in the site."""

    zone: str
    a_week: int
    active_at: datetime = START
    quiet: tuple[time, time] = QUIET[0]
    timer_since: datetime | None = None
    is_stopped: bool = False
    is_closed: bool = False
    is_asked: bool = True
    is_child_spoken_of: bool = True
    paused_until: datetime | None = None
    woken_at: datetime | None = None
    pace: str = "usual"


@dataclass
class Life:
    random: Random
    days: int
    person: Person
    opens: float  # how likely a message is opened
    told: list[Spoken] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    _turns: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    _number: "count[int]" = field(default_factory=count)

    def at(self, when: datetime, what: Callable[[datetime], None]) -> None:
        heapq.heappush(self._turns, (when, next(self._number), what))

    def run(self) -> "Life":
        while self._turns:
            when, _number, what = heapq.heappop(self._turns)
            what(when)
        return self

    # -- what the site would say ---------------------------------------------------------------------------------
    def due(self, kind: str, due_at: datetime, lasts: timedelta) -> None:
        """Decided when a worker gets to it: mostly at once, sometimes after an hour or more."""
        late = self.random.random() ** 12 * 90 * MINUTE
        self.at(due_at + late, lambda now: self._decide(kind, due_at, due_at + lasts, now))

    def _decide(self, kind: str, due_at: datetime, expires_at: datetime, now: datetime) -> None:
        person, state = self.person, self._state(kind, due_at, expires_at, now)
        decision = rules.decide(state, now)
        self.reasons[decision.reason.value] += 1
        if decision.pace:
            person.pace = decision.pace
        if decision.verdict == rules.Verdict.HOLD:
            assert decision.until is not None
            assert now < decision.until <= expires_at, decision
            later = decision.until + self.random.random() * MINUTE
            self.at(later, lambda now: self._decide(kind, due_at, expires_at, now))
        if decision.verdict == rules.Verdict.SEND:
            person.is_closed = person.is_closed or decision.closes
            self._say(kind, due_at, expires_at, decision.text, now)

    def _state(self, kind: str, due_at: datetime, expires_at: datetime, now: datetime) -> rules.State:
        person = self.person
        kept = {True: rules.GENTLE_REMEMBERED, False: rules.REMEMBERED}
        past = [one for one in reversed(self.told) if now - one.at < kept[one.kind == "gentle"]]
        return rules.State(
            kind=kind,
            due_at=due_at,
            expires_at=expires_at,
            zone=ZoneInfo(person.zone),
            last_active_at=person.active_at,
            quiet_from=person.quiet[0],
            quiet_until=person.quiet[1],
            gentle_a_week=person.a_week,
            is_stopped=person.is_stopped,
            is_closed=person.is_closed,
            is_asked=person.is_asked,
            is_child_spoken_of=person.is_child_spoken_of,
            paused_until=person.paused_until,
            woken_at=person.woken_at,
            pace=person.pace,
            has_timer=person.timer_since is not None and now - person.timer_since < rules.TIMER_COUNTS_FOR,
            past=tuple(
                rules.Past(one.kind, one.at, one.text, one.answered_at is not None and one.answered_at <= now)
                for one in past
            ),
            texts=tuple(self.random.sample(TEXTS, len(TEXTS))) if kind == "gentle" else (),
        )

    def _say(self, kind: str, due_at: datetime, expires_at: datetime, text: str, now: datetime) -> None:
        person = self.person
        one = Spoken(
            kind=kind,
            at=now,
            due_at=due_at,
            expires_at=expires_at,
            zone=person.zone,
            text=text,
            quiet_from=person.quiet[0],
            quiet_until=person.quiet[1],
            gentle_a_week=person.a_week,
            active_at=person.active_at,
            timer_since=person.timer_since,
            is_stopped=person.is_stopped,
            is_asked=person.is_asked,
            is_child_spoken_of=person.is_child_spoken_of,
            paused_until=person.paused_until,
            woken_at=person.woken_at,
        )
        self.told.append(one)
        if self.random.random() < self.opens:
            self.at(now + self.random.random() ** 3 * 3 * DAY, lambda at: self._open(one, at))

    # -- what the parent does ------------------------------------------------------------------------------------
    def _open(self, one: Spoken, at: datetime) -> None:
        one.answered_at = self.person.active_at = at

    def act(self, at: datetime) -> None:
        self.person.active_at = at
        if self.random.random() < 0.3:
            self.person.timer_since = None if self.person.timer_since else at

    def change(self, at: datetime) -> None:
        """They change their mind about something."""
        person, choose = self.person, self.random.choice
        what = choose(["zone", "zone", "quiet", "week", "pause", "pause", "stop", "wake", "wake", "check", "child"])
        if what == "zone":
            person.zone = choose(ZONES)
        elif what == "quiet":
            person.quiet = choose(QUIET)
        elif what == "week":
            person.a_week = self.random.randint(1, 7)
        elif what == "pause":
            person.paused_until = at + 7 * DAY
        elif what == "stop":
            person.is_stopped = True
        elif what == "wake":
            person.is_stopped = person.is_closed = False
            person.woken_at, person.pace, person.paused_until = at, "usual", None
        elif what == "check":
            person.is_asked = not person.is_asked
        elif what == "child":
            person.is_child_spoken_of = not person.is_child_spoken_of
        if what in ("stop", "child") and self.random.random() < 0.8:  # … and mostly comes back to it
            self.at(at + 2 * DAY, self._undo)

    def _undo(self, at: datetime) -> None:
        person = self.person
        person.is_stopped = person.is_closed = False
        person.is_child_spoken_of, person.woken_at, person.pace = True, at, "usual"


def live(seed: int) -> Life:
    """Five to twelve weeks from one seed."""
    random = Random(seed)
    person = Person(random.choice(ZONES), random.choice((1, 2, 3, 3, 5, 7, 7)))
    life = Life(random, random.randint(35, 84), person, opens=random.choice((0, 0.2, 0.6, 0.95)))
    clocks = [time(random.randrange(24), random.randrange(60)) for _rule in range(random.randint(1, 4))]
    clocks.append(time(random.randint(9, 20), random.randrange(60)))
    away = (random.uniform(5, 30), random.uniform(8, 90)) if random.random() < 0.4 else (0, 0)  # from day, so many
    weekdays = [random.choice((0b1111111, 0b1111111, 0b0011111, 0b0000100)) for _clock in clocks]
    for day in range(life.days):
        for clock in (clock for clock, bits in zip(clocks, weekdays, strict=True) if bits >> day % 7 & 1):
            local = datetime.combine((START + day * DAY).date(), clock)
            life.due("gentle", instant(local, ZoneInfo(person.zone)), HOUR)
        ten = instant(datetime.combine((START + day * DAY).date(), time(10)), ZoneInfo(person.zone))
        life.due("rest", ten, 7 * HOUR)
        for kind, often, lasts in (("check", 3, HOUR), ("offer", 3, MINUTE), ("care", 1, MINUTE)):
            for _time in range(random.randint(0, often)):
                life.due(kind, START + (day + random.random()) * DAY, lasts)
        if not away[0] <= day < away[0] + away[1]:
            for _time in range(random.randint(0, 6)):
                life.at(START + (day + random.random()) * DAY, life.act)
            if random.random() < 0.1:
                life.at(START + (day + random.random()) * DAY, life.change)
    return life.run()
