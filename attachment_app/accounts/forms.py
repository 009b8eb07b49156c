"""Forms about people and children."""

import zoneinfo
from datetime import date, timedelta
from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .models import Child, Consent, Person
from .models.child import ChildState

MONTHS_BACK = 48  # an older child keeps the month that stands
LONGEST_ADDRESS = 254  # what the tables hold, and what mail servers take (RFC 5321)
NAME_IT = _("Give a nickname, or any name that you like.")


# Our own words for allauth's fields: the label, and what is said when nothing was written.
WORDS: dict[str, tuple[Any, Any]] = {
    "login": (_("E-mail address"), _("Write the e-mail address that you signed up with.")),
    "email": (_("E-mail address"), _("Write your e-mail address.")),
    "password": (_("Password"), _("Write your password.")),
    "oldpassword": (_("Your password now"), _("Write the password that you have now.")),
    "password1": (_("A password"), _("Choose a password.")),
    "password2": (_("The same password again"), _("Write the password a second time.")),
    "code": (_("Code"), _("Write the six figures from the mail.")),
    "remember": (_("Stay signed in on this device"), ""),
}


class InOurWords:
    """Allauth's forms, spoken as the rest of the site speaks."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in WORDS:
                field.label, field.error_messages["required"] = WORDS[name]
                field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.validators.append(MaxLengthValidator(LONGEST_ADDRESS, _("That is too long for an address.")))
                field.error_messages["invalid"] = ADDRESS
                for check in field.validators:
                    if isinstance(check, EmailValidator):
                        check.message = ADDRESS
            if name == "password1":
                field.help_text = _("Ten characters or more. A few words in a row are easy to keep in mind.")
            if name == "code":
                field.widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")


class SignupForm(InOurWords, allauth.SignupForm):  # type: ignore[misc]
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


class LoginForm(InOurWords, allauth.LoginForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(InOurWords, allauth.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(InOurWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(InOurWords, allauth.ChangePasswordForm):  # type: ignore[misc]
    pass


class AddEmailForm(InOurWords, allauth.AddEmailForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(InOurWords, allauth.ReauthenticateForm):  # type: ignore[misc]
    pass


class ConfirmEmailVerificationCodeForm(InOurWords, allauth.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class ConfirmPasswordResetCodeForm(InOurWords, allauth.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    pass


def months(today: date, also: date | None = None) -> list[tuple[str, str]]:
    """First days of months to choose from, newest first, as (2026-11-01, November 2026); `also` is one of them."""
    first = today.replace(day=1)
    choices: list[tuple[str, str]] = []
    while len(choices) < MONTHS_BACK:
        choices.append((first.isoformat(), date_format(first, "F Y")))
        first = (first - timedelta(days=1)).replace(day=1)
    if also and also.isoformat() not in dict(choices):
        choices.append((also.isoformat(), date_format(also, "F Y")))
    return choices


def zones() -> list[tuple[str, str]]:
    """Every time zone by its name, as people know it: “Europe/London”."""
    named = sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [(name, name.replace("_", " ")) for name in ["UTC", *named]]


class ZoneField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your time zone"))
        kwargs.setdefault("error_messages", {"invalid_choice": _("This is not a time zone that we know.")})
        super().__init__(choices=zones, widget=forms.Select(attrs={"data-zone": ""}), **kwargs)


class ChildForm(forms.ModelForm):  # type: ignore[type-arg]
    """A nickname and a month of birth, or that the child is expected."""

    nickname = forms.CharField(
        label=_("Nickname"),
        max_length=40,
        help_text=_("A nickname is enough. It stays out of e-mails."),
        error_messages={"required": NAME_IT, "max_length": _("That is long. Forty letters fit.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_month = forms.TypedChoiceField(
        label=_("Month of birth"),
        required=False,
        coerce=date.fromisoformat,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose a month from the list. For a month to come, tick “expected”.")},
    )
    expected = forms.BooleanField(label=_("Not born yet: we expect them"), required=False)
    due_date = forms.DateField(
        label=_("Due date"),
        required=False,
        help_text=_("If they came early, ages count from it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("We could not read this date. Write it like 2026-11-24.")},
    )

    class Meta:
        model = Child
        fields = ["nickname", "birth_month", "due_date"]

    field_order = ["nickname", "birth_month", "expected", "due_date"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["birth_month"]
        field.is_asked = True  # type: ignore[attr-defined]  # not required of a child who is expected, but not “optional”
        field.choices = [("", _("Choose")), *months(timezone.localdate(), self.instance.birth_month)]  # type: ignore[attr-defined]
        if self.instance.birth_month:
            self.initial["birth_month"] = self.instance.birth_month.isoformat()
        if not self.instance._state.adding:
            del self.fields["expected"]  # where a child is now is said on their own page

    def clean_nickname(self) -> str:
        return str(self.cleaned_data["nickname"]).strip()

    def clean_due_date(self) -> date | None:
        due: date | None = self.cleaned_data["due_date"]
        today = timezone.localdate()
        if due and not today - timedelta(days=366 * 19) <= due <= today + timedelta(days=320):
            raise forms.ValidationError(_("This date is far away. Check the year, please."))
        return due

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "birth_month" in said and not said["birth_month"] and self._is_born(said):
            self.add_error("birth_month", _("Choose a month of birth, or tick “expected”."))
        if said.get("expected"):
            said["birth_month"] = None
        return said

    def _is_born(self, said: dict[str, Any]) -> bool:
        if self.instance._state.adding:
            return not said.get("expected")
        return bool(self.instance.state == ChildState.WITH_US)


class NewChildForm(ChildForm):
    """The one page after signing up: the child, and the zone that the browser is in."""

    time_zone = ZoneField(help_text=_("Taken from your browser where it says so. It decides which day is today."))
    client_key = forms.UUIDField(widget=forms.HiddenInput)


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    name = forms.CharField(
        label=_("What your family calls you"),
        max_length=40,
        required=False,
        help_text=_("Shown beside what you log, to your family alone."),
        error_messages={"max_length": _("That is long. Forty letters fit.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    time_zone = ZoneField()

    class Meta:
        model = Person
        fields = ["name", "time_zone"]


class StateForm(forms.Form):
    state = forms.ChoiceField(choices=ChildState.choices)
