"""That a parent opened an article of a topic in a window: written while they share just this, and for no longer.

Neither the article nor the hour is kept. Only the topics of TOPICS are ever written, so nothing on overwhelm, mood,
childhood, help, abuse, loss or adoption can be counted: an article counts by being in one of these four shelves.
"""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import connection, models

from attachment_app.accounts.models import Person
from guidance.models import Article, Topic

from .window import number_at

TOPICS = (Topic.BOND, Topic.CUES, Topic.MOMENTS, Topic.BASE)


class ArticleReadQuerySet(models.QuerySet["ArticleRead"]):
    def visible_to(self, person: Person) -> "ArticleReadQuerySet":
        return self.filter(person_id=person.pk)


class ArticleRead(models.Model):
    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    window_number = models.IntegerField()
    topic = models.CharField(max_length=20, choices=Topic)

    objects: ClassVar = ArticleReadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "window_number", "topic"], name="article_read_once_a_window"),
            models.CheckConstraint(condition=models.Q(topic__in=TOPICS), name="article_read_topic_counts"),
        ]

    def __str__(self) -> str:
        return self.topic


def was_opened(person: Person, article: Article, at: datetime) -> None:
    """Write it down where `person` shares their reading now; one statement, and nothing otherwise."""
    if article.topic not in TOPICS:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO groups_articleread (person_id, window_number, topic) SELECT %(person)s, %(window)s, %(topic)s"
            " WHERE EXISTS (SELECT FROM groups_groupconsent WHERE person_id = %(person)s AND purpose = 'articles'"
            " AND withdrawn_at IS NULL) ON CONFLICT DO NOTHING",
            {"person": person.pk, "window": number_at(at), "topic": article.topic},
        )
