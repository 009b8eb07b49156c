"""Today: what runs, how long since each kind, what came before. Signed out: the welcome."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attachment_app.accounts.household import Household, household
from attachment_app.accounts.models import Child, Person
from attachment_app.accounts.requests import PersonRequest
from attachment_app.delivery.news import is_to_tell
from journal import first_offer
from journal.break_offers import offered
from journal.models import CONTEXT, EXCHANGES, Exchange, FamilyKind, Kind
from journal.running import RUNNING_AT_MOST, remember
from journal.usual import Usual, usual

EARLIER = timedelta(hours=24)
AT_MOST = 12


@dataclass
class Since:
    """How long ago the last entry of a kind was."""

    kind: Kind
    last: Exchange | None


@dataclass
class Today:
    """Everything the page reads; made in a fixed number of queries, however long the log is."""

    now: datetime
    children: list[Child]
    running: list[Exchange]
    earlier: list[Exchange]
    since: list[Since]
    settled: Exchange | None
    own_kinds: list[FamilyKind]
    offers_reminders: bool = False
    keys: dict[str, UUID] = field(default_factory=lambda: {kind: uuid4() for kind in Kind.values})

    kinds = EXCHANGES
    context = CONTEXT

    @property
    def is_empty(self) -> bool:
        return not self.running and not any(entry.last for entry in self.since)


def of(home: Household, now: datetime, offer_to: Person | None = None) -> Today:
    """What a family's Today shows at `now`: one query for all exchanges, one for their steps, one for kinds.

    `offer_to`: somebody to whom reminders may be offered, once they have logged often enough.
    """
    seen = Exchange.objects.seen_in(home)
    # Short walks along the index, whose rows are then read once.
    walks = [seen.filter(kind=kind).latest_first()[:1] for kind in Kind.values]
    walks.append(seen.filter(started_at__gt=now - EARLIER).latest_first()[: AT_MOST + RUNNING_AT_MOST])
    walks.append(seen.running().latest_first()[:RUNNING_AT_MOST])
    if offer_to:
        walks.append(first_offer.own(seen, offer_to, now))
    first, *rest = (walk.values("pk") for walk in walks)
    exchanges = list(Exchange.objects.filter(pk__in=first.union(*rest)).with_tale().latest_first())
    lately = [one for one in exchanges if one.started_at > now - EARLIER]
    return Today(
        now=now,
        children=home.loggable,
        running=[one for one in exchanges if one.is_running][:RUNNING_AT_MOST],
        earlier=[one for one in lately if not one.is_running][:AT_MOST],
        since=[Since(kind, next((one for one in exchanges if one.kind == kind), None)) for kind in Kind],
        settled=next((one for one in lately if one.outcome == "settled"), None),
        own_kinds=list(FamilyKind.objects.filter(family_id=home.family_id).in_use()) if home.may_log else [],
        offers_reminders=offer_to is not None and first_offer.is_third(exchanges, offer_to),
    )


def context(request: PersonRequest, **more: Any) -> dict[str, Any]:
    home = household(request)
    assert home  # family_required
    today = of(home, timezone.now(), request.user if first_offer.may_be_offered(request, home) else None)
    remember(request, today.running)
    if is_to_tell(request, today.now):
        more |= {"silence": "unanswered"}
    more["offer"] = offered(request.user, [*today.running, *today.earlier], today.now)
    return {"today": today, "place": "today", **more}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """GET /. `?saved=` and `?removed=` name the exchange that the last tap was about."""
    if not isinstance(request.user, Person):
        return render(request, "welcome.html", {"place": "welcome"})
    if household(request) is None:
        return redirect("child-new")
    flash = {name: _named(request.user, request.GET.get(name, "")) for name in ("saved", "removed")}
    return render(request, "journal/today.html", context(request, usual=_usual(flash["saved"]), **flash))  # type: ignore[arg-type]


def _usual(saved: Exchange | None) -> Usual | None:
    return usual(saved) if saved else None


def _named(person: Person, pk: str) -> Exchange | None:
    try:
        wanted = UUID(pk)
    except ValueError:
        return None
    return Exchange.objects.kept_by(person).with_tale().filter(pk=wanted).distinct().first()
