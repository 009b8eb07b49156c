"""A gentle reminder: a rule in the parent's own wall-clock time. What comes of it: delivery's Occurrence."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Child, Person
from attachment_app.accounts.models.data_key import PerhapsSealed, SealedQuerySet
from attachment_app.lib.identifiers import uuid7

EVERY_DAY = 0b1111111
LONGEST_WORDS = 200  # characters of a reminder in somebody's own words
RECKONED_FOR = timedelta(days=7)  # then “when I usually log” is looked at again


class When(models.TextChoices):
    CLOCK = "clock", _("At a time")
    USUAL = "usual", _("When I usually log")


class ReminderQuerySet(SealedQuerySet):
    def visible_to(self, person: Person) -> "ReminderQuerySet":
        """Their own: nobody else in the family sees it, or sees that it is there."""
        return self.filter(person=person)

    def in_use(self) -> "ReminderQuerySet":
        return self.filter(off_at=None)

    def to_reckon(self, now: datetime) -> "ReminderQuerySet":
        """Those whose usual hour was last looked at RECKONED_FOR ago, or earlier."""
        return self.in_use().filter(when=When.USUAL, reckoned_at__lt=now - RECKONED_FOR)


class Reminder(PerhapsSealed):
    """`idea` names one of the site's ideas (journal/ideas.py); empty where the words are the parent's own, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No index of its own: the unique one begins with it.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    child = models.ForeignKey(Child, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    idea = models.SlugField(max_length=40, blank=True, db_index=False)
    days = models.PositiveSmallIntegerField(default=EVERY_DAY)  # a bit a weekday, Monday the lowest
    when = models.CharField(max_length=5, choices=When, default=When.CLOCK)
    at = models.TimeField()  # the wall clock in the person's zone; for USUAL as it was last reckoned
    slot = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    off_at = models.DateTimeField(null=True, blank=True)
    # What the planner goes by. Empty: nothing to plan, until the rule is turned on (see planner.plan_next).
    zone = models.CharField(max_length=64)  # in which `next_due_at` was reckoned
    next_date = models.DateField(null=True, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField()
    reckoned_at = models.DateTimeField(null=True, blank=True)  # for USUAL: when `at` was last looked at

    objects: ClassVar = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "client_key"], name="reminder_once_a_form"),
            models.CheckConstraint(condition=Q(days__range=(1, EVERY_DAY)), name="reminder_has_days"),
            models.CheckConstraint(condition=Q(when__in=When.values), name="reminder_when_known"),
            models.CheckConstraint(
                condition=Q(idea="", sealed__isnull=False) | (~Q(idea="") & Q(sealed=None)), name="reminder_has_words"
            ),
        ]
        indexes = [
            models.Index(fields=["next_due_at"], condition=Q(next_due_at__isnull=False), name="reminder_due"),
            models.Index(fields=["reckoned_at"], condition=Q(when="usual", off_at=None), name="reminder_to_reckon"),
        ]

    def __str__(self) -> str:
        return str(self.id)  # never the words

    def change(self, said: Mapping[str, Any]) -> None:
        """What it is about (`idea`, or `words` of their own), for which `child`, on which `days`, `when` and `at` what
        time; `reckoned_at` for the usual hour. Saving is the caller's."""
        for name in ("child", "idea", "days", "when", "at", "reckoned_at"):
            setattr(self, name, said[name])
        if said["idea"]:
            self.key_id = self.sealed = self.text = None
        else:
            self.keep(said["words"])

    def turn(self, is_on: bool, now: datetime) -> None:
        """Off, nothing comes of it any more; on again it goes on from now. Saving is the caller's."""
        self.off_at = None if is_on else self.off_at or now

    @property
    def sealed_for(self) -> dict[str, UUID]:
        return {"person_id": self.person_id}

    @property
    def weekdays(self) -> list[int]:
        """0 for Monday to 6 for Sunday."""
        return [day for day in range(7) if self.days >> day & 1]
