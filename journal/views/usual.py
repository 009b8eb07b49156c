"""The second tap: what was usual the last time."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import swap_or_go
from journal.models import Exchange
from journal.usual import take, usual

from . import today
from .finding import kept_by


@require_POST
@family_required
def create(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    """`side` says the other side than last time's. Where details stand already, nothing is changed."""
    exchange = kept_by(request, exchange_id)
    found = usual(exchange)
    if found:
        take(exchange, found, request.POST.get("side", ""))
    fresh = Exchange.objects.with_tale().get(pk=exchange.pk)
    url = f"{reverse('today')}?saved={exchange.pk}"
    said = _("Saved: as last time.") if found else _("Nothing was changed.")
    return swap_or_go(request, "journal/_today.html", today.context(request, saved=fresh), url, said)
