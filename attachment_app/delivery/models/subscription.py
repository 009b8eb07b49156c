"""A browser that may be pushed to, as it gave itself (Push API); gone as soon as its push service says so."""

import hashlib
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from attachment_app.lib.identifiers import uuid7

MOST = 10  # browsers of one person; with one more, the one that has been away the longest goes


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    def visible_to(self, person: AbstractBaseUser) -> "PushSubscriptionQuerySet":
        return self.filter(person_id=person.pk)

    def keep(self, person: AbstractBaseUser, endpoint: str, p256dh: str, auth: str, now: datetime) -> bool:
        """Keep a browser, or that it still stands, with its keys as they are now. False where it was known."""
        keys = {"p256dh": p256dh, "auth": auth, "checked_at": now}
        theirs = self.visible_to(person)
        _one, is_new = theirs.update_or_create(
            person_id=person.pk, endpoint=endpoint, defaults=keys, create_defaults={**keys, "made_at": now}
        )
        if is_new:
            kept = theirs.order_by("-checked_at", "-id").values_list("pk", flat=True)[:MOST]
            theirs.exclude(pk__in=list(kept)).delete()
        return is_new


class PushSubscription(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    endpoint = models.URLField(max_length=1000)
    p256dh = models.CharField(max_length=120)  # the browser's public key, URL-safe base64
    auth = models.CharField(max_length=40)  # and its secret
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField()  # the last visit on which the browser said that it stands

    objects: ClassVar = PushSubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "endpoint"], name="push_once_a_browser")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def mark(self) -> str:
        """By which a browser knows itself among those of its person, without its address being sent around."""
        return hashlib.sha256(self.endpoint.encode()).hexdigest()
