"""Where somebody stopped in an article: one place an article, theirs alone, and gone once they reach the end."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from attachment_app.lib.identifiers import uuid7

if TYPE_CHECKING:
    from attachment_app.accounts.models import Person

    from .models import Article

SHOWN = 3  # places on the index


class ReadingPlaceQuerySet(models.QuerySet["ReadingPlace"]):
    def visible_to(self, person: "Person") -> "ReadingPlaceQuerySet":
        """The person's own, in articles that are still there."""
        return self.filter(person_id=person.pk, article__withdrawn_at=None)

    def latest_first(self) -> "ReadingPlaceQuerySet":
        return self.select_related("article").defer("article__parts").order_by("-at", "article__slug")

    def stop_at(self, person: "Person", article: "Article", anchor: str, at: datetime) -> None:
        """Remember a heading of the article; an empty one forgets the place. Said twice it is one row."""
        if anchor:
            self.update_or_create(person=person, article=article, defaults={"anchor": anchor, "at": at})
        else:
            self.filter(person_id=person.pk, article=article).delete()


class ReadingPlace(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey("guidance.Article", on_delete=models.CASCADE, related_name="+")
    anchor = models.SlugField(max_length=80)
    at = models.DateTimeField()

    objects: ClassVar = ReadingPlaceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "article"], name="reading_place_once")]

    def __str__(self) -> str:
        return self.anchor
