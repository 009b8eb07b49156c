"""A browser that may be pushed to, as it gave itself (Push API); gone as soon as its push service says so."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from attachment_app.lib.identifiers import uuid7


class PushSubscription(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    endpoint = models.URLField(max_length=1000)
    p256dh = models.CharField(max_length=120)  # the browser's public key, URL-safe base64
    auth = models.CharField(max_length=40)  # and its secret
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField()  # the last visit on which the browser said that it stands

    objects: ClassVar = models.Manager["PushSubscription"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "endpoint"], name="push_once_a_browser")]

    def __str__(self) -> str:
        return str(self.id)
