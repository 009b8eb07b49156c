"""Stopping a timer, and carrying on."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest

from .exchange import changed
from .finding import kept_by


@require_POST
@family_required
def create(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    exchange.end(timezone.now())
    return changed(request, exchange, _("Saved: ended."))


@require_POST
@family_required
def undo(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    exchange.carry_on()
    return changed(request, exchange, _("The timer runs."))
