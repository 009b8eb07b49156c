"""What a summary has panels for: at most four measures each, every one a yes or no about a parent and a window.

Measures of a panel do not exclude each other. Where each parent stood in exactly one of them, four bands would add up
to a whole, and “about half” twice in ten would leave two parents for the rest. Some include others (whoever found it
together tried a second idea); that is harmless (see bands.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .models.article_read import TOPICS
from .models.consent import Purpose

MOST_ROWS = 4


@dataclass(frozen=True)
class Panel:
    """`rows` by name; `measures` are those of journal.aggregates, any of which makes a parent count for the row."""

    name: str
    purpose: Purpose
    rows: Mapping[str, frozenset[str]]

    @property
    def is_own(self) -> bool:
        """State and breaks: the stricter rule."""
        return self.purpose == Purpose.OWN


def _panel(name: str, purpose: Purpose, **rows: str) -> Panel:
    """Rows as `row="measure measure"`."""
    if len(rows) > MOST_ROWS:
        raise ValueError(f"{name} has more than {MOST_ROWS} rows")
    return Panel(name, purpose, {row: frozenset(measures.split()) for row, measures in rows.items()})


PANELS = (
    _panel("kinds", Purpose.EXCHANGES, feeding="kind:feeding", soothing="kind:soothing", play="kind:play"),
    _panel(
        "occasions",
        Purpose.EXCHANGES,
        feeding="occasion:feeding",
        washing="occasion:bath occasion:nappy",
        bedtime="occasion:bedtime",
        outdoors="occasion:outdoors",
    ),
    _panel(
        "connection",
        Purpose.EXCHANGES,
        look="connection:eye_contact connection:smile",
        voice="connection:soft_voice connection:naming",
        copying="connection:mirroring",
        holding="connection:holding",
    ),
    _panel("second_idea", Purpose.EXCHANGES, second_idea="second_idea"),
    _panel("found_together", Purpose.EXCHANGES, found_together="found_together"),
    _panel(
        "tried",
        Purpose.EXCHANGES,
        moving="response:rocked response:walked",
        close="response:held response:stayed",
        quiet="response:hummed response:dimmed response:waited",
        needs="response:fed response:nappy",
    ),
    _panel("articles", Purpose.ARTICLES, **{str(topic).replace("-", "_"): f"topic:{topic}" for topic in TOPICS}),
    # “Hard” includes “too much”: hiding one of the two alone would tell about the other (see engine.own_panel).
    _panel(
        "state",
        Purpose.OWN,
        fine="state:fine",
        tired="state:tired",
        hard="state:tense state:low state:too_much",
        too_much="state:too_much",
    ),
    _panel("breaks", Purpose.OWN, taken="break"),
)
BY_NAME = {panel.name: panel for panel in PANELS}
