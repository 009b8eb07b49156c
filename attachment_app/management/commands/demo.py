"""Realistic families to look at, the same ones for the same seed, and how to sign in as them."""

from argparse import ArgumentParser
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from attachment_app.accounts.models import Child, Consent, Family, Membership, Person
from attachment_app.accounts.models.child import ChildState
from attachment_app.groups import demo as groups
from attachment_app.lib.row_security import bypass
from journal import demo

PASSWORD = "to-and-fro-demo"
PARENTS = ["Ana", "Noor", "Mei", "Tomasz", "Ife", "Clara", "Sam", "Rosa", "Jonas", "Priya"]
PARTNERS = ["Ben", "Lea", "Kofi", "Maja", "Ali", "Fionn", "Uma", "Luca"]
GUESTS = 12  # of the parenting group
BABIES = ["Pip", "Bean", "Mo", "Juniper", "Kit", "Sol", "Wren", "Otis", "Lark", "Tiny"]


class Command(BaseCommand):
    help = (
        "Makes families with days of exchanges, and a parenting group. "
        "For trying the site out: never on one that real parents use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--families", type=int, default=3)
        parser.add_argument("--days", type=int, default=14)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, families: int, days: int, seed: int, **options: Any) -> None:
        if families < 1 or days < 1:
            raise CommandError("Give at least one family and one day.")
        now, made = timezone.now(), 0
        for number in range(1, families + 1):
            # A generator a family: family 2 of seed 1 is the same whether 3 or 300 were asked for.
            made += self._family(number, days, Random(f"{seed}/{number}"), seed, now)
        self.stdout.write(f"{made} exchanges made. Sign in with the password “{PASSWORD}” as:")
        for person in Person.objects.filter(email__endswith=f"@seed{seed}.example").order_by("joined_at")[:12]:
            self.stdout.write(f"  {person.email}  ({person.name})")
        leads = self._group(Random(f"{seed}/group"), seed, now)
        self.stdout.write(f"A group of {GUESTS} parents with two fortnights that were released is led by:\n  {leads}")

    def _family(self, number: int, days: int, rng: Random, seed: int, now: datetime) -> int:
        """One family, unless it is there already; how many exchanges were made."""
        names = [rng.choice(PARENTS), rng.choice(PARTNERS)][: rng.choice([1, 2, 2])]
        emails = [f"{name.lower()}{number}@seed{seed}.example" for name in names]
        if Person.objects.filter(email=emails[0]).exists():
            return 0
        with bypass():
            people = [self._person(email, name, now) for email, name in zip(emails, names, strict=True)]
            family = Family.objects.start(people[0], at=now)
            for partner in people[1:]:
                Membership.objects.create(family=family, person=partner, role=Membership.Role.PARENT, started_at=now)
            child = Child.objects.create(
                family=family,
                nickname=rng.choice(BABIES),
                birth_month=_month(now.date(), back=days + rng.randint(20, 200)),
                state=ChildState.WITH_US,
                state_since=now,
                client_key=family.pk,
            )
            # Up to this hour, so that a second run within it makes the very same log.
            last = now.replace(minute=0, second=0, microsecond=0)
            exchanges, steps = demo.log(child, people, last, days, people[0].zone, rng)
            demo.save(exchanges)
            demo.save(steps)
            for person in people:
                demo.reminders(person, child, now, rng)
        return len(exchanges)

    def _group(self, rng: Random, seed: int, now: datetime) -> str:
        """A parenting group, unless it is there already; the address of whoever leads it."""
        leads = f"faye@group.seed{seed}.example"
        if Person.objects.filter(email=leads).exists():
            return leads
        names = rng.sample(PARENTS + PARTNERS, GUESTS + 1)
        with bypass():
            faye = self._person(leads, "Faye", now)
            *parents, asks = [self._person(f"{name.lower()}@group.seed{seed}.example", name, now) for name in names]
            for parent in parents:
                self._log_a_little(parent, rng, now)
        groups.meet(faye, parents, asks, now, rng)
        return leads

    def _log_a_little(self, parent: Person, rng: Random, now: datetime) -> None:
        """A few exchanges in each fortnight, so that not everybody did everything."""
        family = Family.objects.start(parent, at=now)
        child = Child.objects.create(
            family=family,
            nickname=rng.choice(BABIES),
            birth_month=_month(now.date(), back=rng.randint(90, 300)),
            state=ChildState.WITH_US,
            state_since=now,
            client_key=family.pk,
        )
        for starts, ends in groups.windows(now):
            exchanges, steps = demo.log(child, [parent], ends, 12, parent.zone, rng)
            few = rng.sample(exchanges, rng.randint(1, 6))
            kept = {one.pk for one in few if starts <= one.started_at < ends}
            demo.save([one for one in few if one.pk in kept])
            demo.save([one for one in steps if one.exchange_id in kept])

    def _person(self, email: str, name: str, now: datetime) -> Person:
        person = Person.objects.create_user(email, PASSWORD, name=name)
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
        Consent.give(person, Consent.Purpose.JOURNAL, at=now)
        return person


def _month(today: date, back: int) -> date:
    return (today - timedelta(days=back)).replace(day=1)
