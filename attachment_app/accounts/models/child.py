"""A child, or one who is expected. Its state silences at once whatever the site would say about it."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachment_app.lib import ages
from attachment_app.lib.identifiers import uuid7

from .family import Family, Membership

if TYPE_CHECKING:
    from .person import Person


class ChildState(models.TextChoices):
    EXPECTED = "expected", _("Expected")
    WITH_US = "with_us", _("With us")
    NOT_WITH_US_NOW = "not_with_us_now", _("Not with us now")
    LOST = "lost", _("We lost our baby")


class ChildQuerySet(models.QuerySet["Child"]):
    def visible_to(self, person: "Person") -> "ChildQuerySet":
        """Children of the families that this person belongs to."""
        return self.filter(family__memberships__in=Membership.objects.of(person))

    def kept_by(self, person: "Person") -> "ChildQuerySet":
        """Children whose details this person may change: a parent's alone."""
        return self.filter(family__memberships__in=Membership.objects.of(person).parents())

    def loggable_by(self, person: "Person") -> "ChildQuerySet":
        """Children for whom this person may log now."""
        members = Membership.objects.of(person).who_log()
        return self.filter(family__memberships__in=members, state=ChildState.WITH_US)

    def spoken_of(self) -> "ChildQuerySet":
        """Children about whom the site may start to speak: ages, names in the frame, ideas, reminders."""
        return self.filter(state__in=[ChildState.EXPECTED, ChildState.WITH_US])

    def add(self, family: Family, client_key: UUID, said: Mapping[str, Any], at: datetime) -> "Child":
        """A child of this family as the page described it (nickname, birth_month, due_date, state).

        The same page sent again is the same child, also where the child was changed since. Sent with other words
        (back, corrected, sent) it is a correction.
        """
        now = {**said, "state_since": at, "form_digest": _digest(said)}
        child, is_new = self.get_or_create(family=family, client_key=client_key, defaults=now)
        if not is_new and child.form_digest != now["form_digest"]:
            self.filter(pk=child.pk).update(**now)
            child.refresh_from_db()
        return child

    def eldest_first(self) -> "ChildQuerySet":
        return self.order_by("birth_month", "created_at", "id")


def _digest(said: Mapping[str, Any]) -> str:
    words = "\n".join(f"{name}={said[name]}" for name in sorted(said))
    return hashlib.sha256(words.encode()).hexdigest()


class Child(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="children")
    nickname = models.CharField(_("nickname"), max_length=40)
    birth_month = models.DateField(_("month of birth"), null=True, blank=True)
    due_date = models.DateField(_("due date"), null=True, blank=True)
    state = models.CharField(max_length=16, choices=ChildState, default=ChildState.WITH_US)
    state_since = models.DateTimeField()
    entries_hidden_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # The page that made the child, so that a form sent twice makes one child, and what it said the last time.
    client_key = models.UUIDField()
    form_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects: ClassVar = ChildQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "children"
        constraints = [
            models.UniqueConstraint(fields=["family", "client_key"], name="child_once_a_form"),
            models.UniqueConstraint(fields=["family", "id"], name="child_of_family"),
            models.CheckConstraint(condition=Q(state__in=ChildState.values), name="child_state_known"),
            models.CheckConstraint(
                condition=Q(birth_month=None) | Q(birth_month__day=1), name="birth_month_is_a_first_day"
            ),
        ]

    def __str__(self) -> str:
        return self.nickname

    def say(self, state: str, at: datetime) -> None:
        """The family's own word for where this child is now; no reason is asked and it can be said anew."""
        if state == self.state:
            return  # said twice: it has been so since the first time
        self.state, self.state_since = state, at
        if state in self.SPOKEN_OF:
            self.entries_hidden_at = None
        self.save(update_fields=["state", "state_since", "entries_hidden_at"])

    def hide_entries(self, at: datetime | None) -> None:
        """Leave this child's entries out of Today and the timeline, or (None) show them again. None is deleted."""
        self.entries_hidden_at = at
        self.save(update_fields=["entries_hidden_at"])

    SPOKEN_OF: ClassVar = (ChildState.EXPECTED, ChildState.WITH_US)

    @property
    def by_age(self) -> tuple[date, datetime, str]:
        """Sorts the eldest first; a child without a month comes last."""
        return (self.birth_month or date.max, self.created_at, str(self.pk))

    @property
    def is_spoken_of(self) -> bool:
        return self.state in self.SPOKEN_OF

    @property
    def is_with_us(self) -> bool:
        return self.state == ChildState.WITH_US

    def age_in_words(self, today: date) -> str:
        """“11 weeks”, “7 months”, “2 years”; empty where the site does not speak of an age."""
        if self.state != ChildState.WITH_US or not self.birth_month:
            return ""
        return ages.in_words(self.birth_month, today)
