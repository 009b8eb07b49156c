"""A group of parents that meets, and whoever leads it."""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Person

# Fewer contributors than this are shown as nothing. Anchors: CMS shows no 1–10, CDC WONDER nothing under 10, ONS
# nothing under 10; NHS HES hides 1–7, and an operator may go down to its 8, never below.
FLOOR, FLOOR_LEAST = 10, 8
SUGGESTIONS = 6  # articles at most


class ParentingGroupQuerySet(models.QuerySet["ParentingGroup"]):
    def visible_to(self, person: Person) -> "ParentingGroupQuerySet":
        """Groups that this person asked to join or belongs to, also ended ones; a parent's way in (role `web`)."""
        return self.filter(memberships__person_id=person.pk, memberships__ended_at=None)

    def led_by(self, person: Person) -> "ParentingGroupQuerySet":
        """Groups that this person leads; a facilitator's way in (role `groups`, see groups/leading.py)."""
        return self.filter(facilitator_id=person.pk)

    def going_on(self) -> "ParentingGroupQuerySet":
        return self.filter(ended_at=None)

    def start(self, facilitator: Person, name: str, at: datetime) -> "ParentingGroup":
        """A new group. In role `groups`; the database refuses who is no facilitator."""
        return self.create(facilitator=facilitator, name=name, created_at=at)


class ParentingGroup(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("name of the group"), max_length=60)
    # Erased with their account: the group goes on without anybody who reads, until it is ended.
    facilitator = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(_("a note to the parents"), max_length=2000, blank=True)
    meets_at = models.DateTimeField(_("next meeting"), null=True, blank=True)
    meets_where = models.CharField(_("where"), max_length=200, blank=True)
    suggested = ArrayField(models.SlugField(max_length=50), default=list, blank=True)  # articles
    floor = models.PositiveSmallIntegerField(default=FLOOR)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ParentingGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(floor__gte=FLOOR_LEAST), name="group_floor_is_hard"),
            models.CheckConstraint(
                condition=models.Q(suggested__len__lte=SUGGESTIONS), name="group_suggests_a_few_articles"
            ),
        ]
        indexes = [models.Index(fields=["facilitator"], name="group_by_facilitator")]

    def __str__(self) -> str:
        return self.name

    def say(self, at: datetime | None, where: str, note: str, suggested: list[str]) -> None:
        """What the parents read on the group's page: the next meeting (UTC), its place in words, a note, slugs."""
        self.meets_at, self.meets_where, self.note, self.suggested = at, where, note, suggested[:SUGGESTIONS]
        self.save(update_fields=["meets_at", "meets_where", "note", "suggested"])

    def rename(self, name: str) -> None:
        self.name = name
        self.save(update_fields=["name"])

    def end(self, at: datetime) -> bool:
        """The facilitator ends the group. What was released stays readable. False where it had ended."""
        return bool(type(self).objects.filter(pk=self.pk, ended_at=None).update(ended_at=at))

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None
