"""Whether something new lies in the inbox, and how the person wants to be spoken to: one query for a page's frame."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from .models import Occurrence, Standing
from .models.standing import Pace


def standing(request: HttpRequest) -> Standing | None:
    """The person's Standing with `has_news`; None for somebody to whom the site has never had a reason to speak.

    Asked again in the same request it costs nothing.
    """
    if not hasattr(request, "_standing"):
        request._standing = _found(request) if request.user.is_authenticated else None  # type: ignore[attr-defined]
    found: Standing | None = request._standing  # type: ignore[attr-defined]
    return found


def has_news(request: HttpRequest) -> bool:
    found = standing(request)
    return bool(found and found.has_news)  # type: ignore[attr-defined]


def is_to_tell(request: HttpRequest, now: datetime) -> bool:
    """Whether to say now that the messages have stopped by themselves. True once; the page that asks says it."""
    mine = standing(request)
    if mine is None or mine.pace != Pace.STOPPED or mine.pace_told_at:
        return False
    return bool(Standing.objects.filter(pk=mine.pk, pace_told_at=None).update(pace_told_at=now))


def _found(request: HttpRequest) -> Standing | None:
    new = Occurrence.objects.unseen().filter(person=OuterRef("pk"))
    return Standing.objects.filter(pk=request.user.pk).annotate(has_news=Exists(new)).first()
