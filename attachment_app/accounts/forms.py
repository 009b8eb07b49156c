"""Forms about people and children."""

import zoneinfo
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.account import forms as allauth
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, ProhibitNullCharactersValidator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from attachment_app.web.person import speak_as

from .models import Child, Consent, Person
from .models.child import ChildState
from .models.person import Measure

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


class Address(EmailValidator):
    message = _("Write the whole address, such as una@example.org.")

    def __call__(self, value: str | None) -> None:
        if len(value or "") > LONGEST_ADDRESS:
            raise ValidationError(self.message, code=self.code)
        super().__call__(value)


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
                field.validators = [Address(), ProhibitNullCharactersValidator()]
            if name in ("password", "oldpassword"):
                field.help_text = ""  # the way to a new password stands below the form, out of the way of the Tab key
            if name == "password1":
                field.help_text = _("Ten characters or more. A few words in a row are easy to keep in mind.")
            if name == "code":
                field.widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")


class SignupForm(InOurWords, allauth.SignupForm):  # type: ignore[misc]
    """E-mail, password, and an explicit yes to keeping what is like health data."""

    consent = forms.BooleanField(
        label=_("Yes, keep what I log for me and my family."),
        error_messages={"required": _("Tick this if you agree. Without it the site cannot keep a journal for you.")},
    )
    field_order = ["email", "password1", "consent"]

    def clean_email(self) -> str:
        """One form at a time for an address: a double tap would otherwise make the same person twice."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [self.cleaned_data["email"]])
        return str(super().clean_email())

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        """The person, or (for an address that has an account) the answer that looks the same."""
        if self.account_already_exists and (person := self._who_came_back()):
            return person, None
        made, answer = super().try_save(request)
        if made:
            speak_as(made.pk)
            Consent.give(made, Consent.Purpose.JOURNAL, at=timezone.now())
        return made, answer

    def _who_came_back(self) -> Person | None:
        """Somebody who signed up with this very address and password before and has no confirmed address yet."""
        person = Person.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if not person or EmailAddress.objects.filter(user=person, verified=True).exists():
            return None
        return person if person.check_password(self.cleaned_data["password1"]) else None


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
    first = ["UTC"] if settings.TIME_ZONE in {"UTC", *named} else ["UTC", settings.TIME_ZONE]
    return [(name, name.replace("_", " ")) for name in [*first, *named]]


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
        help_text=_("Leave it empty if you like."),
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
        name = str(self.cleaned_data["nickname"])
        if not any(letter.isprintable() and not letter.isspace() for letter in name):
            raise ValidationError(NAME_IT)  # a name that nobody can see is no link to tap
        return name

    def clean_due_date(self) -> date | None:
        due: date | None = self.cleaned_data["due_date"]
        today = timezone.localdate()
        if due and not today - timedelta(days=366 * 19) <= due <= today + timedelta(days=320):
            raise ValidationError(_("This date is far away. Check the year, please."))
        return due

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "birth_month" in said and not said["birth_month"] and self._is_born(said):
            self.add_error("birth_month", _("Choose a month of birth, or tick “expected”."))
        if said.get("birth_month") and said.get("expected"):
            self.add_error("expected", _("You chose a month of birth, too. Take one of the two away."))
        return said

    def _is_born(self, said: dict[str, Any]) -> bool:
        if self.instance._state.adding:
            return not said.get("expected")
        return bool(self.instance.state == ChildState.WITH_US)


class KeyField(forms.UUIDField):
    """What the page was given so that sending it twice is harmless. A page that lost it is taken as a new one."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> UUID:  # type: ignore[override]
        try:
            return super().to_python(value) or uuid4()
        except ValidationError:
            return uuid4()


class NewChildForm(ChildForm):
    """The one page after signing up: the child, and the zone that the browser is in."""

    time_zone = ZoneField(help_text=_("It decides when your day begins. We take it from your browser where we can."))
    client_key = KeyField(required=False)

    def __init__(self, *args: Any, asks_zone: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_zone:
            del self.fields["time_zone"]

    def as_said(self) -> dict[str, Any]:
        """What the family said about the child, by the names of its fields."""
        said = {name: self.cleaned_data[name] for name in ("nickname", "birth_month", "due_date")}
        return {**said, "state": ChildState.EXPECTED if self.cleaned_data["expected"] else ChildState.WITH_US}


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
    measure = forms.ChoiceField(
        label=_("Amounts of a feed"),
        choices=Measure.choices,
        required=False,
        help_text=_("How they are written and read."),
    )

    class Meta:
        model = Person
        fields = ["name", "time_zone", "hand", "measure"]
        help_texts = {"hand": _("The controls at the foot of a page lean towards it.")}

    def clean_measure(self) -> str:
        return self.cleaned_data["measure"] or Measure.ML


class StateForm(forms.Form):
    state = forms.ChoiceField(choices=ChildState.choices)


class EntriesForm(forms.Form):
    entries = forms.ChoiceField(choices=[("hidden", _("Put away")), ("shown", _("Shown"))])
