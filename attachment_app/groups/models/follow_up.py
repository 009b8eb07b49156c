"""What a facilitator plans for after the last meeting: the gains of a group fade by a year (Barlow et al. 2012)."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Person

from .group import ParentingGroup


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def led_by(self, person: Person) -> "FollowUpQuerySet":
        return self.filter(group__facilitator_id=person.pk)

    def plan(self, group: ParentingGroup, on: date, words: str) -> "FollowUp":
        """One a group: planned again it takes the other's place. In role `groups`."""
        planned, _is_new = self.update_or_create(group=group, defaults={"on": on, "words": words})
        return planned


class FollowUp(models.Model):
    """The facilitator's own: no parent reads it, and nothing is sent."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.OneToOneField(ParentingGroup, on_delete=models.CASCADE, related_name="follow_up")
    on = models.DateField(_("the day on which you meet again, or write to each other"))
    words = models.TextField(_("what you want to say then"), max_length=1000, blank=True)

    objects: ClassVar = FollowUpQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.on}"
