"""What a person agreed to, word for word by its version, and when they took it back."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachment_app.lib.identifiers import uuid7


class Consent(models.Model):
    class Purpose(models.TextChoices):
        JOURNAL = "journal", _("Keeping what you log about you and your child")

    # A new wording gets a new version; the old rows keep saying what was on the page then.
    VERSION = "2026-11"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "version"],
                condition=Q(withdrawn_at=None),
                name="consent_once_a_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"

    @classmethod
    def give(cls, person: models.Model, purpose: str, at: datetime) -> None:
        """Write down that `person` said yes at `at` (UTC). Said twice, it stands once."""
        cls.objects.get_or_create(
            person=person, purpose=purpose, version=cls.VERSION, withdrawn_at=None, defaults={"given_at": at}
        )
