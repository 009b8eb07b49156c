"""Groups too small to be shown alone, counted together for a whole term."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from attachment_app.accounts.models import Person

from .group import ParentingGroup


class Pool(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    term = models.IntegerField()

    def __str__(self) -> str:
        return str(self.id)


class PoolPlaceQuerySet(models.QuerySet["PoolPlace"]):
    def led_by(self, person: Person) -> "PoolPlaceQuerySet":
        return self.filter(group__facilitator_id=person.pk)


class PoolPlace(models.Model):
    """A group that is in a pool for a term. Said once, at the term's start: a group without a place stays alone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(ParentingGroup, on_delete=models.CASCADE, related_name="pool_places")
    term = models.IntegerField()
    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="places")

    objects: ClassVar = PoolPlaceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "term"], name="group_stands_once_a_term")]

    def __str__(self) -> str:
        return f"{self.term}"
