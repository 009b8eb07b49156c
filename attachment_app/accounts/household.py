"""The family whose pages a person sees now, with its children: one query a request."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest

from attachment_app.delivery import news

from .models import Child, Membership, Person


@dataclass
class Household:
    """`role` is the person's own in it; `others` are the ids of further families that they belong to."""

    family_id: UUID
    role: str
    children: list[Child]
    others: list[UUID] = field(default_factory=list)

    @property
    def may_log(self) -> bool:
        return self.role in (Membership.Role.PARENT, Membership.Role.CARER_LOGS)

    @property
    def is_parent(self) -> bool:
        return self.role == Membership.Role.PARENT

    @cached_property
    def loggable(self) -> list[Child]:
        """Children for whom this person may log now, the eldest first."""
        return [child for child in self.children if child.is_with_us] if self.may_log else []

    @property
    def spoken_of(self) -> list[Child]:
        return [child for child in self.children if child.is_spoken_of]

    @property
    def put_away(self) -> list[UUID]:
        """Children whose entries the family has put away."""
        return [child.pk for child in self.children if child.entries_hidden_at]


def household(request: HttpRequest) -> Household | None:
    """The family that the person looks at (else the one they joined first); None for somebody without one.

    Asked again in the same request it costs nothing.
    """
    if not request.user.is_authenticated:
        return None
    if not hasattr(request, "_household"):
        request._household = _found(request, request.user)  # type: ignore[attr-defined]
    found: Household | None = request._household  # type: ignore[attr-defined]
    return found


def _found(request: HttpRequest, person: Person) -> Household | None:
    names = [column.attname for column in Child._meta.concrete_fields]
    columns = [f"family__children__{column.name}" for column in Child._meta.concrete_fields]
    # Not “visible_to”: the person's own memberships are what visibility is made of.
    about = news.about("person_id")
    mine = Membership.objects.of(person).order_by("started_at", "family__created_at").annotate(**about)
    found = list(mine.values_list(*about, "family_id", "role", *columns))
    if not found:
        return None
    news.remember(request, found[0][: len(about)])
    rows = [row[len(about) :] for row in found]
    families = dict.fromkeys(family for family, *_rest in rows)
    shown = next((family for family in families if family == person.looks_at_id), next(iter(families)))
    children = [Child.from_db("default", names, values) for family, _role, *values in rows if family == shown]
    return Household(
        family_id=shown,
        role=next(role for family, role, *_values in rows if family == shown),
        children=sorted((child for child in children if child.pk), key=lambda child: child.by_age),
        others=[family for family in families if family != shown],
    )
