"""Say which articles and which help lines want to be looked at again."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guidance.due import due_articles, due_lines
from guidance.help_lines import help_lines
from guidance.loader import LoadError, read


class Command(BaseCommand):
    help = "Says which articles and help lines are due for review; exits with 1 where any is. Touches no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="another day than today, like 2027-06-01")

    def handle(self, *args: Any, on: date | None, **options: Any) -> None:
        today = on or timezone.now().date()
        try:
            due = [*due_articles(read(), today), *due_lines(help_lines(), today)]
        except LoadError as error:
            raise CommandError(str(error)) from error
        if not due:
            self.stdout.write("No article and no help line is due.")
            return
        for sentence in due:
            self.stdout.write(sentence)
        raise SystemExit(1)
