"""One exchange: its page, and the part of it that a tap swaps."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import swap_or_go
from journal.break_offers import after_entry, offered
from journal.forms import DetailsForm, TimesForm
from journal.habits import by_habit
from journal.models import Exchange, Result
from journal.vocabulary import DRAWN_CUES, Cue

from . import own
from .finding import seen_by


def context(request: PersonRequest, exchange: Exchange, **more: Any) -> dict[str, Any]:
    """What the page and its part read. The last open step, if there is one, is the one being told."""
    now = timezone.now()
    steps = list(exchange.steps.all())
    open_step = steps[-1] if steps and steps[-1].is_open else None
    return {
        "exchange": exchange,
        "now": now,
        "place": "today",
        "measure": request.user.measure,
        "may_change": Exchange.objects.kept_by(request.user).filter(pk=exchange.pk).exists(),
        "told": [step for step in steps if step is not open_step],
        "open_step": open_step,
        "step_key": open_step.client_key if open_step else uuid4(),
        "drawn_cues": DRAWN_CUES,
        "other_cues": [cue for cue in Cue if cue not in DRAWN_CUES],
        "guesses": by_habit(exchange, "guess") if exchange.is_soothing else [],
        "responses": by_habit(exchange, "response") if exchange.is_soothing else [],
        "results": Result,
        "odd": exchange.odd(now),
        "offer": offered(request.user, [exchange], now) if exchange.is_running else None,
        "details": DetailsForm(instance=exchange, measure=request.user.measure),
        "times": TimesForm(initial={"started_at": exchange.started_at, "ended_at": exchange.ended_at}),
        **more,
    }


def page(exchange: Exchange) -> str:
    return reverse("journal:exchange", args=[exchange.pk])


def changed(request: PersonRequest, exchange: Exchange, said: str) -> HttpResponse:
    """After a change: the part with fresh rows and what to announce, or the page."""
    fresh = Exchange.objects.with_tale().get(pk=exchange.pk)
    after_entry(request.user, fresh, timezone.now())
    return swap_or_go(request, "journal/_exchange_page.html", context(request, fresh), page(fresh), said)


@require_safe
@family_required
def show(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    return whole(request, seen_by(request, exchange_id))


def whole(request: PersonRequest, exchange: Exchange, status: int = 200, **more: Any) -> HttpResponse:
    """The page with both its parts: the exchange, and what the person has of their own beside it."""
    parts = {**context(request, exchange), **own.context(request, exchange), **more}
    return render(request, "journal/exchange.html", parts, status=status)
