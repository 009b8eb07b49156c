"""To and fro: one tap, one turn. The page sends the number that it shows, so a tap sent twice counts once."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import keep
from journal.forms import TurnsForm

from .exchange import page
from .finding import kept_by


@require_POST
@family_required
def create(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    form = TurnsForm(request.POST)
    if not form.is_valid():
        return keep(request, page(exchange), _("That number could not be read. Nothing was changed."))
    exchange.count_turns(form.cleaned_data["turns"])
    said = ngettext("To and fro %(count)d time.", "To and fro %(count)d times.", exchange.turns)
    return keep(request, page(exchange), said % {"count": exchange.turns})
