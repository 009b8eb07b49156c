"""A pause of a running timer. How long an exchange went on is derived: from its ends, less its pauses."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from attachment_app.accounts.models import Family
from attachment_app.lib.identifiers import uuid7

from .exchange import Exchange


class PauseQuerySet(models.QuerySet["Pause"]):
    def begin(self, exchange: Exchange, at: datetime) -> None:
        """Stop the clock for a while. Said twice, it is one pause."""
        self.bulk_create([Pause(family_id=exchange.family_id, exchange=exchange, started_at=at)], ignore_conflicts=True)

    def end(self, exchange: Exchange, at: datetime) -> None:
        """Let the clock go on."""
        self.filter(exchange=exchange, ended_at=None).update(ended_at=at)


class Pause(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = PauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exchange"], condition=Q(ended_at=None), name="one_pause_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%H:%M}"
