"""Forms for breaks, plans and people to ring."""

import re
from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Ending, Trigger
from .models.contact import LONGEST_NAME, LONGEST_NUMBER
from .models.plan import LONGEST_PART

_TOO_LONG = _("That is long: %(limit_value)s letters fit. What you wrote is still here.")


class StartForm(forms.Form):
    """A break that starts now. With neither box ticked nothing of it is written down."""

    check = forms.BooleanField(label=_("Check on me: a push at 10 and at 15 minutes"), required=False)
    keep = forms.BooleanField(label=_("Keep a note of this break, for me alone"), required=False)
    trigger = forms.CharField(required=False)
    client_key = forms.UUIDField()
    # Seconds for which it has been going on, where the page counted already; what is past is not pushed.
    gone = forms.IntegerField(required=False, min_value=0, max_value=24 * 3600)

    def clean_gone(self) -> timedelta:
        return timedelta(seconds=self.cleaned_data["gone"] or 0)

    def clean_trigger(self) -> str:
        said = self.cleaned_data["trigger"]
        return said if said in Trigger.values else str(Trigger.ASKED)


class EndingForm(forms.Form):
    """How it ended; empty where the question was skipped."""

    ending = forms.ChoiceField(choices=Ending.choices, required=False)


class PlanForm(forms.Form):
    cue = forms.CharField(
        label=_("If …"),
        help_text=_("What you will notice. Such as: the crying passes 20 minutes"),
        max_length=LONGEST_PART,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={"required": _("Say when it is time for this plan."), "max_length": _TOO_LONG},
    )
    act = forms.CharField(
        label=_("… I will"),
        help_text=_("One small thing. Such as: put my baby down safely and step out for five minutes"),
        max_length=LONGEST_PART,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={"required": _("Say what you will do then."), "max_length": _TOO_LONG},
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_cue(self) -> str:
        return _part(self.cleaned_data["cue"])

    def clean_act(self) -> str:
        return _part(self.cleaned_data["act"])


class ContactForm(forms.Form):
    name = forms.CharField(
        label=_("Who?"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={"required": _("Give a name."), "max_length": _TOO_LONG},
    )
    number = forms.CharField(
        label=_("Their number"),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off", "maxlength": None}),
        error_messages={"required": _("Give a number."), "max_length": _TOO_LONG},
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_number(self) -> str:
        """As it was written; it has to be something that a telephone can dial."""
        said: str = self.cleaned_data["number"].strip()
        if not re.fullmatch(r"[\d\s()+./*#–-]+", said) or sum(sign.isdigit() for sign in said) < 3:
            raise forms.ValidationError(_("Write the number in figures, such as 020 7946 0123 or +44 20 7946 0123."))
        return said


def _part(said: str) -> str:
    """Half of the sentence “If …, I will ….”: its full stop and spaces are the sentence's own."""
    return " ".join(said.split()).rstrip(" .")
