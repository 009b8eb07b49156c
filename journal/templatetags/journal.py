"""Words and ids of the journal's pages."""

from datetime import datetime, timedelta

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from attachment_app.lib import amounts
from journal import vocabulary
from journal.models import Exchange
from journal.usual import Usual
from journal.usual import words as usual_said

register = template.Library()


@register.filter
def span(length: timedelta | None) -> str:
    """“8 min”, “1 h 50”; empty for None."""
    if length is None:
        return ""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return _("under 1 min")
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < 48 * 60:
        return _("%(hours)d h %(minutes)02d") % {"hours": minutes // 60, "minutes": minutes % 60}
    days = minutes // (24 * 60)
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


@register.filter
def ago(then: datetime, now: datetime) -> str:
    """How long before `now`: “now” under a minute, else as `span`."""
    passed = now - then
    return _("now") if passed < timedelta(minutes=1) else span(passed)


@register.filter
def minutes_since(then: datetime, now: datetime) -> int:
    return max(0, int((now - then).total_seconds() // 60))


@register.filter
def clock_times(instants: list[datetime]) -> str:
    """“03:24 and 03:29”, in the person's zone."""
    return str(_(" and ")).join(f"{timezone.localtime(at):%H:%M}" for at in instants)


@register.filter
def part_of_day(now: datetime) -> str:
    """“Tuesday night”: the weekday and what the light is like, in the person's zone."""
    local = timezone.localtime(now)
    weekday = date_format(local, "l")
    if local.hour < 5 or local.hour >= 21:
        return _("%(weekday)s night") % {"weekday": weekday}
    if local.hour < 12:
        return _("%(weekday)s morning") % {"weekday": weekday}
    if local.hour < 17:
        return _("%(weekday)s afternoon") % {"weekday": weekday}
    return _("%(weekday)s evening") % {"weekday": weekday}


@register.filter
def day_name(day: datetime, now: datetime) -> str:
    """Today, Yesterday, or the date."""
    today = timezone.localtime(now).date()
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return date_format(day, "l j F" if day.year == today.year else "l j F Y")


@register.filter
def minutes_now(then: datetime) -> int:
    """Whole minutes from `then` to the moment at which the page is made."""
    return minutes_since(then, timezone.now())


@register.filter
def amount(ml: int | None, measure: str) -> str:
    """The number alone, as the person's measure has it; empty for None."""
    return "" if ml is None else amounts.shown(ml, measure)


@register.filter
def amount_words(ml: int | None, measure: str) -> str:
    """“120 ml”, “4 fl oz”; empty for None."""
    if ml is None:
        return ""
    words = _("%(amount)s fl oz") if measure == "oz" else _("%(amount)s ml")
    return words % {"amount": amounts.shown(ml, measure)}


@register.filter
def usual_words(found: Usual, measure: str) -> str:
    """“Bottle, 120 ml”"""
    return usual_said(found, amount_words(found.amount_ml, measure))


@register.filter
def what_settled(exchange: Exchange) -> str:
    """“Hummed or sang, after a guess at tired.” What was done in the step that settled it."""
    step = next((step for step in reversed(exchange.tried) if step.result == "settled"), None)
    if step is None or not step.response:
        return _("It settled.")
    done = step.get_response_display()
    if not step.guess:
        return _("%(done)s.") % {"done": done}
    return _("%(done)s. The guess was: %(guess)s.") % {"done": done, "guess": step.get_guess_display().lower()}


@register.filter
def labels(values: list[str], choices_of: str) -> str:
    """The words for stored values, as one phrase: “Rubbing eyes, yawning”."""
    choices = dict(getattr(vocabulary, choices_of).choices)
    words = [str(choices.get(value, value)) for value in values]
    return ", ".join(word if index == 0 else word[:1].lower() + word[1:] for index, word in enumerate(words))


@register.filter
def odd(exchange: Exchange, now: datetime) -> str:
    """The quiet question about an exchange, if there is one."""
    return exchange.odd(now)


QUESTIONS = {
    "method": _lazy("Breast, bottle or solids?"),
    "side": _lazy("Which side?"),
    "began": _lazy("Who began?"),
    "play": _lazy("What kind of play?"),
    "connection": _lazy("Between you"),
    "occasion": _lazy("When was it?"),
}


@register.filter
def question(name: str) -> str:
    """How the page asks for a field of an exchange."""
    return str(QUESTIONS[name])


@register.filter
def is_set(name: str) -> bool:
    return name in ("play", "connection")


@register.filter
def offered(field: BoundField) -> list[tuple[str, str]]:
    """The choices of a field that the page shows."""
    return list(getattr(field.field, "shown", None) or field.field.choices)  # type: ignore[attr-defined]


@register.filter
def has(field: BoundField, value: str) -> bool:
    """Whether a chip is on."""
    current = field.value() or []
    return value in current if isinstance(current, list) else value == current


MOST_ARCS = 26  # more do not fit a phone; the number beside them is whole


@register.filter
def arcs(turns: int) -> range:
    """One arc a turn of to and fro, as far as they fit."""
    return range(min(turns, MOST_ARCS))
