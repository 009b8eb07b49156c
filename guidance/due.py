"""What wants to be looked at again: articles whose review is due, help lines that were compared too long ago."""

from collections.abc import Iterable
from datetime import date

from .help_lines import STALE_AFTER, HelpLines
from .loader import Draft


def due_articles(drafts: Iterable[Draft], today: date) -> list[str]:
    """A sentence for each article whose day of review has come, the longest due first."""
    due = sorted((draft for draft in drafts if draft.next_review <= today), key=lambda draft: draft.next_review)
    return [f"{draft.slug}.md: “{draft.title}” was due for review on {_day(draft.next_review)}." for draft in due]


def due_lines(lines: HelpLines, today: date) -> list[str]:
    """A sentence for each country whose lines were compared more than 180 days ago."""
    if not lines.is_stale(today):
        return []
    days = STALE_AFTER.days
    return [
        f"The help lines of {country.name} ({', '.join(line.name for line in country.lines)}) "
        f"were last checked on {_day(lines.checked)}, more than {days} days ago."
        for country in lines.countries
    ]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
