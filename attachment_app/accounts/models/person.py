"""A person who signs in: an e-mail address, a zone, and nothing that they need not tell."""

import uuid
import zoneinfo
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


def default_zone() -> str:
    return settings.TIME_ZONE


def is_zone(name: str) -> None:
    """Raises ValidationError for a name that is no IANA time zone."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError(_("This is not a time zone that we know.")) from error


class People(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email)


class Hand(models.TextChoices):
    """Which thumb: the controls at the foot of a page lean towards it."""

    EITHER = "", _("Either")
    LEFT = "left", _("Left")
    RIGHT = "right", _("Right")


class Measure(models.TextChoices):
    ML = "ml", _("Millilitres")
    OZ = "oz", _("Fluid ounces")


class Person(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("what your family calls you"), max_length=40, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default=default_zone, validators=[is_zone])
    hand = models.CharField(_("the hand that is free"), max_length=5, choices=Hand, default=Hand.EITHER, blank=True)
    measure = models.CharField(_("amounts"), max_length=2, choices=Measure, default=Measure.ML)
    # Which of their families they see, where they belong to several; else the one that they joined first.
    looks_at = models.ForeignKey("accounts.Family", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # When they last did anything here themselves, to some minutes, and not what it was.
    last_active_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_unique_without_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)
