"""What a gentle reminder says, and why it is there: the voice for messages of kind *gentle*."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from attachment_app.accounts.models.data_key import open_all
from attachment_app.delivery.decide import CLOSING
from attachment_app.delivery.models import Occurrence
from attachment_app.delivery.reasons import Asked
from attachment_app.delivery.voices import ChildFact, Said
from attachment_app.lib import ages
from attachment_app.web.person import acting_for

from . import reminder_words
from .ideas import ideas, texts, texts_to_try
from .models import Reminder


class Gentle:
    """An occurrence is planned with its reminder's idea in `text`, and sent with the id of one of the site's texts.
    Both are read without a table; the parent's own words are opened for themselves alone."""

    def texts(self, occurrence: Occurrence, child: ChildFact | None, today: date) -> Sequence[str]:
        if not occurrence.text:
            return ()
        idea = texts()[occurrence.text].idea if occurrence.text in texts() else occurrence.text
        since = child.since if child else None
        months = max(0, ages.months(since, today)) if since else None
        turn = occurrence.local_date.toordinal() + occurrence.slot + occurrence.source.int % 1009
        return texts_to_try(idea, months, turn)

    def say(self, occurrences: Sequence[Occurrence], own_words: bool) -> Mapping[UUID, Said]:
        own = [one for one in occurrences if not one.text]
        opened = _opened(own) if own_words and own else {}
        return {one.pk: _of_site(one.text) if one.text else _own(opened.get(one.source)) for one in occurrences}


def asked(occurrences: Sequence[Occurrence]) -> Mapping[UUID, Asked]:
    """The rule of each, in one query. One whose reminder was deleted says so."""
    reminders = Reminder.objects.in_bulk({one.source for one in occurrences})
    return {one.pk: _asked(reminders.get(one.source)) for one in occurrences}


def _asked(reminder: Reminder | None) -> Asked:
    if reminder is None:
        return Asked(_("You had asked for this; you have deleted the reminder since."))
    words = _("You asked for this %(rule)s.") % {"rule": reminder_words.rule(reminder)}
    return Asked(words, reverse("journal:reminder", args=[reminder.pk]))


def _of_site(text: str) -> Said:
    if text == CLOSING:
        body = _("You have not been here for a while, and that is fine. Nothing more comes until you say so.")
        return Said(_("The last small idea for now"), body, reverse("inbox:settings"))
    if found := texts().get(text):
        return Said(found.title, found.body, reverse("guidance:article", args=[found.article]))
    if idea := ideas().get(text):  # planned, and not yet (or not) sent
        return Said(idea.name, "", reverse("guidance:article", args=[idea.article]))
    return Said(_("A small idea"), _("Its words are not kept any more."))


def _own(words: str | None) -> Said:
    """In the parent's own words where they could be opened; else that there are some, and nothing of them."""
    if words is None:
        return Said(_("A note to yourself"), _("In your own words. They are kept here, for you alone."), is_own=True)
    return Said(_("A note to yourself"), capfirst(words), is_own=True)


def _opened(occurrences: Sequence[Occurrence]) -> dict[UUID, str | None]:
    """Own words by their reminder, each person's in a transaction that acts for them: nobody else's key is read."""
    sources = defaultdict(set)
    for one in occurrences:
        sources[one.person_id].add(one.source)
    found: dict[UUID, str | None] = {}
    for person_id, ids in sources.items():
        with acting_for(person_id):
            rows = list(Reminder.objects.filter(person_id=person_id, pk__in=ids, idea=""))
            open_all(rows)
            found |= {row.pk: row.text for row in rows}
    return found
