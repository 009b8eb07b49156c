"""One exchange between a child and whoever was with them: feeding, soothing or play."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Child, Family, Membership, Person
from attachment_app.lib.identifiers import uuid7
from journal.vocabulary import Connection, Cue, Method, Occasion, PlayKind, Side

if TYPE_CHECKING:
    from .step import Step

STILL = timedelta(hours=2)  # an older timer was forgotten: a new tap starts a new exchange
LONG = timedelta(hours=4)  # longer than this is asked about kindly, never refused


class Kind(models.TextChoices):
    FEEDING = "feeding", _("Feeding")
    SOOTHING = "soothing", _("Soothing")
    PLAY = "play", _("Play")


@dataclass(frozen=True)
class Place:
    """Where a page of the timeline ends: the last exchange on it."""

    started_at: datetime
    id: UUID


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    def visible_to(self, person: Person) -> "ExchangeQuerySet":
        """Exchanges of the families that this person belongs to, those removed left out."""
        return self.filter(family__memberships__in=Membership.objects.of(person), removed_at=None)

    def kept_by(self, person: Person) -> "ExchangeQuerySet":
        """Exchanges that this person may change: a parent's all, a carer's own. Removed ones too, to bring back."""
        members = Membership.objects.of(person)
        parent = Q(family__memberships__in=members.parents())
        own = Q(family__memberships__in=members.who_log(), author=person)
        return self.filter(parent | own)

    def joined_by(self, person: Person) -> "ExchangeQuerySet":
        """Exchanges to which this person may add what is their own: of the families in which they log."""
        return self.filter(family__memberships__in=Membership.objects.of(person).who_log(), removed_at=None)

    def shown(self) -> "ExchangeQuerySet":
        """Without the entries of a child whose entries the family put away."""
        return self.filter(child__entries_hidden_at=None)

    def running(self) -> "ExchangeQuerySet":
        return self.filter(ended_at=None)

    def still_soothing(self, children: list[Child], now: datetime) -> "Exchange | None":
        """The soothing that is going on for all of `children`: a tap at three in the morning goes back to it."""
        running = self.running().filter(kind=Kind.SOOTHING, started_at__gt=now - STILL, child__in=children)
        found = list(running.latest_first())
        return found[0] if len({exchange.child_id for exchange in found}) == len(children) else None

    def latest_first(self) -> "ExchangeQuerySet":
        return self.order_by("-started_at", "-id")

    def earlier_than(self, place: Place) -> "ExchangeQuerySet":
        """The keyset: what comes after `place` in latest_first order."""
        tied = Q(started_at=place.started_at, id__lt=place.id)
        return self.filter(Q(started_at__lt=place.started_at) | tied, started_at__lte=place.started_at)

    def with_tale(self) -> "ExchangeQuerySet":
        """With everything that one line of the timeline reads, in a fixed number of queries."""
        return self.select_related("author", "child").prefetch_related("steps")

    def log(self, kind: str, child: Child, author: Person, client_key: UUID, at: datetime) -> "tuple[Exchange, bool]":
        """Log `kind` for `child` as of `at`; the same form sent twice is the one row (and False).

        Soothing starts with its timer running; feeding and play are a moment until someone starts the timer.
        """
        key = uuid5(client_key, str(child.pk))  # one tap may log for twins: one key each
        fresh = Exchange(
            family_id=child.family_id,
            child=child,
            author=author,
            kind=kind,
            client_key=key,
            started_at=at,
            ended_at=None if kind == Kind.SOOTHING else at,
        )
        # ON CONFLICT DO NOTHING, then read: whoever came first is the row, and nobody is refused.
        self.bulk_create([fresh], ignore_conflicts=True)
        exchange = self.get(family_id=child.family_id, client_key=key)
        return exchange, exchange.pk == fresh.pk


class Exchange(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="exchanges")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # empty: the timer runs
    cues = ArrayField(models.CharField(max_length=12, choices=Cue), default=list, blank=True)
    connection = ArrayField(models.CharField(max_length=12, choices=Connection), default=list, blank=True)
    occasion = models.CharField(max_length=10, choices=Occasion, blank=True)
    method = models.CharField(max_length=6, choices=Method, blank=True)
    side = models.CharField(max_length=5, choices=Side, blank=True)
    amount_ml = models.PositiveSmallIntegerField(null=True, blank=True)
    play = ArrayField(models.CharField(max_length=10, choices=PlayKind), default=list, blank=True)
    turns = models.PositiveSmallIntegerField(default=0)
    client_key = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ExchangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "client_key"], name="exchange_once_a_form"),
            models.UniqueConstraint(fields=["family", "id"], name="exchange_of_family"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="exchange_kind_known"),
        ]
        indexes = [
            models.Index(
                fields=["family", "-started_at", "-id"], condition=Q(removed_at=None), name="exchange_timeline"
            ),
            models.Index(fields=["family", "kind", "-started_at"], condition=Q(removed_at=None), name="exchange_since"),
            models.Index(fields=["family"], condition=Q(ended_at=None, removed_at=None), name="exchange_running"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d %H:%M}"

    def end(self, at: datetime) -> bool:
        """Stop the timer. False where somebody had stopped it before: theirs stands."""
        ended = type(self).objects.filter(pk=self.pk, ended_at=None).update(ended_at=at)
        self.refresh_from_db(fields=["ended_at"])
        return bool(ended)

    def carry_on(self) -> None:
        """Start the timer (again), counting from when the exchange started."""
        self.ended_at = None
        self.save(update_fields=["ended_at"])

    def remove(self, at: datetime) -> None:
        """Put the exchange away; it can be brought back (see bring_back)."""
        type(self).objects.filter(pk=self.pk, removed_at=None).update(removed_at=at)

    def bring_back(self) -> None:
        self.removed_at = None
        self.save(update_fields=["removed_at"])

    def count_turns(self, turns: int) -> None:
        """Write down how often it went to and fro: the number itself, so that a repeat counts nothing twice."""
        self.turns = turns
        self.save(update_fields=["turns"])

    @property
    def is_running(self) -> bool:
        return self.ended_at is None

    @property
    def is_soothing(self) -> bool:
        return self.kind == Kind.SOOTHING

    @property
    def duration(self) -> timedelta | None:
        """How long it went on; None while it runs, for a moment, and where the end lies before the start."""
        if self.ended_at is None or self.ended_at <= self.started_at:
            return None
        return self.ended_at - self.started_at

    @property
    def tried(self) -> "list[Step]":
        return [step for step in self.steps.all() if step.is_told]

    @property
    def outcome(self) -> str:
        """The result of the last step that has one; an outcome is never stored twice."""
        results = [step.result for step in self.steps.all() if step.result]
        return results[-1] if results else ""

    @property
    def is_found_together(self) -> bool:
        """A mismatch, and then it fitted: two or more tries, the last of them settled."""
        return len(self.tried) >= 2 and self.outcome == "settled"

    @property
    def is_stayed_with(self) -> bool:
        """It never settled, and somebody stayed. That is an outcome of its own."""
        return self.is_soothing and not self.is_running and bool(self.tried) and self.outcome != "settled"

    def odd(self, now: datetime) -> str:
        """What might be a slip of the thumb, as a quiet question; empty where nothing is."""
        if self.started_at > now + timedelta(minutes=5):
            return gettext("This starts in the future. Check the time, if you like.")
        if self.started_at.year < 2015:
            return gettext("This is a long time ago. Check the date, if you like.")
        if self.ended_at and self.ended_at < self.started_at:
            return gettext("This ends before it starts. Check the times, if you like.")
        if (self.ended_at or now) - self.started_at > LONG:
            return gettext("This is a long one. Check the times, if you like.")
        return ""
