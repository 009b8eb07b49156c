"""The keys with which notes are sealed: one a person for what is theirs alone, one a family for what it shares."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from attachment_app.lib import sealing

from .family import Family


class DataKeyQuerySet(models.QuerySet["DataKey"]):
    def newest(self, **owner: Any) -> "DataKey":
        """The key that seals now for `person_id=…` or `family_id=…`, made where there is none.

        Two made at the same moment both stand: each sealed value names its own.
        """
        found = self.filter(**owner).order_by("-made_at", "-id").first()
        return found or self.make(**owner)

    def make(self, **owner: Any) -> "DataKey":
        key = DataKey(id=uuid4(), made_at=timezone.now(), **owner)
        key.wrapped_by = settings.NOTES_RING.mark
        key.wrapped = settings.NOTES_RING.wrap(sealing.new_key(), key.about)
        key.save(force_insert=True)
        return key

    def wrapped_by_others(self) -> "DataKeyQuerySet":
        """Keys that the environment's first key has not wrapped."""
        return self.exclude(wrapped_by=settings.NOTES_RING.mark)

    def lost(self) -> "DataKeyQuerySet":
        """Keys that no key of the environment opens: what they seal cannot be read."""
        return self.exclude(wrapped_by__in=settings.NOTES_RING.marks)


class DataKey(models.Model):
    """A wrapped key. The table is left out of the main dump (README, "Backups")."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    family = models.ForeignKey(Family, null=True, on_delete=models.CASCADE, related_name="+")
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    objects: ClassVar = DataKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, family__isnull=False) | Q(person__isnull=False, family=None),
                name="data_key_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def about(self) -> str:
        """What the wrapped key is bound to."""
        return f"key {self.id} of person {self.person_id} family {self.family_id}"

    def unwrapped(self) -> bytes:
        """Raises CannotOpen."""
        return bytes(settings.NOTES_RING.unwrap(bytes(self.wrapped), self.wrapped_by, self.about))

    def rewrap(self) -> None:
        """Wrap it with the environment's first key. Raises CannotOpen."""
        self.wrapped = settings.NOTES_RING.wrap(self.unwrapped(), self.about)
        self.wrapped_by = settings.NOTES_RING.mark
        self.save(update_fields=["wrapped", "wrapped_by"])


class SealedQuerySet(models.QuerySet[Any]):
    def opened(self) -> list[Any]:
        """The rows with their `text`, in two queries however many they are."""
        rows = list(self)
        open_all(rows)
        return rows


class Sealed(models.Model):
    """A row whose words are sealed for its owner: a person where they are private, the family where shared.

    `text` is what the words are, None where they cannot be opened with the keys that the site has now.
    """

    # No foreign key: the keys are backed up apart, so either dump has to go in without the other.
    key_id = models.UUIDField()
    sealed = models.BinaryField()

    text: str | None = None

    class Meta:
        abstract = True

    @property
    def sealed_for(self) -> dict[str, UUID]:
        """The owner, as `person_id` or `family_id`. A subclass says it."""
        raise NotImplementedError

    def keep(self, text: str) -> Self:
        """Seal `text`; saving is the caller's."""
        self.seal_with(DataKey.objects.newest(**self.sealed_for), text)
        return self

    def seal_with(self, key: DataKey, text: str) -> None:
        self.key_id, self.text = key.pk, text
        self.sealed = sealing.seal(key.unwrapped(), text.encode(), self._about)

    def open(self) -> Self:
        """Read `text`; None where it cannot be opened."""
        open_all([self])
        return self

    def open_with(self, key: DataKey) -> None:
        """Raises CannotOpen."""
        self.text = sealing.unseal(key.unwrapped(), bytes(self.sealed), self._about).decode()

    @property
    def _about(self) -> str:
        return f"{self._meta.label} {self.pk} of {self.sealed_for}"


class PerhapsSealed(Sealed):
    """A row that may have words of its owner's, or none: then `key_id` and `sealed` are empty, and `text` is None."""

    key_id = models.UUIDField(null=True, blank=True)  # type: ignore[assignment]
    sealed = models.BinaryField(null=True, blank=True)  # type: ignore[assignment]

    class Meta:
        abstract = True


def open_all(rows: Iterable[Sealed]) -> None:
    """Give each row its `text`, with one query for all keys."""
    keys = DataKey.objects.in_bulk({row.key_id for row in rows}) if rows else {}
    for row in rows:
        try:
            row.open_with(keys[row.key_id])
        except (KeyError, sealing.CannotOpen):
            row.text = None
