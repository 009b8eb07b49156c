"""The outbox: every message that leaves stands here first, in the transaction that wanted it."""

import json
import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachment_app.delivery import payloads
from attachment_app.delivery.bell import wake

# Longer than a task may live (CELERY_TASK_TIME_LIMIT): when it runs out, whoever held the message is dead.
LEASE = timedelta(seconds=90)
BACK_OFF = (5, 30, 120, 600, 1800, 3600)  # seconds until the next try; the last one repeats
BACK_OFF_PUSH = 120  # at most: a push is of use for minutes
GIVE_UP = timedelta(hours=24)


def series_of(key: str) -> str:
    """What a push's key says before its last colon: `look-in:ID` of `look-in:ID:10` and `look-in:ID:15`."""
    return key.rpartition(":")[0] or key


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> "MessageQuerySet":
        """Waiting messages whose time has come and that nobody holds."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        return self.filter(free, outcome=Outcome.WAITING, due_at__lte=now)

    def post(
        self,
        key: str,
        to: str,
        subject: str,
        body: str,
        now: datetime,
        person: AbstractBaseUser | None = None,
        expires_at: datetime | None = None,
    ) -> "Message":
        """Put a message in the outbox; the same `key` twice is the same message, as it was first written.

        It is sent once the transaction that wanted it is committed, and not at all where that is rolled back.
        """
        words = {"to": to, "subject": subject, "body": body, "person": person}
        times = {"due_at": now, "created_at": now, "expires_at": expires_at}
        message, is_new = self.get_or_create(key=key, defaults={**words, **times})
        if is_new:
            # Robust: the page was saved, so what goes wrong with the hint must not be shown as a failed save.
            # (A partial will not do: Django logs the callback by a name that it does not have.)
            transaction.on_commit(lambda: wake(str(message.pk)), robust=True)
        return message

    def post_push(
        self,
        key: str,
        person: AbstractBaseUser,
        title: str,
        body: str,
        path: str,
        due_at: datetime,
        expires_at: datetime,
        now: datetime,
    ) -> "Message":
        """Put a push in the outbox that the person asked for; the same `key` twice is the same push.

        At `due_at` it goes to every browser on which they allow pushes, at least once to each, until `expires_at`.
        Where there is no such browser by then it fails with that as its reason, and nothing else is tried. A tap on it
        opens `path`. The words stand on a locked screen: they are neutral. On a device the newest push of the same
        `series` takes the place of the one before.
        """
        payload = payloads.packed(title, body, tag=series_of(key), url=path)
        said = {"payload": payload.decode(), "to": None, "arrived": False}
        words = {"subject": title, "body": json.dumps(said), "channel": Channel.PUSH, "person_id": person.pk}
        times = {"due_at": due_at, "created_at": now, "expires_at": expires_at}
        return self.get_or_create(key=key, defaults={**words, **times})[0]

    def cancel(self, prefix: str, person: AbstractBaseUser, now: datetime) -> int:
        """Take back the person's pushes that have not gone yet and whose key begins so; how many."""
        pushes = self.filter(channel=Channel.PUSH, person_id=person.pk, key__startswith=prefix)
        waiting = pushes.filter(outcome=Outcome.WAITING)
        return waiting.update(outcome=Outcome.CANCELLED, outcome_at=now, body="", lease_until=None)

    def lease(self, now: datetime, pk: str | None = None) -> "Message | None":
        """Take the message that is due the longest (or `pk`, if due) for LEASE; two workers never hold the same."""
        with transaction.atomic():
            due = self.due(now).order_by("due_at").select_for_update(skip_locked=True)
            message = (due.filter(pk=pk) if pk else due).first()
            if message:
                message.lease_until = now + LEASE
                message.attempts += 1
                message.save(update_fields=["lease_until", "attempts"])
        return message


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    PUSH = "push", _("Push")  # to every browser on which the person allowed it; the subject is its title


class Outcome(models.TextChoices):
    WAITING = "", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    EXPIRED = "expired", _("Too late to be of use")
    CANCELLED = "cancelled", _("No longer wanted")


class Message(models.Model):
    """One message to one address, or (channel push) to each device on which a person asked for it.

    Account mail is sent at least once: a worker that dies between the send and the mark leaves a lease that runs
    out, and the mail goes again. Its text is blanked as soon as it is sent or of no more use.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.EMAIL)
    to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.WAITING, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar = MessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(outcome=""), name="message_waiting")]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="message_outcome_known"),
            models.CheckConstraint(
                condition=Q(channel="email") & ~Q(to="") | Q(channel="push", person__isnull=False),
                name="message_has_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.outcome or 'waiting'})"

    @property
    def series(self) -> str:
        return series_of(self.key)

    def has_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now

    def is_given_up(self, now: datetime) -> bool:
        """Tried before, and for too long. A message that nobody could try while the site was off still gets its try."""
        return self.attempts > 1 and now - self.created_at >= GIVE_UP

    def close(self, outcome: str, now: datetime, reason: str = "") -> bool:
        """Write down how it ended and blank the text. False where another worker had done so before."""
        return bool(
            type(self)
            .objects.filter(pk=self.pk, outcome=Outcome.WAITING)
            .update(outcome=outcome, outcome_at=now, reason=reason[:200], body="", lease_until=None)
        )

    def narrow(self, body: str) -> None:
        """Another try is for some of the browsers only: the others have it."""
        mine = type(self).objects.filter(pk=self.pk, outcome=Outcome.WAITING, lease_until=self.lease_until)
        mine.update(body=body)

    def retry(self, now: datetime, reason: str) -> None:
        """Try again later, ever later; after GIVE_UP say that it could not be sent."""
        if now - self.created_at >= GIVE_UP:
            self.close(Outcome.FAILED, now, reason)
            return
        wait = BACK_OFF[min(self.attempts, len(BACK_OFF)) - 1]
        due_at = now + timedelta(seconds=min(wait, BACK_OFF_PUSH) if self.channel == Channel.PUSH else wait)
        if self.expires_at:
            due_at = min(due_at, self.expires_at)  # then it is closed, and its text goes
        # Only while the lease is still ours: a worker that was slow must not free what another now holds.
        type(self).objects.filter(pk=self.pk, outcome=Outcome.WAITING, lease_until=self.lease_until).update(
            due_at=due_at, lease_until=None, reason=reason[:200]
        )
