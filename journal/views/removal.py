"""Taking an exchange away, and bringing it back. There is no hurry: the way back has no time limit here."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import swap_or_go
from journal.models import Exchange

from . import today
from .finding import kept_by


@require_POST
@family_required
def create(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    exchange.remove(timezone.now())
    return _today(request, exchange, "removed", _("Taken away. You can bring it back."))


@require_POST
@family_required
def undo(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    exchange.bring_back()
    return _today(request, exchange, "saved", _("Brought back."))


def _today(request: PersonRequest, exchange: Exchange, flash: str, said: str) -> HttpResponse:
    context = today.context(request, **{flash: exchange})
    return swap_or_go(request, "journal/_today.html", context, f"{reverse('today')}?{flash}={exchange.pk}", said)
