"""What an exchange was: six kinds of ours, and those that a family makes for itself."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Family, Membership, Person
from attachment_app.lib.identifiers import uuid7
from journal.vocabulary import Colour, Shape


class Kind(models.TextChoices):
    FEEDING = "feeding", _("Feeding")
    SOOTHING = "soothing", _("Soothing")
    PLAY = "play", _("Play")
    SLEEP = "sleep", _("Sleep")
    NAPPY = "nappy", _("Nappy")
    BATH = "bath", _("Bath")


EXCHANGES = (Kind.FEEDING, Kind.SOOTHING, Kind.PLAY)  # what insights and groups read
CONTEXT = (Kind.SLEEP, Kind.NAPPY, Kind.BATH)  # light entries around them
TIMED = (Kind.SOOTHING, Kind.SLEEP)  # their timer starts with the tap; the others are a moment


class FamilyKindQuerySet(models.QuerySet["FamilyKind"]):
    def visible_to(self, person: Person) -> "FamilyKindQuerySet":
        return self.filter(family__memberships__in=Membership.objects.of(person))

    def in_use(self) -> "FamilyKindQuerySet":
        """Those that can be logged, in the order in which they were made."""
        return self.filter(retired_at=None).order_by("created_at", "id")

    def add(self, family_id: UUID, client_key: UUID, name: str, shape: str, colour: str) -> "FamilyKind":
        """A new kind of this family; the same form sent twice is the same kind."""
        said = {"name": name, "shape": shape, "colour": colour}
        made, _is_new = self.get_or_create(family_id=family_id, client_key=client_key, defaults=said)
        return made


class FamilyKind(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=24)
    shape = models.CharField(_("shape"), max_length=10, choices=Shape)
    colour = models.CharField(_("colour"), max_length=8, choices=Colour)
    client_key = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = FamilyKindQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "client_key"], name="family_kind_once_a_form"),
            models.UniqueConstraint(fields=["family", "id"], name="family_kind_of_family"),
            models.CheckConstraint(condition=Q(shape__in=Shape.values), name="family_kind_shape_known"),
            models.CheckConstraint(condition=Q(colour__in=Colour.values), name="family_kind_colour_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def retire(self, at: datetime) -> None:
        """Take it off the page; what was logged stays as it is."""
        type(self).objects.filter(pk=self.pk, retired_at=None).update(retired_at=at)
