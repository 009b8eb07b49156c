"""What a page's frame has to know of the messages: whether one is new, and what is to be said once.

Every page of somebody signed in asks; so it rides along on the query by which their family is found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from .models import Occurrence, Standing
from .models.standing import Pace


@dataclass(frozen=True)
class News:
    """`has_new`: in the inbox. `was_offered`: reminders were offered, which is done once. `is_to_tell`: messages have
    stopped by themselves, and no page has said so."""

    has_new: bool = False
    was_offered: bool = False
    is_to_tell: bool = False


def about(person: str) -> dict[str, Any]:
    """The fields of News as expressions, for a query over rows that name somebody in the column `person`."""
    mine = Standing.objects.filter(pk=OuterRef(person))
    return {
        "has_new": Exists(Occurrence.objects.unseen().filter(person=OuterRef(person))),
        "was_offered": Exists(mine.filter(offered_at__isnull=False)),
        "is_to_tell": Exists(mine.filter(pace=Pace.STOPPED, pace_told_at=None)),
    }


def remember(request: HttpRequest, found: Sequence[bool]) -> None:
    """What another query has found, in the order of `about`."""
    request._news = News(*found)  # type: ignore[attr-defined]


def news(request: HttpRequest) -> News:
    """Asked again in the same request it costs nothing."""
    if not request.user.is_authenticated:
        return News()
    if not hasattr(request, "_news"):
        mine = get_user_model().objects.filter(pk=request.user.pk).annotate(**about("pk"))
        remember(request, mine.values_list(*about("pk")).get())
    found: News = request._news  # type: ignore[attr-defined]
    return found


def has_new(request: HttpRequest) -> bool:
    return news(request).has_new


def is_to_tell(request: HttpRequest, now: datetime) -> bool:
    """Whether to say now that the messages have stopped by themselves. True once; the page that asks says it."""
    if not news(request).is_to_tell:
        return False
    mine = Standing.objects.filter(pk=request.user.pk, pace=Pace.STOPPED, pace_told_at=None)
    return bool(mine.update(pace_told_at=now))
