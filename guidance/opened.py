"""That somebody signed in opened an article: groups count its topic for those who share what they read about."""

from collections.abc import Callable
from datetime import datetime

from attachment_app.accounts.models import Person

from .models import Article

Told = Callable[[Person, Article, datetime], None]
_told: list[Told] = []


def when_opened(tell: Told) -> None:
    """Have `tell(person, article, at)` called; an app of a higher layer says so in `AppConfig.ready`."""
    _told.append(tell)


def opened(person: Person, article: Article, at: datetime) -> None:
    for tell in _told:
        tell(person, article, at)
