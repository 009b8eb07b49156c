"""What a parent writes in their own words, and how they were: sealed, and private to them unless they share it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Family, Membership, Person
from attachment_app.accounts.models.data_key import Sealed, SealedQuerySet
from attachment_app.lib.identifiers import uuid7
from attachment_app.lib.sealing import CannotOpen

from .exchange import Exchange

LONGEST_NOTE = 5000  # characters


class Feeling(models.TextChoices):
    FINE = "fine", _("All right")
    TIRED = "tired", _("Worn out")
    TENSE = "tense", _("On edge")
    LOW = "low", _("Low")
    TOO_MUCH = "too_much", _("It is too much")


class NoteQuerySet(SealedQuerySet):
    def visible_to(self, person: Person) -> "NoteQuerySet":
        """Their own notes, and those that their families share."""
        own = models.Q(author=person)
        return self.filter(own | models.Q(is_shared=True), family__memberships__in=Membership.objects.of(person))

    def write(
        self, exchange: Exchange, author: Person, text: str, is_shared: bool, at: datetime, seen: datetime | None
    ) -> "Note | None":
        """The author's one note on an exchange; an empty text takes it away (None).

        `seen` is when the note was written that the author had before them. Where another of their devices has
        written since, both texts are kept, one under the other. Raises CannotOpen where a note is there that no key
        opens: it is not written over.
        """
        mine = self.select_for_update().filter(exchange=exchange, author=author).first()
        if mine and mine.open().text is None:
            raise CannotOpen("the note that is there")
        if mine and mine.written_at != seen and mine.text not in text:
            text = f"{mine.text}\n\n{text}".strip()
        if not text.strip():
            if mine:
                mine.delete()
            return None
        note: Note = mine or Note(exchange=exchange, family_id=exchange.family_id, author=author)
        note.is_shared, note.written_at = is_shared, at
        note.keep(text)
        note.save(force_insert=mine is None)
        return note


class Note(Sealed):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    objects: ClassVar = NoteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "author"], name="note_one_an_author")]

    def __str__(self) -> str:
        return str(self.id)  # never the words

    @property
    def sealed_for(self) -> dict[str, UUID]:
        return {"family_id": self.family_id} if self.is_shared else {"person_id": self.author_id}


class OwnStateQuerySet(SealedQuerySet):
    def visible_to(self, person: Person) -> "OwnStateQuerySet":
        """Their own: nobody else in the family sees it, or sees that it is there."""
        return self.filter(person=person)

    def say(self, person: Person, exchange: Exchange, feeling: str, at: datetime) -> "OwnState | None":
        """How `person` was with this exchange, as a Feeling; said again it is changed, empty takes it away (None)."""
        mine = self.select_for_update().filter(person=person, exchange=exchange).first()
        if not feeling:
            if mine:
                mine.delete()
            return None
        state: OwnState = mine or OwnState(person=person, exchange=exchange, at=at)
        state.keep(feeling)
        state.save(force_insert=mine is None)
        return state


class OwnState(Sealed):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    exchange = models.ForeignKey(Exchange, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar = OwnStateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "exchange"], name="own_state_once_an_exchange")]

    def __str__(self) -> str:
        return str(self.id)  # never the state

    @property
    def sealed_for(self) -> dict[str, UUID]:
        return {"person_id": self.person_id}
