"""A made-up log that reads like a real one: feeds every few hours, crying that peaks and eases, play that grows.

Every number is drawn from the given generator, so the same seed makes the same days. The shapes follow what is known:
crying grows from two weeks and eases by three to five months (Wolke, Bilgin & Samara 2017), some bouts resist
everything, and about every second soothing takes more than one guess.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

from attachment_app.accounts.models import Child, Person
from attachment_app.delivery.models import Kind as Sends
from attachment_app.delivery.models import Occurrence, Standing, State
from attachment_app.lib.ages import months
from attachment_app.lib.times import day_start, instant

from . import ideas, rules
from .models import Exchange, Kind, Reminder, Result, Step, When
from .vocabulary import TODDLING, TODDLING_FROM, Connection, Cue, Guess, Method, Occasion, PlayKind, Response, Side


def log(
    child: Child, authors: list[Person], last: datetime, count: int, zone: ZoneInfo, rng: Random
) -> tuple[list[Exchange], list[Step]]:
    """`count` days of exchanges up to the instant `last`, with the steps of each soothing; nothing is saved."""
    exchanges: list[Exchange] = []
    steps: list[Step] = []
    first = last.astimezone(zone).date() - timedelta(days=count - 1)
    for index in range(count):
        dawn = day_start(first + timedelta(days=index), zone)
        for kind, at in _moments(rng, dawn):
            exchange = _exchange(child, rng.choices(authors, weights=range(len(authors) + 1, 1, -1))[0], kind, at, rng)
            if exchange.started_at >= last or (exchange.ended_at and exchange.ended_at >= last):
                continue
            exchanges.append(exchange)
            if kind == Kind.SOOTHING:
                steps += _steps(exchange, rng)
    return exchanges, steps


def save(rows: Sequence[Model]) -> None:
    """Store made-up rows of one model, many thousands a second: copied into a table of the session's own first, since
    PostgreSQL copies into no table that has policies, and moved from there by one statement."""
    if not rows:
        return
    meta = type(rows[0])._meta
    names: dict[str, sql.Composable] = {"table": sql.Identifier(meta.db_table)}
    names["columns"] = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in meta.concrete_fields)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE TEMPORARY TABLE made_up (LIKE {table}) ON COMMIT DROP").format(**names))
        with cursor.copy(sql.SQL("COPY made_up ({columns}) FROM STDIN").format(**names)) as copy:
            for row in rows:
                copy.write_row(
                    [field.get_db_prep_save(getattr(row, field.attname), connection) for field in meta.fields]
                )
        cursor.execute(sql.SQL("INSERT INTO {table} ({columns}) SELECT {columns} FROM made_up").format(**names))
        cursor.execute("DROP TABLE made_up")


def reminders(person: Person, child: Child, now: datetime, rng: Random) -> None:
    """Two gentle reminders, and what came of the first in the last days: some opened, one new, one not sent.

    They are not offered any more. Nothing leaves the app, as for everybody who has turned nothing on.
    """
    mine = Standing.objects.of(person)
    Standing.objects.filter(pk=mine.pk).update(offered_at=now)
    for idea, days, at in (("bath", 0b0101010, time(17, 30)), ("warm-drink", 0b0010101, time(10))):
        rule = {"child": child, "idea": idea, "words": "", "days": days, "when": When.CLOCK, "at": at}
        made = rules.make(person, UUID(int=rng.getrandbits(128), version=4), {**rule, "reckoned_at": None}, now)
        _said(made, now, rng)


def _said(reminder: Reminder, now: datetime, rng: Random) -> None:
    zone, age = reminder.person.zone, ideas.months_of(reminder.child, now.date()) if reminder.child else None
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    days = [day for back in range(14) if (day := yesterday - timedelta(days=back)).weekday() in reminder.weekdays]
    ends = [("send", "due"), ("drop", "active"), ("send", "due")]
    for ahead, (day, (verdict, reason)) in enumerate(zip(days, ends, strict=False), start=1):
        at = instant(datetime.combine(day, reminder.at), zone) + timedelta(minutes=rng.randint(-20, 20))
        is_sent = verdict == "send"
        Occurrence.objects.create(
            person=reminder.person,
            kind=Sends.GENTLE,
            source=reminder.pk,
            local_date=day,
            about=reminder.child_id,
            text=ideas.texts_to_try(reminder.idea, age, ahead)[0] if is_sent else reminder.idea,
            planned_at=at,
            due_at=at,
            look_at=at,
            expires_at=at + timedelta(hours=1),
            state=State.SENT if is_sent else State.DROPPED,
            reason=reason,
            decided_at=at,
            decisions=[[at.isoformat(), verdict, reason]],
            seen_at=None if ahead == 1 else at + timedelta(hours=3) if is_sent else None,
        )


def _moments(rng: Random, dawn: datetime) -> Iterator[tuple[str, datetime]]:
    """When things happened on one day: most of the crying in the evening, play in daylight, feeds day and night."""
    at = rng.uniform(0.3, 2.2)
    while at < 24:
        yield Kind.FEEDING, dawn + timedelta(hours=at)
        at += rng.uniform(2.1, 3.9)
    for _ in range(rng.randint(2, 5)):
        yield Kind.SOOTHING, dawn + timedelta(hours=rng.choice([rng.uniform(17, 22.5), rng.uniform(0, 23)]))
    for _ in range(rng.randint(1, 4)):
        yield Kind.PLAY, dawn + timedelta(hours=rng.uniform(7.5, 18.5))


def _exchange(child: Child, author: Person, kind: str, at: datetime, rng: Random) -> Exchange:
    at = at.replace(second=0, microsecond=0)
    exchange = Exchange(
        id=_uuid7_at(at, rng),
        family_id=child.family_id,
        child=child,
        author=author,
        kind=kind,
        started_at=at,
        ended_at=at,
        created_at=at,
        client_key=UUID(int=rng.getrandbits(128), version=4),
        connection=_some(rng, Connection.values, 2),
    )
    if kind == Kind.FEEDING:
        exchange.method = rng.choice([Method.BREAST, Method.BREAST, Method.BOTTLE])
        exchange.ended_at = at + timedelta(minutes=rng.randint(8, 35))
        if exchange.method == Method.BREAST:
            exchange.side = rng.choice([Side.LEFT, Side.RIGHT])
        else:
            exchange.amount_ml = rng.randrange(60, 190, 10)
    elif kind == Kind.PLAY:
        exchange.play = _some(rng, _plays(child, at), 2)
        exchange.turns = rng.choice([0, rng.randint(2, 12)])
        exchange.occasion = rng.choice(["", "", Occasion.BATH, Occasion.NAPPY, Occasion.OUTDOORS])
        exchange.ended_at = at + timedelta(minutes=rng.randint(3, 20))
    else:
        exchange.cues = _some(rng, [cue for cue in Cue.values if cue != Cue.OTHER], 2)
    return exchange


def _steps(exchange: Exchange, rng: Random) -> list[Step]:
    """One to four tries; nine chains in ten end settled, the rest are stayed with."""
    count = rng.choices([1, 2, 3, 4], weights=[46, 33, 15, 6])[0]
    settles = rng.random() < 0.9
    at, steps = exchange.started_at, []
    for position in range(1, count + 1):
        ended = at + timedelta(minutes=rng.randint(2, 11))
        last = position == count
        result = Result.SETTLED if last and settles else rng.choice([Result.NOT_YET, Result.NOT_YET, Result.A_BIT])
        steps.append(
            Step(
                id=_uuid7_at(at, rng),
                family_id=exchange.family_id,
                exchange=exchange,
                author_id=exchange.author_id,
                position=position,
                guess=rng.choice(Guess.values),
                response=rng.choice(Response.values),
                result=result,
                started_at=at,
                ended_at=ended,
                client_key=UUID(int=rng.getrandbits(128), version=4),
            )
        )
        at = ended
    exchange.ended_at = at
    return steps


def _plays(child: Child, at: datetime) -> list[str]:
    """Kinds of play that fit the child's age at `at`."""
    if child.birth_month and months(child.birth_month, at.date()) < TODDLING_FROM:
        return [play for play in PlayKind.values if play not in TODDLING]
    return list(PlayKind.values)


def _some(rng: Random, values: list[str], most: int) -> list[str]:
    chosen = rng.sample(values, rng.randint(0, most))
    return [value for value in values if value in chosen]


def _uuid7_at(at: datetime, rng: Random) -> UUID:
    """A version 7 identifier of that millisecond, its random part from the seed."""
    value = int(at.timestamp() * 1000) << 80 | 0x7 << 76 | rng.getrandbits(12) << 64 | 0b10 << 62 | rng.getrandbits(62)
    return UUID(int=value)
