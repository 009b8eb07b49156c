"""A reminder's rule in words: on which days, at what time, when it comes next."""

from datetime import date, datetime, time

from django.utils.formats import date_format, time_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from .models import Reminder
from .models.reminder import EVERY_DAY, When

WEEKDAYS, WEEKENDS = 0b0011111, 0b1100000
ON = [
    _lazy("Mondays"), _lazy("Tuesdays"), _lazy("Wednesdays"), _lazy("Thursdays"), _lazy("Fridays"),
    _lazy("Saturdays"), _lazy("Sundays"),
]  # fmt: skip


def days(bits: int) -> str:
    """“every day”, “on weekdays”, “on Tuesdays and Thursdays”."""
    if bits == EVERY_DAY:
        return _("every day")
    if bits == WEEKDAYS:
        return _("on weekdays")
    if bits == WEEKENDS:
        return _("at weekends")
    named = [str(ON[day]) for day in range(7) if bits >> day & 1]
    return _("on %(days)s") % {"days": get_text_list(named, _("and"))}


def clock(at: time) -> str:
    return time_format(at, "H:i")


def rule(reminder: Reminder) -> str:
    """“on Tuesdays and Thursdays at 09:40”, “every day, a while before you usually log (about 13:15)”."""
    said = {"days": days(reminder.days), "at": clock(reminder.at)}
    if reminder.when == When.USUAL:
        return _("%(days)s, a while before you usually log (about %(at)s)") % said
    return _("%(days)s at %(at)s") % said


def next_time(reminder: Reminder, now: datetime) -> str:
    """“today, about 15:00”, “on Friday, about 09:30”; empty for one that is off. `now` in the person's zone."""
    if reminder.next_date is None:
        return ""
    return _("%(day)s, about %(at)s") % {"day": _day(reminder.next_date, now.date()), "at": clock(reminder.at)}


def _day(day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead in (0, 1):
        return _("today") if ahead == 0 else _("tomorrow")
    return _("on %(day)s") % {"day": date_format(day, "l" if 0 < ahead < 7 else "l j F")}
