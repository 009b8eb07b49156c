"""Cue → guess → response → result: each tap saves what it says."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import keep
from journal.forms import StepForm, merged
from journal.models import Exchange, Result, Step
from journal.vocabulary import Cue

from .exchange import changed, page
from .finding import kept_by


@require_POST
@family_required
def create(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        return changed(request, exchange, _("That was not one of the choices. Nothing was changed."))
    said = form.cleaned_data
    _notice(exchange, request.POST.getlist("was"), said["cues"])
    Step.objects.tell(
        exchange,
        author=request.user,
        client_key=said["client_key"],
        at=timezone.now(),
        guess=said["guess"],
        response=said["response"],
        result=said["result"],
    )
    if not said["result"]:
        return keep(request, page(exchange), _("Saved."))
    return changed(request, exchange, ANSWERS[said["result"]]())


def _notice(exchange: Exchange, before: list[str], posted: list[str]) -> None:
    fresh = Exchange.objects.select_for_update().get(pk=exchange.pk)
    cues = merged(fresh.cues, before, posted, Cue.values)
    if cues != fresh.cues:
        fresh.cues = cues
        fresh.save(update_fields=["cues"])


ANSWERS = {
    Result.SETTLED: lambda: _("Saved: settled."),
    Result.A_BIT: lambda: _("Saved: a bit. Another guess is ready."),
    Result.NOT_YET: lambda: _("Saved: not yet. Another guess is ready."),
}
