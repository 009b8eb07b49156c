"""Who was counted together, remembered for as long as it matters to the next release, for the aggregator alone."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class CountedSet(models.Model):
    """The parents whose values stand in one part of a release.

    Their ids are a list and no foreign keys: somebody who erases their account must stay in it, or the others would
    look like an unchanged group and be counted once more without them, which tells what that one person had said.
    The row goes after change.RESTS windows.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    window_number = models.IntegerField()
    purpose = models.CharField(max_length=10)
    unit_id = models.UUIDField()  # the group's or the pool's
    people = ArrayField(models.UUIDField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["window_number", "purpose", "unit_id"], name="counted_once_a_window")
        ]
        indexes = [GinIndex(fields=["people"], name="counted_people")]

    def __str__(self) -> str:
        return str(self.id)
