"""A break that a parent wanted kept: theirs alone, and no more of it than they said."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Person
from attachment_app.accounts.models.data_key import PerhapsSealed, SealedQuerySet
from attachment_app.lib.identifiers import uuid7

GOES_ON = timedelta(hours=2)  # at most


class Trigger(models.TextChoices):
    ASKED = "asked", _("I asked for a minute")
    TOO_MUCH = "marked", _("It was too much")
    LONG = "long", _("A long soothing")
    NOT_YET = "not_yet", _("Several tries")


class Ending(models.TextChoices):
    """How a break ended for the parent. None is better than another."""

    CALMER = "calmer", _("Calmer")
    A_BIT = "a_bit", _("A bit calmer")
    STILL_HARD = "still_hard", _("Still hard")
    NOT_ALONE = "not_alone", _("Somebody came, or was on the phone")


class BreakQuerySet(SealedQuerySet):
    def visible_to(self, person: Person) -> "BreakQuerySet":
        """Their own: nobody else in the family sees it, or sees that it is there."""
        return self.filter(person=person)

    def going_on(self, person: Person, now: datetime) -> "BreakQuerySet":
        """Those that have not ended, the latest first. One that nobody came back from was ended without a tap."""
        return self.visible_to(person).filter(ended_at=None, taken_at__gt=now - GOES_ON).order_by("-taken_at")

    def take(
        self, person: Person, client_key: UUID, trigger: str, at: datetime, offered_at: datetime | None
    ) -> "Break":
        """Keep a note that a break was begun at `at`; the same form sent twice is the one row."""
        fresh = Break(person=person, client_key=client_key, trigger=trigger, taken_at=at, offered_at=offered_at)
        self.bulk_create([fresh], ignore_conflicts=True)
        kept: Break = self.get(person=person, client_key=client_key)
        return kept


class Break(PerhapsSealed):
    """How it ended is sealed, and empty where the parent skipped the question."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    trigger = models.CharField(max_length=8, choices=Trigger, default=Trigger.ASKED)
    offered_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
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

    def end(self, at: datetime) -> bool:
        """They are back. False where that was said before."""
        return bool(type(self).objects.filter(pk=self.pk, ended_at=None).update(ended_at=at))

    def say(self, ending: str) -> None:
        """How it ended, as an Ending."""
        self.keep(ending).save(update_fields=["key_id", "sealed"])

    @property
    def ending(self) -> str:
        """How it ended, in words; empty where it was not said, or cannot be opened."""
        return str(Ending(self.text).label) if self.text in Ending.values else ""

    @property
    def length(self) -> timedelta | None:
        """How long it was; None while it goes on."""
        return max(timedelta(0), self.ended_at - self.taken_at) if self.ended_at and self.taken_at else None

    @property
    def sealed_for(self) -> dict[str, UUID]:
        return {"person_id": self.person_id}
