from datetime import date

import pytest

from attachment_app.lib import ages


@pytest.mark.parametrize(
    ("born", "today", "words"),
    [
        (date(2026, 11, 1), date(2026, 11, 24), "born this month"),
        (date(2026, 10, 1), date(2026, 11, 1), "about 1 month"),
        (date(2026, 4, 1), date(2026, 11, 24), "about 7 months"),
        (date(2024, 11, 1), date(2026, 11, 24), "2 years"),
        (date(2026, 12, 1), date(2026, 11, 24), ""),
    ],
)
def test_a_month_of_birth_says_no_more_than_it_knows(born: date, today: date, words: str) -> None:
    assert ages.in_words(born, today) == words
