"""Fields that several apps' forms use."""

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from attachment_app.lib import times


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
