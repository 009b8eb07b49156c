"""Who belongs to a group: asked, approved, ended. Whether somebody shares anything stands elsewhere (consent.py)."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Person

from .group import ParentingGroup

COUNTS_AFTER = timedelta(days=14)  # of membership: whoever is invited today moves no summary of this fortnight


class GroupMembershipQuerySet(models.QuerySet["GroupMembership"]):
    def of(self, person: Person) -> "GroupMembershipQuerySet":
        """Those of this person that have not ended, asked for or approved (role `web`)."""
        return self.filter(person_id=person.pk, ended_at=None)

    def led_by(self, person: Person) -> "GroupMembershipQuerySet":
        """Memberships of the groups that this person leads (role `groups`)."""
        return self.filter(group__facilitator_id=person.pk)

    def approved(self) -> "GroupMembershipQuerySet":
        return self.filter(approved_at__isnull=False, ended_at=None)

    def waiting(self) -> "GroupMembershipQuerySet":
        return self.filter(approved_at=None, ended_at=None)

    def ask(self, group_id: UUID, person: Person, known_as: str, at: datetime) -> "GroupMembership":
        """Ask to join; asked twice it is one membership. After Invitation.objects.accepted, in the same transaction.

        The database refuses whoever was not invited, or has no confirmed address.
        """
        there = self.filter(group_id=group_id, person=person, ended_at=None).first()
        return there or self.create(group_id=group_id, person=person, known_as=known_as, asked_at=at)


class GroupMembership(models.Model):
    class EndedBy(models.TextChoices):
        PARENT = "parent", _("The parent")
        FACILITATOR = "facilitator", _("The facilitator")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(ParentingGroup, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # What the facilitator calls them: said by the parent when asking, so that no page of a facilitator reads accounts.
    known_as = models.CharField(_("your name in the group"), max_length=40)
    asked_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    made_by_facilitator = models.BooleanField(default=False)  # never counts
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=11, choices=EndedBy, blank=True)

    objects: ClassVar = GroupMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], condition=Q(ended_at=None), name="group_member_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="")
                | Q(ended_at__isnull=False, ended_by__in=["parent", "facilitator"]),
                name="group_membership_ended_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(ended_at=None), name="group_membership_of")]

    def __str__(self) -> str:
        return str(self.id)

    def approve(self, at: datetime) -> bool:
        """The facilitator says yes. False where it was said, or the membership has ended."""
        return bool(type(self).objects.filter(pk=self.pk, approved_at=None, ended_at=None).update(approved_at=at))

    def end(self, by: str, at: datetime) -> bool:
        """Either side ends it in one tap: `by` is an EndedBy. False where it had ended.

        Nothing of this person is counted from here on; ending it in role `web` takes the consents with it
        (see GroupConsent.objects.withdraw_all), and the release engine asks for a standing membership besides.
        """
        return bool(type(self).objects.filter(pk=self.pk, ended_at=None).update(ended_at=at, ended_by=by))

    @property
    def is_waiting(self) -> bool:
        return self.approved_at is None and self.ended_at is None
