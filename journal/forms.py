"""Forms of the journal. Every tap saves what it changed and nothing else, so that two people keep both."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.household import Household
from attachment_app.accounts.models import Child, Person
from attachment_app.accounts.models.person import Measure
from attachment_app.lib import ages, amounts
from attachment_app.web.fields import LocalInstantField

from .models import Exchange, FamilyKind, Feeling, Kind, Result
from .models.private import LONGEST_NOTE
from .vocabulary import TODDLING, TODDLING_FROM, Colour, Connection, Cue, Guess, PlayKind, Response, Shape


class LogForm(forms.Form):
    """One tap: which kind, for whom, and (only from “one from earlier”) when.

    `kind` is one of ours, or the id of a kind of the family's own; cleaned to (kind, None) or ("", FamilyKind).
    """

    kind = forms.CharField(max_length=36, error_messages={"required": _("Choose what to log.")})
    child = forms.ModelMultipleChoiceField(
        queryset=Child.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("Choose who it was."), "invalid_pk_value": _("Choose who it was.")},
    )
    started_at = LocalInstantField(label=_("When it started"), required=False)
    client_key = forms.UUIDField(required=False)

    def __init__(self, children: list[Child], kinds: "QuerySet[FamilyKind]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children, self.kinds = children, kinds
        ids = [child.pk for child in children]
        self.fields["child"].queryset = Child.objects.filter(pk__in=ids)  # type: ignore[attr-defined]

    def clean_kind(self) -> tuple[str, FamilyKind | None]:
        said = self.cleaned_data["kind"]
        if said in Kind.values:
            return said, None
        try:
            return "", self.kinds.get(pk=said)
        except (FamilyKind.DoesNotExist, forms.ValidationError, ValueError) as error:
            raise forms.ValidationError(_("Choose what to log.")) from error

    def clean(self) -> dict[str, Any]:
        """One key a button: two different taps on one page are two exchanges, the same tap twice is one."""
        said = self.cleaned_data
        try:
            key = UUID(self.data.get(f"key_{self.data.get('kind')}", ""))
        except ValueError:
            key = None
        said["client_key"] = key or said.get("client_key") or uuid4()
        return said

    def clean_child(self) -> list[Child]:
        """Those that were chosen; with nothing said, the first (only the kind is required)."""
        return list(self.cleaned_data["child"]) or self.children[:1]


class KindForm(forms.ModelForm):  # type: ignore[type-arg]
    """A kind of the family's own: a name, a drawn shape, a colour."""

    name = forms.CharField(
        label=_("What is it called?"),
        max_length=24,
        error_messages={
            "required": _("Give it a name."),
            "max_length": _("That is long for a button. Twenty-four letters fit."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    shape = forms.ChoiceField(label=_("A shape"), choices=Shape.choices, initial=Shape.IDEA, widget=forms.RadioSelect)
    colour = forms.ChoiceField(
        label=_("A colour"), choices=Colour.choices, initial=Colour.TEAL, widget=forms.RadioSelect
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = FamilyKind
        fields = ["name", "shape", "colour"]


class ShowForm(forms.Form):
    """What the timeline shows: by kind, by child, by who logged it. What is no choice shows everything."""

    kind = forms.ChoiceField(label=_("What"), required=False)
    child = forms.ChoiceField(label=_("Who it was for"), required=False)
    author = forms.ChoiceField(label=_("Who logged it"), required=False)

    def __init__(
        self, home: Household, kinds: list[FamilyKind], people: list[Person], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        own = [(str(kind.pk), kind.name) for kind in kinds]
        named = [(str(person.pk), person.name or _("Somebody without a name yet")) for person in people]
        everything = ("", _("Everything")), ("", _("All children")), ("", _("Everybody"))
        choices = [*Kind.choices, *own], [(str(child.pk), child.nickname) for child in home.children], named
        for name, first, rest in zip(self.fields, everything, choices, strict=True):
            self.fields[name].is_asked = True  # type: ignore[attr-defined]
            self.fields[name].choices = [first, *rest]  # type: ignore[attr-defined, misc]

    def chosen(self) -> dict[str, str]:
        """Fields that narrow the list, and their values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


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


class AmountField(forms.DecimalField):
    """How much was drunk, in the person's own measure; cleans to whole millilitres."""

    default_error_messages: ClassVar = {"invalid": _("Write an amount as a number, such as 120 or 4.5.")}

    def __init__(self, measure: str) -> None:
        self.measure = measure
        super().__init__(required=False, min_value=0, max_value=amounts.MOST[measure], max_digits=6)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return amounts.shown(value, self.measure) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        said = super().clean(value)
        return None if said is None else amounts.in_ml(said, self.measure)


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What may be added to an exchange; which fields are there depends on its kind."""

    SHOWN: ClassVar = {
        Kind.FEEDING: ["method", "side", "amount_ml", "connection", "occasion"],
        Kind.PLAY: ["began", "play", "connection", "occasion"],
        Kind.SOOTHING: ["connection", "occasion"],
    }
    play = SetField(choices=PlayKind.choices, required=False)
    connection = SetField(choices=Connection.choices, required=False)

    class Meta:
        model = Exchange
        fields = ["method", "side", "amount_ml", "began", "play", "connection", "occasion"]

    def __init__(self, *args: Any, measure: str = Measure.ML, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(self.SHOWN.get(self.instance.kind, [])):
            del self.fields[name]
        if "play" in self.fields:
            # What is shown, not what is taken: an entry keeps what somebody said before.
            self.fields["play"].shown = _plays(self.instance)  # type: ignore[attr-defined]
        if "amount_ml" in self.fields:
            self.fields["amount_ml"] = AmountField(measure)


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


def _plays(exchange: Exchange) -> list[tuple[str, Any]]:
    """Kinds of play to offer for the age that the child had then, and whatever is chosen already."""
    born = exchange.child.birth_month
    is_small = born is not None and ages.months(born, timezone.localdate(exchange.started_at)) < TODDLING_FROM
    left_out = {value for value in TODDLING if value not in exchange.play} if is_small else set()
    return [choice for choice in PlayKind.choices if choice[0] not in left_out]


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
