"""A gentle reminder: a rule in the parent's own wall-clock time. What comes of it: delivery's Occurrence."""

from typing import ClassVar
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


class When(models.TextChoices):
    CLOCK = "clock", _("At a time")
    USUAL = "usual", _("When I usually log")


class ReminderQuerySet(SealedQuerySet):
    def visible_to(self, person: Person) -> "ReminderQuerySet":
        """Their own: nobody else in the family sees it, or sees that it is there."""
        return self.filter(person=person)

    def in_use(self) -> "ReminderQuerySet":
        return self.filter(off_at=None)


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
        ]

    def __str__(self) -> str:
        return str(self.id)  # never the words

    @property
    def sealed_for(self) -> dict[str, UUID]:
        return {"person_id": self.person_id}

    @property
    def weekdays(self) -> list[int]:
        """0 for Monday to 6 for Sunday."""
        return [day for day in range(7) if self.days >> day & 1]
