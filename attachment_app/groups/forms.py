"""Forms of groups: making one, what its page says, asking to join, sharing, and what comes afterwards."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attachment_app.web.fields import LocalInstantField
from guidance.models import Article

from .models.group import SUGGESTIONS

UNSEEN = _("Give a name that can be read.")


def readable(name: str) -> None:
    """Raises ValidationError for a name of which nothing can be seen."""
    if not any(letter.isprintable() and not letter.isspace() for letter in name):
        raise ValidationError(UNSEEN)


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the group"),
        max_length=60,
        validators=[readable],
        help_text=_("The parents see it. “Tuesday group” will do."),
        error_messages={
            "required": _("Give the group a name."),
            "max_length": _("That is long. Sixty letters fit."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code that you were given"),
        max_length=80,
        error_messages={"required": _("Type the code."), "max_length": _("We do not know this code.")},
        help_text=_("Eight letters and figures. Small or capital, with or without the dash."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class AskForm(forms.Form):
    known_as = forms.CharField(
        label=_("Your name in the group"),
        max_length=40,
        validators=[readable],
        help_text=_("What the others call you. The facilitator sees this name, and not your address."),
        error_messages={
            "required": _("Say what the group calls you."),
            "max_length": _("That is long. Forty letters fit."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ConsentForm(forms.Form):
    adult = forms.BooleanField(
        label=_("I am 18 or older."),
        error_messages={
            "required": _("Sharing is for people who are 18 or older. Tick this if you are. All else is here for you.")
        },
    )


class WordsForm(forms.Form):
    """What the parents read on the group's page."""

    meets_at = LocalInstantField(label=_("Next meeting"), required=False)
    meets_where = forms.CharField(
        label=_("Where"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("That is long. Two hundred letters fit.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("A note to the parents"),
        max_length=2000,
        required=False,
        help_text=_("Everybody in the group reads it. Best without the names of children."),
        error_messages={"max_length": _("That is long. Two thousand letters fit.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    suggested = forms.MultipleChoiceField(
        label=_("Articles to read before you meet"),
        required=False,
        error_messages={"invalid_choice": _("One of these articles is not there any more.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, articles: list[Article], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["suggested"].choices = [(one.slug, one.title) for one in articles]  # type: ignore[attr-defined]
        self.fields["meets_at"].help_text = _("In your time zone, %(zone)s.") % {"zone": zone.replace("_", " ")}

    def clean_suggested(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["suggested"]
        if len(chosen) > SUGGESTIONS:
            raise ValidationError(_("Six articles are the most. Take some away."))
        return chosen


class FollowUpForm(forms.Form):
    on = forms.DateField(
        label=_("The day on which you meet again, or write to each other"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day. It can be changed."),
            "invalid": _("We could not read this date. Write it like 2026-11-24."),
        },
    )
    words = forms.CharField(
        label=_("What you want to say then"),
        max_length=1000,
        required=False,
        help_text=_("For you alone. Nothing is sent."),
        error_messages={"max_length": _("That is long. A thousand letters fit.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if abs(on - timezone.localdate()) > timedelta(days=3 * 366):
            raise ValidationError(_("This date is far away. Check the year, please."))
        return on
