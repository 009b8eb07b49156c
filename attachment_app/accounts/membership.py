"""How a person's first family begins."""

from datetime import datetime

from django.db import transaction

from .models import Family, Person


def family_of(person: Person) -> Family | None:
    """The family that this person joined first; None before they have one."""
    return Family.objects.visible_to(person).order_by("memberships__started_at", "created_at").first()


def family_for(person: Person, at: datetime) -> Family:
    """The person's family, started now where they have none. Two forms sent at once start one family."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        return family_of(person) or Family.objects.start(person, at=at)
