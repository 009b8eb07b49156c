"""Stopping a timer, carrying on, and pausing it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from journal.models import Pause

from .exchange import changed
from .finding import kept_by


@require_POST
@family_required
def create(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    """Ends now, or (`at=proposed`) when the site had asked whether it ended."""
    exchange = kept_by(request, exchange_id)
    as_proposed = request.POST.get("at") == "proposed" and exchange.proposed_end_at
    exchange.end(exchange.proposed_end_at if as_proposed else timezone.now())  # type: ignore[arg-type]
    return changed(request, exchange, _("Saved: ended."))


@require_POST
@family_required
def undo(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    exchange.carry_on(timezone.now())
    return changed(request, exchange, _("The timer runs."))


@require_POST
@family_required
def pause(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    if exchange.is_running:
        Pause.objects.begin(exchange, timezone.now())
    return changed(request, exchange, _("Paused."))


@require_POST
@family_required
def go_on(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    Pause.objects.end(exchange, timezone.now())
    return changed(request, exchange, _("The timer runs."))
