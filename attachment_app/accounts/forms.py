"""Forms about people and children."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Consent


class SignupForm(AllauthSignupForm):  # type: ignore[misc]
    """E-mail, password, and an explicit yes to keeping what is like health data."""

    consent = forms.BooleanField(
        label=_("Yes, keep what I log for me. I can take this back at any time."),
        error_messages={"required": _("Tick this if you agree. Without it the site cannot keep a journal for you.")},
    )
    field_order = ["email", "password1", "consent"]

    def save(self, request: HttpRequest) -> Any:
        person = super().save(request)
        if person:  # None where the address has an account: the answer on the page is the same
            Consent.give(person, Consent.Purpose.JOURNAL, at=timezone.now())
        return person

