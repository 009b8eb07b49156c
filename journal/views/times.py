"""When an exchange started and ended, mended afterwards."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import is_htmx
from journal.forms import TimesForm

from .exchange import changed, context
from .finding import kept_by


@require_POST
@family_required
def update(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    form = TimesForm(request.POST, initial={"started_at": exchange.started_at, "ended_at": exchange.ended_at})
    if not form.is_valid():
        template = "journal/_exchange_page.html" if is_htmx(request) else "journal/exchange.html"
        return render(request, template, context(request, exchange, times=form), status=422)
    for name in form.changed_data:
        setattr(exchange, name, form.cleaned_data[name])
    exchange.save(update_fields=form.changed_data)
    return changed(request, exchange, _("Saved: the times."))
