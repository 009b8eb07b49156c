"""An invitation to a group: a link that nobody can guess, or a short code to be typed. Only a mark of it is stored."""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import connection, models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Person

from .group import ParentingGroup

# Without vowels and look-alikes: nothing to misread, and no word comes about by chance.
LETTERS = "BCDFGHJKMNPQRTVWXY346789"
CODE_LENGTH = 8  # 24 ** 8 codes, and ten tries an hour
CODE_LASTS, LINK_LASTS = timedelta(days=14), timedelta(days=30)
TRIES, TRIES_IN = 10, 60 * 60  # seconds


class TooManyTries(Exception):
    """Ten codes that fit nothing within an hour: ask again later."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def led_by(self, person: Person) -> "InvitationQuerySet":
        return self.filter(group__facilitator_id=person.pk)

    def open_at(self, now: datetime) -> "InvitationQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=now)

    def make(self, group: ParentingGroup, kind: str, at: datetime) -> "tuple[Invitation, str]":
        """A new invitation and its words, which are shown this once: a token for a link, or a code like `BCDF-GHJK`."""
        if kind == Invitation.Kind.CODE:
            said, lasts = "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH)), CODE_LASTS
        else:
            said, lasts = secrets.token_urlsafe(32), LINK_LASTS
        made = self.create(group=group, kind=kind, mark=mark(said), created_at=at, expires_at=at + lasts)
        return made, f"{said[:4]}-{said[4:]}" if kind == Invitation.Kind.CODE else said

    def accepted(self, said: str, person: Person, now: datetime) -> UUID | None:
        """The group that a link's token or a typed code opens for `person`, or None. Raises TooManyTries.

        To the end of the transaction the database lets this person see that group and ask to join it.
        """
        tries = f"group-codes-{person.pk}"
        if cache.get(tries, 0) >= TRIES:
            raise TooManyTries
        with connection.cursor() as cursor:
            cursor.execute("SELECT open_invitation(%s, %s)", [mark(said), now])
            (found,) = cursor.fetchone()
        if found is None and not cache.add(tries, 1, TRIES_IN):
            cache.incr(tries)
        return found  # type: ignore[no-any-return]


class Invitation(models.Model):
    class Kind(models.TextChoices):
        LINK = "link", _("A link")
        CODE = "code", _("A code to type")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(ParentingGroup, on_delete=models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=4, choices=Kind)
    mark = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)  # never the words

    def revoke(self, at: datetime) -> bool:
        """It opens nothing from now on. False where it was revoked before."""
        return bool(type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=at))


def mark(said: str) -> str:
    """What is stored of a token or code: keyed, so that the table alone does not let anyone try codes."""
    plain = said.strip()
    typed = plain.replace("-", "").replace(" ", "").upper()
    if len(typed) == CODE_LENGTH:
        plain = typed
    return salted_hmac("attachment_app.groups.invitation", plain, algorithm="sha256").hexdigest()
