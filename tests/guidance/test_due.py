"""What is due for review: said in sentences, and with an exit that a timer of the operator notices."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from guidance.due import due_articles, due_lines
from guidance.help_lines import help_lines
from guidance.loader import read

ROOT = Path(__file__).parents[2]


def test_it_works(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("due", "--on", "2026-11-24")
    assert capsys.readouterr().out == "No article and no help line is due.\n"


def test_an_article_is_due_on_its_day() -> None:
    first = min(read(), key=lambda draft: draft.next_review)
    assert due_articles(read(), first.next_review.replace(day=first.next_review.day - 1)) == []
    assert due_articles(read(), first.next_review) == [
        f"{first.slug}.md: “{first.title}” was due for review on 3 May 2027."
    ]


def test_the_longest_due_comes_first() -> None:
    due = due_articles(read(), date(2027, 12, 31))
    assert len(due) == len(read())
    assert "3 May 2027" in due[0]
    assert "24 November 2027" in due[-1]


@pytest.mark.parametrize(("today", "countries"), [(date(2027, 5, 23), 0), (date(2027, 5, 24), 6)])
def test_help_lines_are_due_after_180_days(today: date, countries: int) -> None:
    due = due_lines(help_lines(), today)
    assert len(due) == countries
    for sentence in due:
        assert "last checked on 24 November 2026, more than 180 days ago." in sentence


def test_each_line_is_named() -> None:
    said = " ".join(due_lines(help_lines(), date(2027, 12, 1)))
    for country in help_lines().countries:
        assert country.name in said
        assert all(line.name in said for line in country.lines)


def test_the_command_says_both_and_exits_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        call_command("due", "--on", "2027-06-01")
    said = capsys.readouterr().out
    assert left.value.code == 1
    assert "your-state-of-mind.md" in said
    assert "secure-base.md" not in said
    assert "The help lines of the UK (NHS 111, option 2, Samaritans, Cry-sis, Shout) were last checked" in said


def test_the_shell_sees_it() -> None:
    done = subprocess.run([sys.executable, "manage.py", "due", "--on", "2027-12-31"], cwd=ROOT, capture_output=True)
    assert done.returncode == 1
    assert b"was due for review" in done.stdout


def test_next_reviews_are_spread() -> None:
    days = sorted(draft.next_review for draft in read())
    assert date(2027, 5, 1) <= days[0]
    assert days[-1] <= date(2027, 11, 30)
    assert len(set(days)) > 20
