"""What a parent shares with one group, purpose by purpose; off until they say so, and every change is kept."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Person

from .article_read import ArticleRead
from .group import ParentingGroup
from .membership import GroupMembership


class Purpose(models.TextChoices):
    EXCHANGES = "exchanges", _("What we log together")
    ARTICLES = "articles", _("Which topics I read about")
    OWN = "own", _("How I was, and breaks that I took")
    POOL = "pool", _("Being counted with other groups where ours is too small")


# In one group at a time: two summaries of the same days with the same person in them could be compared.
COUNTED = (Purpose.EXCHANGES, Purpose.ARTICLES, Purpose.OWN)


class SharedElsewhere(Exception):
    """This is shared with another group already: a parent counts in one group at a time."""


class GroupConsentQuerySet(models.QuerySet["GroupConsent"]):
    def visible_to(self, person: Person) -> "GroupConsentQuerySet":
        """Their own, history included. Nobody else sees these: not the facilitator, not the other parent."""
        return self.filter(person_id=person.pk)

    def standing(self) -> "GroupConsentQuerySet":
        return self.filter(withdrawn_at=None)

    def history(self) -> "GroupConsentQuerySet":
        return self.order_by("-given_at")

    def give(self, group: ParentingGroup, person: Person, purpose: str, at: datetime) -> "GroupConsent":
        """Say yes to `purpose` in `group`, and that one is 18 or older (the page asks both with the one switch).

        Said twice it stands once. Counts from the next window that begins. Raises SharedElsewhere; the database
        refuses somebody who is no approved member.
        """
        self._leave_what_ended(person, at)
        standing = self.visible_to(person).standing().filter(purpose=purpose)
        if purpose in COUNTED and standing.exclude(group=group).exists():
            raise SharedElsewhere
        said = {"version": GroupConsent.VERSION, "given_at": at, "adult_said_at": at}
        with transaction.atomic():
            given, _is_new = standing.get_or_create(
                group=group, person=person, purpose=purpose, withdrawn_at=None, defaults=said
            )
        return given  # type: ignore[no-any-return]

    def withdraw(self, group_id: UUID, person: Person, purpose: str, at: datetime) -> bool:
        """One tap; the window that is running does not count it any more. False where it did not stand."""
        mine = self.visible_to(person).standing().filter(group_id=group_id, purpose=purpose)
        if purpose == Purpose.ARTICLES:
            ArticleRead.objects.visible_to(person).delete()
        return bool(mine.update(withdrawn_at=at))

    def withdraw_all(self, membership: GroupMembership, at: datetime) -> None:
        """With a membership that its parent ends."""
        self.standing().filter(group_id=membership.group_id, person_id=membership.person_id).update(withdrawn_at=at)

    def _leave_what_ended(self, person: Person, at: datetime) -> None:
        """Where a facilitator ended the membership or the group, the consents stand, and count for nothing."""
        joined = GroupMembership.objects.of(person).filter(group__ended_at=None)
        self.visible_to(person).standing().exclude(group_id__in=joined.values("group_id")).update(withdrawn_at=at)


class GroupConsent(models.Model):
    # A new wording gets a new version; the old rows keep saying what was on the page then.
    VERSION = "2026-11"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(ParentingGroup, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose)
    version = models.CharField(max_length=20)
    adult_said_at = models.DateTimeField()  # "I am 18 or older": there is no consent without it
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = GroupConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person", "purpose"], condition=Q(withdrawn_at=None), name="group_consent_once"
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None, purpose__in=["exchanges", "articles", "own"]),
                name="group_consent_in_one_group",
            ),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="group_consent_purpose_known"),
        ]
        indexes = [
            models.Index(fields=["group", "purpose"], condition=Q(withdrawn_at=None), name="group_consent_standing")
        ]

    def __str__(self) -> str:
        return self.purpose
