"""An article that somebody kept for later. Theirs alone: no other member of the family sees it, or can infer it."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from attachment_app.lib.identifiers import uuid7

if TYPE_CHECKING:
    from attachment_app.accounts.models import Person

    from .models import Article


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def visible_to(self, person: "Person") -> "BookmarkQuerySet":
        """The person's own, of articles that are still there."""
        return self.filter(person_id=person.pk, article__withdrawn_at=None)

    def latest_first(self) -> "BookmarkQuerySet":
        return self.select_related("article").defer("article__parts").order_by("-kept_at", "article__slug")

    def keep(self, person: "Person", article: "Article", at: datetime) -> None:
        """Kept twice it stands once, with its first time."""
        self.bulk_create([Bookmark(person=person, article=article, kept_at=at)], ignore_conflicts=True)

    def let_go(self, person: "Person", article: "Article") -> None:
        self.filter(person_id=person.pk, article=article).delete()


class Bookmark(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey("guidance.Article", on_delete=models.CASCADE, related_name="+")
    kept_at = models.DateTimeField()

    objects: ClassVar = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "article"], name="bookmark_once")]

    def __str__(self) -> str:
        return str(self.id)
