"""What a parent adds to an exchange afterwards, a tap at a time."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import is_htmx, keep
from journal.forms import DetailsForm, merged
from journal.models import Exchange

from .exchange import context, page
from .finding import kept_by

SETS = ("play", "connection")  # the others hold one value, compared as it was written


@require_POST
@family_required
def update(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = kept_by(request, exchange_id)
    form = DetailsForm(request.POST, instance=exchange, measure=request.user.measure)
    if not form.is_valid():
        template = "journal/_exchange_page.html" if is_htmx(request) else "journal/exchange.html"
        return render(request, template, context(request, exchange, details=form), status=422)
    fresh = Exchange.objects.select_for_update().get(pk=exchange.pk)
    touched = [name for name in form.fields if _take(form, fresh, name, request.POST.getlist(f"was_{name}"))]
    fresh.save(update_fields=touched)
    return keep(request, page(exchange), _("Saved."))


def _take(form: DetailsForm, fresh: Exchange, name: str, before: list[str]) -> bool:
    """Put what the parent changed in `name` into `fresh`; False where they left it as they saw it."""
    said, stands = form.cleaned_data[name], getattr(fresh, name)
    if name in SETS:
        order = [value for value, _label in Exchange._meta.get_field(name).base_field.choices]  # type: ignore[union-attr]
        said = merged(stands, before, said, order)
    elif form[name].data == (before[0] if before else ""):
        return False
    setattr(fresh, name, said)
    return bool(said != stands)
