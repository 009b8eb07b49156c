"""What a parent keeps for a hard moment, in their own words: sealed, theirs alone, seen by nobody else."""

import json
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models

from attachment_app.accounts.models import Person
from attachment_app.accounts.models.data_key import Sealed, SealedQuerySet
from attachment_app.lib.identifiers import uuid7

AT_MOST = 12  # of a kind; a page to read in a hard moment stays short


class OwnListQuerySet(SealedQuerySet):
    def visible_to(self, person: Person) -> "OwnListQuerySet":
        """Their own: nobody else in the family sees it, or sees that it is there."""
        return self.filter(person=person)

    def write(self, person: Person, client_key: UUID, at: datetime, **words: str) -> Any:
        """Write down what a form said. Sent again it is the one row, and other words with the same key change it."""
        fresh = self.model(person=person, client_key=client_key, made_at=at).put(**words)
        self.bulk_create([fresh], ignore_conflicts=True)
        row = self.get(person=person, client_key=client_key)
        if row.pk != fresh.pk and row.open().words != words:
            row.put(**words).save(update_fields=["key_id", "sealed"])
        return row


class OwnList(Sealed):
    """One line of the list; `PARTS` name its words."""

    PARTS: ClassVar[tuple[str, ...]]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    client_key = models.UUIDField()

    class Meta:
        abstract = True
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return str(self.id)  # never the words

    def put(self, **words: str) -> Self:
        """Seal the words; saving is the caller's."""
        return self.keep(json.dumps({part: words[part] for part in self.PARTS}, ensure_ascii=False))

    @property
    def words(self) -> dict[str, str] | None:
        """The opened words by their parts; None where they cannot be opened."""
        return None if self.text is None else json.loads(self.text)

    @property
    def sealed_for(self) -> dict[str, UUID]:
        return {"person_id": self.person_id}
