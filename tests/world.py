"""A small named world: Ana and Ben (parents), Gran (a carer who logs), Faye (a facilitator), Stan (a stranger)."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from attachment_app.accounts.models import Child, Family, Membership, Person
from attachment_app.accounts.models.child import ChildState

NOW = datetime(2026, 11, 24, 3, 12, tzinfo=UTC)
PASSWORD = "a long night and a kettle"


@cache
def _hashed() -> str:
    """Hashed once a run: five people a test at Argon2's honest price would take most of the suite's time."""
    return make_password(PASSWORD)


def person(name: str, **fields: Any) -> Person:
    """Somebody with a confirmed address, in London."""
    made = Person.objects.create(email=f"{name.lower()}@example.org", password=_hashed(), name=name, **fields)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def family(parent: Person, *more: tuple[Person, str]) -> Family:
    made = Family.objects.start(parent, at=NOW)
    for who, role in more:
        Membership.objects.create(family=made, person=who, role=role, started_at=NOW)
    return made


def child(of: Family, nickname: str = "Pip", **fields: Any) -> Child:
    fields.setdefault("birth_month", date(2026, 9, 1))
    fields.setdefault("state", ChildState.WITH_US)
    return Child.objects.create(family=of, nickname=nickname, state_since=NOW, client_key=uuid4(), **fields)


class World:
    """Ana's and Ben's family with Gran and Pip; Stan's own family with Kit; Faye belongs to none."""

    def __init__(self) -> None:
        self.ana, self.ben, self.gran, self.faye, self.stan = (
            person(name) for name in ("Ana", "Ben", "Gran", "Faye", "Stan")
        )
        role = Membership.Role
        self.family = family(self.ana, (self.ben, role.PARENT), (self.gran, role.CARER_LOGS))
        self.pip = child(self.family)
        self.other_family = family(self.stan)
        self.kit = child(self.other_family, "Kit")
