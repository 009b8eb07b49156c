"""A break that a parent wanted kept: theirs alone, and no more of it than they said."""

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Person
from attachment_app.accounts.models.data_key import PerhapsSealed, SealedQuerySet
from attachment_app.lib.identifiers import uuid7


class Trigger(models.TextChoices):
    ASKED = "asked", _("I asked for a minute")
    TOO_MUCH = "marked", _("It was too much")
    LONG = "long", _("A long soothing")
    NOT_YET = "not_yet", _("Several tries")


class BreakQuerySet(SealedQuerySet):
    def visible_to(self, person: Person) -> "BreakQuerySet":
        """Their own: nobody else in the family sees it, or sees that it is there."""
        return self.filter(person=person)


class Break(PerhapsSealed):
    """How it ended is sealed, and empty where the parent skipped the question."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    trigger = models.CharField(max_length=8, choices=Trigger, default=Trigger.ASKED)
    offered_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    waved_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField()

    objects: ClassVar = BreakQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "client_key"], name="break_once_a_form"),
            models.CheckConstraint(condition=Q(trigger__in=Trigger.values), name="break_trigger_known"),
        ]
        indexes = [models.Index(fields=["person", "-taken_at"], name="break_of_person")]

    def __str__(self) -> str:
        return str(self.id)  # never how it ended

    @property
    def sealed_for(self) -> dict[str, UUID]:
        return {"person_id": self.person_id}
