"""One message that the site starts: planned once for a date, decided with a reason, kept as a line of the inbox."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachment_app.lib.identifiers import uuid7

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

KEPT_FOR = timedelta(days=90)  # a message, its decisions and its answer


class Kind(models.TextChoices):
    """Why the site would speak. Which rules hold for which: decide.py."""

    GENTLE = "gentle", _("A gentle reminder")
    OFFER = "offer", _("A break, offered on the page")
    CHECK = "check", _("A break, offered by push")
    REST = "rest", _("Rest, after hard nights")
    CARE = "care", _("How are you?")


class State(models.TextChoices):
    WAITING = "", _("Planned")  # also while it is held back
    LEASED = "leased", _("On its way")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Not sent")
    UNKNOWN = "unknown", _("Perhaps sent")  # the sender died in between: never sent again


class Answer(models.TextChoices):
    DONE = "done", _("Done")
    NOT_NOW = "not_now", _("Not now")
    FEWER = "fewer", _("Fewer")
    STOPPED = "stopped", _("Stop all")


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def visible_to(self, person: "AbstractBaseUser") -> "OccurrenceQuerySet":
        return self.filter(person_id=person.pk)

    def in_inbox(self) -> "OccurrenceQuerySet":
        """What was said, or perhaps said; the line stands either way."""
        return self.filter(state__in=[State.LEASED, State.SENT, State.UNKNOWN])

    def not_sent(self) -> "OccurrenceQuerySet":
        """What was decided and did not come: dropped, or held back until now."""
        return self.filter(state__in=[State.DROPPED, State.WAITING], decided_at__isnull=False)

    def earlier_than(self, decided_at: datetime, pk: UUID) -> "OccurrenceQuerySet":
        """The keyset: what comes after this one in latest_first order."""
        tied = Q(decided_at=decided_at, id__lt=pk)
        return self.filter(Q(decided_at__lt=decided_at) | tied, decided_at__lte=decided_at)

    def see(self, now: datetime) -> None:
        """They are on the page that the person has before them."""
        self.filter(seen_at=None).update(seen_at=now)

    def unseen(self) -> "OccurrenceQuerySet":
        return self.in_inbox().filter(seen_at=None, answered_at=None)

    def forget(self, now: datetime, most: int = 2000) -> int:
        """Delete what was planned more than KEPT_FOR ago, so many at most; how many."""
        old = self.filter(planned_at__lt=now - KEPT_FOR).values_list("pk", flat=True)[:most]
        return self.filter(pk__in=list(old)).delete()[0]

    def latest_first(self) -> "OccurrenceQuerySet":
        return self.order_by("-decided_at", "-id")


class Occurrence(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No index of its own: the unique one begins with it.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    source = models.UUIDField()  # the rule that asked for it, or what set it off
    local_date = models.DateField()  # in the person's zone when it was planned
    slot = models.PositiveSmallIntegerField(default=0)
    about = models.UUIDField(null=True, blank=True)  # the child whom it concerns
    text = models.SlugField(max_length=40, blank=True, db_index=False)  # which of the site's texts; empty: own words
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()  # later than this it is of no use
    look_at = models.DateTimeField()  # when to decide (again): due_at, or until when it is held
    state = models.CharField(max_length=8, choices=State, default=State.WAITING, blank=True)
    reason = models.CharField(max_length=24, blank=True)  # of the last decision, as Reason in decide.py
    decided_at = models.DateTimeField(null=True, blank=True)
    decisions = models.JSONField(default=list, blank=True)  # each decision: [instant, verdict, reason]
    lease_until = models.DateTimeField(null=True, blank=True)
    channels = models.JSONField(default=dict, blank=True)  # how each one ended: {"push": "sent", "email": "failed 550"}
    token_hash = models.BinaryField(null=True, blank=True)  # SHA-256 of the token in its links
    seen_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = OccurrenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "source", "local_date", "slot"], name="occurrence_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="occurrence_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="occurrence_kind_known"),
        ]
        indexes = [
            models.Index(fields=["look_at"], condition=Q(state=""), name="occurrence_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="leased"), name="occurrence_leased"),
            models.Index(fields=["person", "-decided_at"], name="occurrence_of_person"),
            BrinIndex(fields=["planned_at"], name="occurrence_planned"),
            models.Index(fields=["token_hash"], condition=Q(token_hash__isnull=False), name="occurrence_by_token"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.local_date} ({self.state or 'planned'})"

    @property
    def is_new(self) -> bool:
        return self.seen_at is None and self.answered_at is None

    def see(self, now: datetime) -> None:
        type(self).objects.filter(pk=self.pk, seen_at=None).update(seen_at=now)
