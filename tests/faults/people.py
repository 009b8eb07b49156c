"""`python -m tests.faults.people NUMBER SEED`: fills the stand's database with people whose reminders come due.

So many rules, all of them for about ten o'clock (UTC) of one day; people in four zones, with one to three rules each,
with one device, two, a mailbox, all or none; some have paused, stopped, asked for less, or have just been here.
"""

import json
import os
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import django

TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZONES = ("Europe/London", "Europe/London", "Asia/Kathmandu", "Africa/Nairobi", "America/New_York")


def main(number: int, seed: int) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from attachment_app.lib.row_security import bypass

    call_command("migrate", verbosity=0)
    browser = json.loads((Path(os.environ["FAULTS"]) / "browser.json").read_text())
    with transaction.atomic(), bypass():
        fill(number, Random(seed), browser)


def fill(number: int, random: Random, browser: dict[str, str]) -> None:
    """`browser`: the keys that all devices share, and `url`, under which each has its own address."""
    from attachment_app.accounts.models import Person
    from attachment_app.delivery.models import Occurrence, PushSubscription, Standing
    from journal.models import Reminder

    people: list[Any] = []
    reminders: list[Any] = []
    while len(reminders) < number:
        who = Person(email=f"parent{len(people)}@example.org", password="!", time_zone=random.choice(ZONES))
        who.last_active_at = TEN - random.choice((HOUR, DAY, DAY, 3 * DAY, 12 * DAY, 31 * DAY))
        if random.random() < 0.05:
            who.last_active_at = TEN  # it holds their reminders back
        people.append(who)
        reminders += [_rule(who, random) for _number in range(random.choice((1, 1, 1, 2, 3)))]
    Person.objects.bulk_create(people, 2000)
    Standing.objects.bulk_create([_standing(who, random) for who in people], 2000)
    Reminder.objects.bulk_create(reminders[:number], 2000)
    devices = [
        _device(who, f"{index}-{device}", browser)
        for index, who in enumerate(people)
        for device in range(random.choice((0, 1, 1, 1, 2)))
    ]
    PushSubscription.objects.bulk_create(devices, 2000)
    Occurrence.objects.bulk_create([_other(who, random) for who in people if random.random() < 0.2], 2000)


def _rule(who: Any, random: Random) -> Any:
    from attachment_app.lib.recurrence import Rule, next_due
    from journal.models import Reminder

    zone = ZoneInfo(who.time_zone)
    at = (TEN + random.choice((0, 0, 5, -3)) * MINUTE).astimezone(zone).time()
    rule = Reminder(person=who, idea="gaze", at=at, made_at=TEN - DAY, client_key=uuid4(), zone=who.time_zone)
    rule.id = UUID(int=random.getrandbits(128), version=4)
    rule.next_date, rule.next_due_at = next_due(Rule(rule.days, at), zone, TEN - HOUR, None, rule.id.bytes)
    return rule


def _standing(who: Any, random: Random) -> Any:
    from attachment_app.delivery.models import Standing

    made = Standing(person=who, gentle_a_week=random.choice((1, 3, 3, 7)))
    if random.random() < 0.25:
        made.email_since = TEN - DAY
    if random.random() < 0.5:
        made.check_on_me_since = TEN - DAY
    if random.random() < 0.03:
        made.paused_until = TEN + random.choice((HOUR, 5 * DAY))
    if random.random() < 0.03:
        made.stopped_at = TEN - HOUR
    if random.random() < 0.1:
        made.quiet_from, made.quiet_until = time(10, 5), time(16)
    return made


def _device(who: Any, name: str, browser: dict[str, str]) -> Any:
    from attachment_app.delivery.models import PushSubscription

    keys = {"p256dh": browser["p256dh"], "auth": browser["auth"]}
    endpoint = f"{browser['url']}{name}"
    return PushSubscription(person=who, endpoint=endpoint, made_at=TEN - DAY, checked_at=TEN - DAY, **keys)


def _other(who: Any, random: Random) -> Any:
    """Something else that the site would say about then, so that what all messages share is counted, too."""
    from attachment_app.delivery.models import Occurrence

    due = TEN + random.randrange(-15, 15) * MINUTE
    return Occurrence(
        person=who,
        kind=random.choice(("check", "rest")),
        source=uuid4(),
        local_date=due.astimezone(ZoneInfo(who.time_zone)).date(),
        planned_at=TEN - HOUR,
        due_at=due,
        look_at=due,
        expires_at=due + HOUR,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
