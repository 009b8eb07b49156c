"""What leaves the site in words: a push's notification and a letter's text, with the four answers as links.

Words that leave are neutral: no name of a child, no feeling, 90 characters at most in a title or a subject.
"""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Answer, LockScreen, Occurrence
from .payloads import packed
from .voices import Said

# How each answer is called in an address.
STEPS = {Answer.DONE: "done", Answer.NOT_NOW: "not-now", Answer.FEWER: "fewer", Answer.STOPPED: "stop"}


def link(token: str) -> str:
    """The absolute address of a message's own page, which works signed out."""
    return settings.SITE_URL + reverse("inbox_link", args=[token])


def neutral_title() -> str:
    return _("A small idea, if you want one")


def names() -> Mapping[str, str]:
    """The four answers, short enough for a notification's buttons."""
    return {
        Answer.DONE: _("Done"),
        Answer.NOT_NOW: _("Not now"),
        Answer.FEWER: _("Fewer"),
        Answer.STOPPED: _("Stop all"),
    }


def payload(occurrence: Occurrence, token: str, said: Said | None, lock_screen: str) -> bytes:
    """What the service worker shows, as JSON. Without the parent's leave (`lock_screen`) it says nothing of the text.

    Of two messages of a kind the newer takes the other's place on the device (its tag).
    """
    title, body = neutral_title(), _("Tap to read it.")
    if said and (lock_screen == LockScreen.OWN or (lock_screen == LockScreen.TEXT and not said.is_own)):
        title, body = said.title or title, said.body
    answers = [{"action": STEPS[Answer(answer)], "title": name} for answer, name in names().items()]
    return packed(title, body, occurrence.kind, reverse("inbox_link", args=[token]), answers)


def letter(token: str, said: Said) -> str:
    """A letter's text. Each of the four answers is a link, which opens a page with its button and changes nothing by
    itself: mail programs open links of their own accord."""
    base = link(token)
    parts = [part for part in (said.title, said.body, settings.SITE_URL + said.path if said.path else "") if part]
    answers = [f"{name}: {base}{STEPS[Answer(answer)]}/" for answer, name in names().items()]
    why = _("You get this because you asked for small reminders. Why this one: %(link)s") % {"link": base}
    return "\n\n".join([*parts, "\n".join(answers), why]) + "\n"
