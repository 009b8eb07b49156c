"""Articles as they are served. They hold nothing about anybody; their source is the files in `content/`."""

import hashlib
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .safety import Box, boxes

WORDS_A_MINUTE = 200


class Topic(models.TextChoices):
    """In the order in which the index shows them."""

    BOND = "bond", _("The bond")
    CUES = "cues", _("Cues and finding it together")
    MOMENTS = "moments", _("Moments of the day")
    CRYING = "crying", _("Crying, and when it is too much")
    YOU = "you", _("You, the parent or carer")
    BASE = "secure-base", _("Going out and coming back")
    FAMILIES = "families", _("All kinds of families")
    EVIDENCE = "evidence", _("How we know")


class Stage(models.TextChoices):
    BEFORE_BIRTH = "before-birth", _("before birth")
    MONTHS_0_3 = "0-3", _("0 to 3 months")
    MONTHS_3_6 = "3-6", _("3 to 6 months")
    MONTHS_6_12 = "6-12", _("6 to 12 months")
    MONTHS_12_24 = "12-24", _("12 to 24 months")
    MONTHS_24_36 = "24-36", _("24 to 36 months")

    @property
    def months(self) -> str:
        """“0–3”, for where “months” is said beside it."""
        return gettext("Before birth") if self == Stage.BEFORE_BIRTH else self.value.replace("-", "–")

    @property
    def starts(self) -> str:
        return gettext("before birth") if self == Stage.BEFORE_BIRTH else self.value.partition("-")[0]

    @property
    def ends(self) -> str:
        return gettext("%(months)s months") % {"months": self.value.partition("-")[2]}


class Label(models.TextChoices):
    SUPPORTED = "supported", _("Well supported")
    LINKED = "linked", _("Linked, not proven")
    THEORY = "theory", _("Idea from theory")
    SAFETY = "safety", _("Safety advice")


def ages_in_words(stages: list[str]) -> str:
    """“any age”, or from the first stage to the last: “before birth to 6 months”, “3 to 12 months”."""
    known, every = [stage for stage in Stage if stage in stages], list(Stage)
    if len(known) in (0, len(Stage)):
        return gettext("any age")
    if len(known) > 1 and every.index(known[-1]) - every.index(known[0]) == len(known) - 1:
        return gettext("%(first)s to %(last)s") % {"first": known[0].starts, "last": known[-1].ends}
    return ", ".join(str(stage.label) for stage in known)


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> "ArticleQuerySet":
        return self.filter(withdrawn_at=None)

    def in_brief(self) -> "ArticleQuerySet":
        """What a list shows of an article, without its text."""
        return self.published().only("slug", "title", "topic", "stages", "main", "words")

    def about(self, topic: str) -> "ArticleQuerySet":
        return self.filter(topic=topic) if topic in Topic.values else self

    def for_stage(self, stage: str) -> "ArticleQuerySet":
        return self.filter(stages__contains=[stage]) if stage in Stage.values else self

    def edition(self) -> str:
        """A mark that is another one whenever any published article is another, appears or goes."""
        said = self.published().order_by("slug").values_list("content_hash", flat=True)
        return hashlib.sha256("".join(said).encode()).hexdigest()

    def by_topic(self) -> "ArticleQuerySet":
        """In the order of the topics, and by title within one."""
        place = [models.When(topic=topic, then=number) for number, topic in enumerate(Topic.values)]
        return self.order_by(models.Case(*place, default=len(place)), "title")


class Article(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    subtitle = models.CharField(max_length=120)
    topic = models.CharField(max_length=20, choices=Topic)
    stages = ArrayField(models.CharField(max_length=12, choices=Stage))
    main = models.TextField()
    try_today = models.TextField()
    not_mean = ArrayField(models.TextField())
    safety = ArrayField(models.CharField(max_length=20))
    # Pieces in reading order: {"html": …} cleaned at load, {"claim": {id, label, sources, caveat}}, {"cues": true}.
    parts = models.JSONField()
    sources = ArrayField(models.TextField())
    words = models.PositiveSmallIntegerField()
    reviewed = models.DateField()
    next_review = models.DateField()
    content_hash = models.CharField(max_length=64)
    updated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ArticleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes, rounded up."""
        return -(-self.words // WORDS_A_MINUTE)

    @property
    def safety_boxes(self) -> list[Box]:
        known = boxes()
        return [known[name] for name in self.safety if name in known]

    @property
    def ages_in_words(self) -> str:
        return ages_in_words(self.stages)


# Models of their own files, where Django looks for them.
from .bookmark import Bookmark  # noqa: E402
from .reading_place import ReadingPlace  # noqa: E402

__all__ = ["Article", "ArticleQuerySet", "Bookmark", "Label", "ReadingPlace", "Stage", "Topic"]
