"""Which family a person's page is about."""

from .models import Family, Person


def family_of(person: Person) -> Family | None:
    """The family that this person joined first; None before they have one."""
    return Family.objects.visible_to(person).order_by("created_at").first()
