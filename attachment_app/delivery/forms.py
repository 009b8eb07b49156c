"""How somebody wants the site to start speaking to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import LockScreen, Standing
from .models.standing import MOST_A_WEEK

UNREAD = _("We could not read this time. Write it like 21:00.")


class ClockField(forms.TimeField):
    def __init__(self, label: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time", "class": "field__input--short"}, format="%H:%M")
        errors = {"invalid": UNREAD, "required": UNREAD}
        super().__init__(label=label, widget=widget, error_messages=errors, input_formats=["%H:%M", "%H:%M:%S"])


class StandingForm(forms.ModelForm):  # type: ignore[type-arg]
    gentle_a_week = forms.TypedChoiceField(
        label=_("Gentle reminders in seven days, at most"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_A_WEEK + 1)],
        error_messages={"required": _("Choose a number."), "invalid_choice": _("Choose a number from one to seven.")},
    )
    quiet_from = ClockField(_("Quiet from"))
    quiet_until = ClockField(_("Quiet until"))
    lock_screen = forms.ChoiceField(
        label=_("What a locked phone shows"),
        choices=LockScreen.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three."), "invalid_choice": _("Choose one of the three.")},
    )

    class Meta:
        model = Standing
        fields = ["gentle_a_week", "quiet_from", "quiet_until", "lock_screen"]


class SwitchForm(forms.Form):
    """A tap that turns something on (`yes`) or off (`no`)."""

    on = forms.ChoiceField(choices=[("yes", _("On")), ("no", _("Off"))])

    @property
    def is_on(self) -> bool:
        return bool(self.cleaned_data["on"] == "yes")
