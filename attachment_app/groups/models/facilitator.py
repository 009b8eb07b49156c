"""Who may lead groups: a role that an operator grants and takes back (`manage.py facilitators`)."""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from attachment_app.accounts.models import Person


class FacilitatorQuerySet(models.QuerySet["Facilitator"]):
    def visible_to(self, person: Person) -> "FacilitatorQuerySet":
        return self.filter(person_id=person.pk)

    def standing(self) -> "FacilitatorQuerySet":
        return self.filter(withdrawn_at=None)

    def grant(self, person: Person, at: datetime) -> bool:
        """Let `person` lead groups. False where they may already. For the operator's command alone."""
        _row, is_new = self.get_or_create(person=person, withdrawn_at=None, defaults={"granted_at": at})
        return is_new

    def withdraw(self, person: Person, at: datetime) -> bool:
        """They lead no longer, and read no summary. False where they did not."""
        return bool(self.standing().filter(person=person).update(withdrawn_at=at))


class Facilitator(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    granted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = FacilitatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(withdrawn_at=None), name="facilitator_granted_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
