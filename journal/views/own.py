"""The part beside an exchange that is a person's own; the views that change it are in private.py."""

from typing import Any

from django.utils import timezone

from attachment_app.accounts.requests import PersonRequest
from guidance.help_lines import help_lines
from guidance.safety import boxes
from journal.break_offers import care_for
from journal.forms import NoteForm
from journal.models import Exchange, Feeling, Note, OwnState

PART = "journal/_own.html"


def context(request: PersonRequest, exchange: Exchange) -> dict[str, Any]:
    """The part beside an exchange that is this person's own, and what their family shares on it."""
    notes = Note.objects.visible_to(request.user).filter(exchange=exchange).select_related("author").opened()
    mine = next((note for note in notes if note.author_id == request.user.pk), None)
    state = next(iter(OwnState.objects.visible_to(request.user).filter(exchange=exchange).opened()), None)
    return {
        "exchange": exchange,
        "may_join": Exchange.objects.joined_by(request.user).filter(pk=exchange.pk).exists(),
        "notes": [note for note in notes if note is not mine],
        "note": mine,
        "note_form": NoteForm(initial=_as_written(mine)),
        "feelings": Feeling,
        "state": state,
        "care": care_for(request.user, timezone.now()) if state and state.text == Feeling.TOO_MUCH else None,
        "illness": boxes()["illness"],
        "minute": boxes()["break"],
        "lines": help_lines(),
        "near": help_lines().near(request.user.time_zone),
    }


def _as_written(note: Note | None) -> dict[str, Any]:
    if note is None:
        return {}
    return {"text": note.text or "", "is_shared": "1" if note.is_shared else "", "seen": note.written_at.isoformat()}
