"""One try within a soothing: a guess, a response, and how it went."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Family, Person
from attachment_app.lib.identifiers import uuid7
from journal.vocabulary import Guess, Response

from .exchange import Exchange


class Result(models.TextChoices):
    SETTLED = "settled", _("Settled")
    A_BIT = "a_bit", _("A bit")
    NOT_YET = "not_yet", _("Not yet")


class StepQuerySet(models.QuerySet["Step"]):
    def tell(
        self, exchange: Exchange, author: Person, client_key: UUID, at: datetime, guess: str, response: str, result: str
    ) -> "Step | None":
        """Write down one step as far as it is known; None where nothing was said yet.

        The key names the step: sent again it changes the one row, so a tap can be corrected and a repeat is
        harmless. A result closes the step at `at`; *settled* ends the exchange too.
        """
        with transaction.atomic():
            Exchange.objects.select_for_update().get(pk=exchange.pk)  # two thumbs at once: one after the other
            step = self.filter(family_id=exchange.family_id, exchange=exchange, client_key=client_key).first()
            if step is None:
                if not (guess or response or result):
                    return None
                last = self.filter(exchange=exchange).aggregate(last=Max("position"))["last"] or 0
                step = Step(
                    family_id=exchange.family_id,
                    exchange=exchange,
                    author=author,
                    client_key=client_key,
                    position=last + 1,
                    started_at=at,
                )
            step.guess, step.response = guess or step.guess, response or step.response
            if result and result != step.result:
                step.result, step.ended_at = result, at
            step.save()
            if result == Result.SETTLED:
                exchange.end(at)
            return step


class Step(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="steps")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField()
    guess = models.CharField(max_length=8, choices=Guess, blank=True)
    response = models.CharField(max_length=8, choices=Response, blank=True)
    result = models.CharField(max_length=8, choices=Result, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField()

    objects: ClassVar = StepQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["family", "client_key"], name="step_once_a_form"),
            models.UniqueConstraint(fields=["exchange", "position"], name="step_in_order"),
            models.CheckConstraint(condition=Q(result__in=["", *Result.values]), name="step_result_known"),
        ]
        indexes = [
            models.Index(fields=["author", "ended_at"], condition=Q(result="not_yet"), name="step_not_yet_of_author")
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.guess} {self.response} {self.result}"

    @property
    def is_told(self) -> bool:
        """A try that somebody spoke of: one with a result, or at least with what was done."""
        return bool(self.result or self.response)

    @property
    def is_open(self) -> bool:
        return not self.result

    @property
    def minutes(self) -> int | None:
        """Whole minutes that the try took; None while it is open."""
        return int((self.ended_at - self.started_at).total_seconds() // 60) if self.ended_at else None
