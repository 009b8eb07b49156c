"""Today: what runs, how long since each kind, what came before. Signed out: the welcome."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attachment_app.accounts.membership import family_of
from attachment_app.accounts.models import Child, Person
from journal.models import Exchange, Kind

EARLIER = timedelta(hours=24)
AT_MOST = 12


@dataclass
class Since:
    """How long ago the last exchange of a kind was."""

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
    keys: dict[str, UUID] = field(default_factory=lambda: {kind: uuid4() for kind in Kind.values})

    @property
    def is_empty(self) -> bool:
        return not self.running and not any(entry.last for entry in self.since)


def of(person: Person, now: datetime) -> Today:
    seen = Exchange.objects.visible_to(person).shown()
    lately = list(seen.filter(started_at__gt=now - EARLIER).with_tale().latest_first()[: AT_MOST + 3])
    running = list(seen.running().with_tale().latest_first()[:6])
    return Today(
        now=now,
        children=list(Child.objects.loggable_by(person).eldest_first()),
        running=running,
        earlier=[exchange for exchange in lately if not exchange.is_running][:AT_MOST],
        since=_since(person),
    )


def _since(person: Person) -> list[Since]:
    """The last exchange of each kind, in one query: three short walks along the index."""
    seen = Exchange.objects.visible_to(person).shown()
    lasts = [seen.filter(kind=kind).latest_first()[:1] for kind in Kind.values]
    found = {exchange.kind: exchange for exchange in lasts[0].union(*lasts[1:], all=True)}
    return [Since(kind, found.get(kind)) for kind in Kind]


def context(person: Person, **more: Any) -> dict[str, Any]:
    return {"today": of(person, timezone.now()), "place": "today", **more}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """GET /. `?saved=` and `?removed=` name the exchange that the last tap was about."""
    if not request.user.is_authenticated:
        return render(request, "welcome.html", {"place": "welcome"})
    person = request.user
    if family_of(person) is None:
        return redirect("child-new")
    flash = {name: _named(person, request.GET.get(name, "")) for name in ("saved", "removed")}
    return render(request, "journal/today.html", context(person, **flash))


def _named(person: Person, pk: str) -> Exchange | None:
    try:
        wanted = UUID(pk)
    except ValueError:
        return None
    return Exchange.objects.kept_by(person).with_tale().filter(pk=wanted).distinct().first()
