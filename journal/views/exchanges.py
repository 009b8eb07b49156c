"""All exchanges: the timeline in keyset pages, and the one tap that logs."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.household import Household, household
from attachment_app.accounts.models import Person
from attachment_app.accounts.requests import PersonRequest
from attachment_app.lib.times import local_day
from attachment_app.web.htmx import go, is_htmx, swap_or_go
from journal.break_offers import after_entry
from journal.forms import LogForm, ShowForm
from journal.models import EXCHANGES, Exchange, FamilyKind, Kind
from journal.models.exchange import ExchangeQuerySet, Place
from journal.models.kind import TIMED
from journal.usual import usual

from . import today
from .exchange import page

PAGE = 30
ASKING = {"kind", "child", "author", "show"}  # what a narrower timeline says in its address


@dataclass
class Day:
    date: date
    exchanges: list[Exchange]


@require_http_methods(["GET", "HEAD", "POST"])
@family_required
def index(request: PersonRequest) -> HttpResponse:
    return _log(request) if request.method == "POST" else _timeline(request)


def _timeline(request: PersonRequest, form: LogForm | None = None, status: int = 200) -> HttpResponse:
    home = _home(request)
    place = place_from(request.GET.get("before", ""))
    show, kinds = ShowForm(home, *_choices(request, home), request.GET), _kinds(home)
    chosen = show.chosen()
    seen = _narrowed(Exchange.objects.seen_in(home), chosen).with_tale().latest_first()
    found = list((seen.earlier_than(place) if place else seen)[: PAGE + 1])
    shown = found[:PAGE]
    context: dict[str, Any] = {
        "days": days(shown, request.user.zone),
        "show": show,
        "chosen": chosen,
        "is_choosing": bool(request.GET.keys() & ASKING),
        "chosen_query": f"{urlencode(chosen)}&" if chosen else "",
        "kind": chosen.get("kind", ""),
        "kinds": EXCHANGES,
        "all_kinds": Kind.choices,
        "next": urlencode({**chosen, "before": place_after(shown[-1])}) if len(found) > PAGE else "",
        "is_later_page": place is not None,
        "now": timezone.now(),
        "form": form or LogForm(home.loggable, kinds),
        "log_key": uuid4(),
        "place": "exchanges",
    }
    template = "journal/_days.html" if is_htmx(request) and place else "journal/timeline.html"
    return render(request, template, context, status=status)


def _home(request: PersonRequest) -> Household:
    home = household(request)
    assert home  # family_required
    return home


def _kinds(home: Household) -> QuerySet[FamilyKind]:
    return FamilyKind.objects.filter(family_id=home.family_id).in_use()


def _choices(request: PersonRequest, home: Household) -> tuple[list[FamilyKind], list[Person]]:
    """Kinds and people to choose from. Read only where something is chosen or the form is opened: the usual timeline
    is one question shorter."""
    if not request.GET.keys() & ASKING:
        return [], []
    members = Person.objects.filter(memberships__family=home.family_id).distinct().order_by("joined_at")
    return list(_kinds(home)), list(members)


def _narrowed(seen: ExchangeQuerySet, chosen: dict[str, str]) -> ExchangeQuerySet:
    kind = chosen.get("kind", "")
    if kind:
        seen = seen.filter(kind=kind) if kind in Kind.values else seen.filter(family_kind=UUID(kind))
    return seen.filter(**{name: chosen[name] for name in ("child", "author") if name in chosen})


def _log(request: PersonRequest) -> HttpResponse:
    home = _home(request)
    form = LogForm(home.loggable, _kinds(home), request.POST)
    if not form.is_valid() or not form.cleaned_data["child"]:
        if not home.loggable:
            form.add_error(None, _("There is no child to log for just now."))
        return _timeline(request, form, status=422)
    said, (kind, own) = form.cleaned_data, form.cleaned_data["kind"]
    at: datetime = said["started_at"] or timezone.now()
    if kind in TIMED and not said["started_at"]:
        running = Exchange.objects.seen_in(home).still(kind, said["child"], at)
        if running:
            return go(request, page(running))
    logged = [
        Exchange.objects.log(kind, child, request.user, said["client_key"], at, own=own) for child in said["child"]
    ]
    exchange, is_new = logged[0]
    if said["started_at"] and is_new:
        exchange.end(at)
    after_entry(request.user, exchange, timezone.now())
    if exchange.is_soothing or said["started_at"]:
        return go(request, page(exchange))
    words = _("Saved: %(kind)s, just now.") if is_new else _("This was saved already: %(kind)s.")
    saved = Exchange.objects.with_tale().get(pk=exchange.pk)
    context = today.context(request, saved=saved, usual=usual(saved))
    url = f"{reverse('today')}?saved={exchange.pk}"
    return swap_or_go(request, "journal/_today.html", context, url, words % {"kind": saved.what})


def days(exchanges: list[Exchange], zone: Any) -> list[Day]:
    """Exchanges by the day on which they started in `zone`, in the order given."""
    return [Day(day, list(some)) for day, some in groupby(exchanges, key=lambda e: local_day(e.started_at, zone))]


def place_after(exchange: Exchange) -> str:
    return f"{exchange.started_at.isoformat()}_{exchange.pk}"


def place_from(text: str) -> Place | None:
    """The place that `place_after` wrote; None for anything else, which shows the first page."""
    instant, _sep, pk = text.rpartition("_")
    try:
        started_at, exchange_id = parse_datetime(instant), UUID(pk)
    except ValueError:
        return None
    return Place(started_at, exchange_id) if started_at and started_at.tzinfo else None
