"""A frozen summary: all that a facilitator ever reads, one for each group (or pool) and window, and who looked at it.

Releases lie in partitions by the month in which they were made; whole months go at the end of the stated time. They
hold no key to a person. No running role may change or remove one: it has no right to, and a trigger refuses.
"""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from attachment_app.accounts.models import Person

from .group import ParentingGroup
from .pool import Pool

MONTHS_KEPT = 12  # a release is dropped with its month, once the month's end is so long ago


SEEN = """
WITH found AS (
    SELECT * FROM groups_release WHERE group_id = %(group)s
       OR pool_id IN (SELECT pool_id FROM groups_poolplace WHERE group_id = %(group)s)
), seen AS (
    INSERT INTO groups_releaseview (id, person_id, group_id, release_id, at)
    SELECT gen_random_uuid(), %(person)s, %(group)s, id, %(at)s FROM found
)
SELECT * FROM found ORDER BY window_number DESC
"""


class ReleaseQuerySet(models.QuerySet["Release"]):
    def seen_by(self, person: Person, group: ParentingGroup, now: datetime) -> "list[Release]":
        """The releases of a group that `person` leads, newest first, the pools' that it was in among them.

        In role `groups` (see groups/leading.py), which has no other way to see them. One statement reads them and
        writes down that they were seen, so that neither is without the other.
        """
        return list(self.raw(SEEN, {"group": group.pk, "person": person.pk, "at": now}))


class Release(models.Model):
    """`panels` is what the engine froze (groups/reading.py has its words). A panel withheld says nothing of why."""

    # Partitioned, so the table's own key is (id, month): migration 0002 makes it in SQL.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    month = models.DateField()  # the first day of the month in which it was made; the partition
    window_number = models.IntegerField()
    group = models.ForeignKey(ParentingGroup, null=True, on_delete=models.DO_NOTHING, related_name="+")
    pool = models.ForeignKey(Pool, null=True, on_delete=models.DO_NOTHING, related_name="+")
    panels = models.JSONField()
    made_at = models.DateTimeField()

    objects: ClassVar = ReleaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"window {self.window_number}"


class Decision(models.Model):
    """Why a part of a release was made or withheld, for the operators' counts. No facilitator's role reads it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    window = models.ForeignKey("groups.Window", on_delete=models.CASCADE, related_name="+")
    release_id = models.UUIDField()
    is_pool = models.BooleanField()
    purpose = models.CharField(max_length=10)
    reason = models.CharField(max_length=24)  # engine.Reason; empty where it was released

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release_id", "purpose", "reason"], name="decided_once")]

    def __str__(self) -> str:
        return self.reason or "released"


class ReleaseView(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    group = models.ForeignKey(ParentingGroup, on_delete=models.CASCADE, related_name="+")
    release_id = models.UUIDField()  # no foreign key: months of releases are dropped, the trace of who looked stays
    at = models.DateTimeField()

    objects: ClassVar = models.Manager["ReleaseView"]()

    class Meta:
        indexes = [models.Index(fields=["group", "-at"], name="release_views_of_group")]

    def __str__(self) -> str:
        return str(self.release_id)
