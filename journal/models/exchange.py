"""One exchange between a child and whoever was with them: feeding, soothing or play."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid5

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext

from attachment_app.accounts.household import Household
from attachment_app.accounts.models import Child, Family, Membership, Person
from attachment_app.lib.identifiers import uuid7
from journal.vocabulary import Began, Connection, Cue, Method, Occasion, PlayKind, Side

from .kind import EXCHANGES, TIMED, FamilyKind, Kind

if TYPE_CHECKING:
    from .step import Step

# An older timer was forgotten: a new tap starts a new exchange.
STILL: dict[str, timedelta] = {Kind.SOOTHING: timedelta(hours=2), Kind.SLEEP: timedelta(hours=14)}
LONG: dict[str, timedelta] = {Kind.SLEEP: timedelta(hours=14)}  # longer than this is asked about kindly, never refused
KEPT_FOR = timedelta(days=30)  # what was taken away can be brought back for so long
USUALLY_LONG = timedelta(hours=4)


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

    def seen_in(self, home: Household) -> "ExchangeQuerySet":
        """Exchanges of one family, those removed and those of a child whose entries were put away left out.

        A household is what the person belongs to, so this is as narrow as visible_to; it names the one family, which
        lets the index give the order.
        """
        seen = self.filter(family_id=home.family_id, removed_at=None)
        return seen.exclude(child_id__in=home.put_away) if home.put_away else seen

    def running(self) -> "ExchangeQuerySet":
        return self.filter(ended_at=None)

    def still(self, kind: str, children: list[Child], now: datetime) -> "Exchange | None":
        """The soothing (or sleep) that is going on for all of `children`: a tap at night goes back to it."""
        running = self.running().filter(kind=kind, started_at__gt=now - STILL[kind], child__in=children)
        found = list(running.latest_first())
        return found[0] if len({exchange.child_id for exchange in found}) == len(children) else None

    def latest_first(self) -> "ExchangeQuerySet":
        return self.order_by("-started_at", "-id")

    def earlier_than(self, place: Place) -> "ExchangeQuerySet":
        """The keyset: what comes after `place` in latest_first order."""
        tied = Q(started_at=place.started_at, id__lt=place.id)
        return self.filter(Q(started_at__lt=place.started_at) | tied, started_at__lte=place.started_at)

    def with_line(self) -> "ExchangeQuerySet":
        """With what a line reads of other tables, in the same query: author, child, kind, pauses."""
        pauses = apps.get_model("journal", "Pause").objects.filter(exchange=OuterRef("pk"))
        length = F("ended_at") - F("started_at")
        whole = pauses.order_by().values("exchange").annotate(whole=Sum(length)).values("whole")
        return self.select_related("author", "child", "family_kind").annotate(
            pauses_length=Subquery(whole), pause_began=Subquery(pauses.filter(ended_at=None).values("started_at")[:1])
        )

    def with_tale(self) -> "ExchangeQuerySet":
        """With everything that one line of the timeline reads, in two queries."""
        return self.with_line().prefetch_related("steps")

    def log(
        self, kind: str, child: Child, author: Person, client_key: UUID, at: datetime, own: FamilyKind | None = None
    ) -> "tuple[Exchange, bool]":
        """Log `kind` (or the family's `own` kind) for `child` as of `at`; the same form sent twice is the one row.

        False where it was there before. Soothing and sleep start with their timer running; the others are a moment
        until someone starts the timer.
        """
        key = uuid5(client_key, str(child.pk))  # one tap may log for twins: one key each
        fresh = Exchange(
            family_id=child.family_id,
            child=child,
            author=author,
            kind="" if own else kind,
            family_kind=own,
            client_key=key,
            started_at=at,
            ended_at=None if not own and kind in TIMED else at,
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
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    family_kind = models.ForeignKey(FamilyKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
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
    began = models.CharField(max_length=5, choices=Began, blank=True)
    # A timer that seems forgotten: when it may have ended (a question, never an answer), and when we last asked.
    proposed_end_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ExchangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "client_key"], name="exchange_once_a_form"),
            models.UniqueConstraint(fields=["family", "id"], name="exchange_of_family"),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values, family_kind=None) | Q(kind="", family_kind__isnull=False),
                name="exchange_has_one_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["family", "-started_at", "-id"], condition=Q(removed_at=None), name="exchange_timeline"
            ),
            models.Index(fields=["family", "kind", "-started_at"], condition=Q(removed_at=None), name="exchange_since"),
            models.Index(fields=["family"], condition=Q(ended_at=None, removed_at=None), name="exchange_running"),
            models.Index(
                fields=["author"], condition=Q(ended_at=None, removed_at=None), name="exchange_running_of_author"
            ),
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="exchange_removed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind or 'own'} {self.started_at:%Y-%m-%d %H:%M}"

    def end(self, at: datetime) -> bool:
        """Stop the timer. False where somebody had stopped it before: theirs stands."""
        ended = type(self).objects.filter(pk=self.pk, ended_at=None).update(ended_at=at, proposed_end_at=None)
        self.pauses.filter(ended_at=None).update(ended_at=at)  # type: ignore[attr-defined]
        self.refresh_from_db(fields=["ended_at", "proposed_end_at"])
        return bool(ended)

    def carry_on(self, at: datetime) -> None:
        """Start the timer (again), counting from when the exchange started; nothing is proposed for a while."""
        self.ended_at, self.proposed_end_at, self.asked_at = None, None, at
        self.save(update_fields=["ended_at", "proposed_end_at", "asked_at"])

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
    def paused(self) -> timedelta:
        """How long the timer has been paused in all, as with_line read it."""
        return getattr(self, "pauses_length", None) or timedelta(0)

    @property
    def paused_since(self) -> datetime | None:
        return getattr(self, "pause_began", None)

    @property
    def duration(self) -> timedelta | None:
        """How long it went on, pauses left out; None while it runs, for a moment, and where it ends too early."""
        if self.ended_at is None or self.ended_at <= self.started_at:
            return None
        return max(timedelta(0), self.ended_at - self.started_at - self.paused)

    @property
    def counts_from(self) -> datetime:
        """The instant from which a running clock counts: its start, moved on by the pauses there were."""
        return self.started_at + self.paused

    @property
    def what(self) -> str:
        """The kind in words."""
        return self.family_kind.name if self.family_kind else self.get_kind_display()

    @property
    def shape(self) -> str:
        return self.family_kind.shape if self.family_kind else self.kind

    @property
    def colour(self) -> str:
        """The name of its colour, as `kind--…` classes have it."""
        return self.family_kind.colour if self.family_kind else self.kind

    @property
    def is_context(self) -> bool:
        """A light entry, around the exchanges that the site is about."""
        return self.kind not in EXCHANGES

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
        if (self.ended_at or now) - self.started_at > LONG.get(self.kind, USUALLY_LONG):
            return gettext("This is a long one. Check the times, if you like.")
        return ""
