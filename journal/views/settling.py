"""Settled, said from Today in one tap: it closes the open step, or is a step of its own."""

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from journal.models import Result, Step

from .exchange import changed
from .finding import kept_by


@require_POST
@family_required
def create(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    last = exchange.steps.last()
    if exchange.is_running:
        key = last.client_key if last and last.is_open else uuid4()
        Step.objects.tell(exchange, request.user, key, timezone.now(), guess="", response="", result=Result.SETTLED)
    return changed(request, exchange, _("Saved: settled."))
