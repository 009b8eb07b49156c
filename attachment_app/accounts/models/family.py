"""A family, and who belongs to it in which role."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachment_app.lib.identifiers import uuid7

if TYPE_CHECKING:
    from .person import Person


class FamilyQuerySet(models.QuerySet["Family"]):
    def visible_to(self, person: "Person") -> "FamilyQuerySet":
        """Families of which this person is a member now."""
        return self.filter(memberships__in=Membership.objects.of(person))

    def start(self, person: "Person", at: datetime) -> "Family":
        """A new family with `person` as its first parent."""
        family = self.create()
        Membership.objects.create(family=family, person=person, role=Membership.Role.PARENT, started_at=at)
        return family


class Family(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = FamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return str(self.id)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, person: "Person") -> "MembershipQuerySet":
        return self.filter(person_id=person.pk, ended_at=None)

    def who_log(self) -> "MembershipQuerySet":
        return self.filter(role__in=[Membership.Role.PARENT, Membership.Role.CARER_LOGS])

    def by_arrival(self) -> "MembershipQuerySet":
        return self.order_by("started_at", "person__joined_at")

    def parents(self) -> "MembershipQuerySet":
        return self.filter(role=Membership.Role.PARENT)


class Membership(models.Model):
    class Role(models.TextChoices):
        PARENT = "parent", _("Parent")
        CARER_LOGS = "carer_logs", _("Carer who logs")
        CARER_VIEWS = "carer_views", _("Carer who looks")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "person"], condition=Q(ended_at=None), name="member_once"),
            models.CheckConstraint(
                condition=Q(role__in=["parent", "carer_logs", "carer_views"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.role
