"""Forms of the journal. Every tap saves what it changed and nothing else, so that two people keep both."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.models import Child
from attachment_app.lib import times

from .models import Exchange, Feeling, Kind, Result
from .models.private import LONGEST_NOTE
from .vocabulary import Connection, Cue, Guess, PlayKind, Response


class LocalInstantField(forms.Field):
    """A wall-clock time in the person's zone (the active one); cleans to a UTC instant, gaps and folds included."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "60"}, format="%Y-%m-%dT%H:%M")
    default_error_messages: ClassVar = {
        "invalid": _("We could not read this time. Write it like 2026-11-24 03:04."),
        "required": _("Give a time. A guess will do."),
    }

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        try:
            wall = parse_datetime(str(value).strip().replace(" ", "T", 1))
        except ValueError:
            wall = None
        if wall is None or wall.tzinfo is not None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return times.instant(wall.replace(second=0, microsecond=0), ZoneInfo(timezone.get_current_timezone_name()))

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")


class LogForm(forms.Form):
    """One tap: which kind, for whom, and (only from “one from earlier”) when."""

    kind = forms.ChoiceField(choices=Kind.choices, error_messages={"invalid_choice": _("Choose what to log.")})
    child = forms.ModelMultipleChoiceField(
        queryset=Child.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("Choose who it was."), "invalid_pk_value": _("Choose who it was.")},
    )
    started_at = LocalInstantField(label=_("When it started"), required=False)
    client_key = forms.UUIDField(required=False)
    # One key a button: two different taps on one page are two exchanges, the same tap twice is one.
    key_feeding = forms.UUIDField(required=False)
    key_soothing = forms.UUIDField(required=False)
    key_play = forms.UUIDField(required=False)

    def __init__(self, children: list[Child], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = children
        ids = [child.pk for child in children]
        self.fields["child"].queryset = Child.objects.filter(pk__in=ids)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        said["client_key"] = said.get(f"key_{said.get('kind')}") or said.get("client_key") or uuid4()
        return said

    def clean_child(self) -> list[Child]:
        """Those that were chosen; with nothing said, the first (only the kind is required)."""
        return list(self.cleaned_data["child"]) or self.children[:1]


class SetField(forms.TypedMultipleChoiceField):
    """Chips of which any number may be on."""

    widget = forms.CheckboxSelectMultiple


class StepForm(forms.Form):
    """What a parent noticed, guessed and did, as far as it was tapped."""

    cues = SetField(choices=Cue.choices, required=False)
    guess = forms.ChoiceField(choices=Guess.choices, required=False)
    response = forms.ChoiceField(choices=Response.choices, required=False)
    result = forms.ChoiceField(choices=Result.choices, required=False)
    client_key = forms.UUIDField()


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What may be added to an exchange; which fields are there depends on its kind."""

    SHOWN: ClassVar = {
        Kind.FEEDING: ["method", "side", "amount_ml", "connection", "occasion"],
        Kind.PLAY: ["play", "connection", "occasion"],
        Kind.SOOTHING: ["connection", "occasion"],
    }
    play = SetField(choices=PlayKind.choices, required=False)
    connection = SetField(choices=Connection.choices, required=False)

    class Meta:
        model = Exchange
        fields = ["method", "side", "amount_ml", "play", "connection", "occasion"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(self.SHOWN[Kind(self.instance.kind)]):
            del self.fields[name]


class NoteForm(forms.Form):
    """A note in the parent's own words. `seen` is the version that they had before them."""

    text = forms.CharField(
        label=_("A note, if you like"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "maxlength": None}),
        error_messages={"max_length": _("That is long: %(limit_value)s letters fit. What you wrote is still here.")},
    )
    is_shared = forms.ChoiceField(
        label=_("Who reads it"), required=False, choices=[("", _("You alone")), ("1", _("Your family, too"))]
    )
    is_shared.is_asked = True  # type: ignore[attr-defined]  # it has an answer from the start, so it is not “optional”
    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput)


class OwnStateForm(forms.Form):
    """How the parent was; empty takes it back."""

    feeling = forms.ChoiceField(choices=Feeling.choices, required=False)


class TurnsForm(forms.Form):
    turns = forms.IntegerField(min_value=0, max_value=999)


class TimesForm(forms.Form):
    started_at = LocalInstantField(label=_("Started"))
    ended_at = LocalInstantField(label=_("Ended"), required=False)


def merged(now: list[str], before: list[str], posted: list[str], order: list[str]) -> list[str]:
    """The set `now` after someone who saw `before` left `posted`: what they added is in, what they took away is out,
    and what another person changed meanwhile stays."""
    kept = (set(now) - (set(before) - set(posted))) | (set(posted) - set(before))
    return [value for value in order if value in kept]
