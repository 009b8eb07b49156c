"""A reminder in three taps: what about, when, save. The rest has an answer already, and may be changed."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from attachment_app.accounts.forms import KeyField
from attachment_app.accounts.models import Child
from attachment_app.delivery.forms import ClockField

from .ideas import Idea, ideas
from .models import Reminder
from .models.reminder import EVERY_DAY, LONGEST_WORDS, When
from .reminder_words import WEEKDAYS
from .usual_hour import Unclear, UsualHour

OWN = "own"
PRESETS = {
    "09:30": _("Morning, 09:30"),
    "12:30": _("Midday, 12:30"),
    "15:00": _("Afternoon, 15:00"),
    "18:00": _("Evening, 18:00"),
}
OTHER = "other"
A_FEW = 0b0010101  # Monday, Wednesday, Friday
PATTERNS = {"few": A_FEW, "every": EVERY_DAY, "weekdays": WEEKDAYS}
THESE = "these"
DAYS = [
    ("0", _("Mon")), ("1", _("Tue")), ("2", _("Wed")), ("3", _("Thu")), ("4", _("Fri")),
    ("5", _("Sat")), ("6", _("Sun")),
]  # fmt: skip
NO_HOUR = {
    Unclear.FEW: _("You have not logged often enough yet to tell when you usually do. Choose a time for now."),
    Unclear.SPREAD: _("You log at all hours, so there is no usual one to go by. Choose a time for now."),
}
NOTHING_CHOSEN = _("Choose a small idea, or write a few words of your own.")


class ReminderForm(forms.Form):
    """`as_said()` is what Reminder.change takes. `hour`: when the person usually logs, as far as it can be told."""

    what = forms.ChoiceField(label=_("What about?"), required=False, error_messages={"invalid_choice": NOTHING_CHOSEN})
    words = forms.CharField(
        label=_("In your own words"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("That is long for a small reminder. Two hundred letters fit.")},
    )
    when = forms.ChoiceField(label=_("When?"), required=False)
    at = ClockField(_("At another time"))
    pattern = forms.ChoiceField(label=_("On which days?"), required=False)
    day = forms.MultipleChoiceField(label=_("These days"), choices=DAYS, required=False)
    child = forms.UUIDField(widget=forms.HiddenInput, required=False)
    client_key = KeyField(required=False)

    def __init__(self, children: list[Child], hour: UsualHour, now: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children, self.hour, self.now = {child.pk: child for child in children}, hour, now
        self.fields["at"].required = False
        choose = {"what": [OWN, *ideas()], "when": [*PRESETS, When.USUAL.value, OTHER], "pattern": [*PATTERNS, THESE]}
        for name, values in choose.items():
            self.fields[name].choices = [(value, value) for value in values]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        # What was written counts, also where the chip beside it was not tapped.
        said["what"] = said.get("what") or (OWN if said.get("words") else "")
        said["when"] = said.get("when") or (OTHER if said.get("at") else "")
        if not self.errors:
            self._check("what" if said["what"] != OWN else "words", self._what_is_missing)
            self._check("when" if said["when"] != OTHER else "at", self._time_is_missing)
            self._check("day", self._day_is_missing)
        return said

    def clean_child(self) -> Child | None:
        """One of whom the site speaks; else the youngest."""
        children = list(self.children.values())
        return self.children.get(self.cleaned_data["child"]) or (children[-1] if children else None)

    def as_said(self) -> dict[str, Any]:
        said = self.cleaned_data
        is_usual = said["when"] == When.USUAL
        is_own = said["what"] == OWN
        return {
            "child": said["child"],
            "idea": "" if is_own else said["what"],
            "words": said["words"] if is_own else "",
            "days": self._days(),
            "when": When.USUAL if is_usual else When.CLOCK,
            "at": self._at(),
            "reckoned_at": self.now if is_usual else None,
        }

    def _check(self, name: str, find: Any) -> None:
        if wrong := find():
            self.add_error(name, ValidationError(wrong))

    def _what_is_missing(self) -> Any:
        said = self.cleaned_data
        return NOTHING_CHOSEN if not said["what"] or (said["what"] == OWN and not said["words"]) else ""

    def _time_is_missing(self) -> Any:
        said = self.cleaned_data
        if said["when"] == When.USUAL:
            return NO_HOUR[self.hour.unclear] if self.hour.unclear else ""
        if not said["when"]:
            return _("Choose a time.")
        return _("Write a time, such as 09:40.") if said["when"] == OTHER and not said["at"] else ""

    def _day_is_missing(self) -> Any:
        return "" if self._days() else _("Choose one day or more.")

    def _days(self) -> int:
        said = self.cleaned_data
        if said["pattern"] in PATTERNS:
            return PATTERNS[said["pattern"]]
        chosen = sum(1 << int(day) for day in said["day"])
        return chosen or (0 if said["pattern"] == THESE else A_FEW)

    def _at(self) -> time:
        said = self.cleaned_data
        if said["when"] == When.USUAL:
            assert self.hour.aim  # clean
            return self.hour.aim
        return said["at"] if said["when"] == OTHER else time.fromisoformat(said["when"])


def as_written(reminder: Reminder) -> dict[str, Any]:
    """A reminder (opened) as the form shows it."""
    at = reminder.at.strftime("%H:%M")
    pattern = next((name for name, bits in PATTERNS.items() if bits == reminder.days), THESE)
    return {
        "what": reminder.idea or OWN,
        "words": reminder.text or "",
        "when": When.USUAL.value if reminder.when == When.USUAL else at if at in PRESETS else OTHER,
        "at": reminder.at,
        "pattern": pattern,
        "day": [str(day) for day in reminder.weekdays],
        "child": reminder.child_id,
        "client_key": reminder.client_key,
    }


def offered(fitting: list[Idea], chosen: str, shown: int) -> tuple[list[Idea], list[Idea]]:
    """Ideas to show at once, and those behind “more”; the one that is chosen is among the first."""
    first = fitting[:shown]
    if chosen in ideas() and chosen not in {idea.id for idea in first}:
        first = [ideas()[chosen], *first[: shown - 1]]
    return first, [idea for idea in fitting if idea not in first]
