"""What is the parent's own: a note, and how they were. Sealed, and private unless they share it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from attachment_app.lib.sealing import CannotOpen
from attachment_app.web.htmx import is_htmx, swap_or_go
from journal.break_offers import after_mark
from journal.forms import NoteForm, OwnStateForm
from journal.models import Exchange, Note, OwnState

from .exchange import whole
from .finding import joined_by
from .own import PART, context


@require_POST
@family_required
def write_note(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = joined_by(request, exchange_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _refused(request, exchange, form)
    said = form.cleaned_data
    is_shared = said["is_shared"] == "1"
    try:
        note = Note.objects.write(exchange, request.user, said["text"], is_shared, timezone.now(), seen=said["seen"])
    except CannotOpen:
        form.add_error(None, _("The note that is there cannot be opened just now, so this one was not saved over it."))
        return _refused(request, exchange, form)
    return _changed(request, exchange, _("Saved: your note.") if note else _("Your note was taken away."))


@require_POST
@family_required
def say_state(request: PersonRequest, exchange_id: UUID) -> HttpResponse:
    exchange = joined_by(request, exchange_id)
    form = OwnStateForm(request.POST)
    if not form.is_valid():
        return _changed(request, exchange, _("That was not one of the choices. Nothing was changed."))
    feeling, now = form.cleaned_data["feeling"], timezone.now()
    state = OwnState.objects.say(request.user, exchange, feeling, now)
    after_mark(request.user, exchange, feeling, now)
    return _changed(request, exchange, _("Saved, for you alone.") if state else _("Taken away."))


def _changed(request: PersonRequest, exchange: Exchange, said: str) -> HttpResponse:
    url = reverse("journal:exchange", args=[exchange.pk]) + "#own"
    return swap_or_go(request, PART, context(request, exchange), url, said)


def _refused(request: PersonRequest, exchange: Exchange, form: NoteForm) -> HttpResponse:

    if is_htmx(request):
        return render(request, PART, {**context(request, exchange), "note_form": form}, status=422)
    return whole(request, exchange, status=422, note_form=form)
