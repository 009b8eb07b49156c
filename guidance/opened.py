"""Who wants to know that somebody signed in opened an article. Higher apps say so in `AppConfig.ready`.

Nothing is noted here: a parent's reading is theirs, and what is told of it is for them to decide elsewhere.
"""

from collections.abc import Callable
from datetime import datetime

from attachment_app.accounts.models import Person

from .models import Article

Listener = Callable[[Person, Article, datetime], None]
_listeners: list[Listener] = []


def when_opened(listener: Listener) -> None:
    """Call `listener(person, article, now)` within the transaction of each article's page."""
    _listeners.append(listener)


def tell_opened(person: Person, article: Article, now: datetime) -> None:
    for listener in _listeners:
        listener(person, article, now)
