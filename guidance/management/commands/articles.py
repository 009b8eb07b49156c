"""Load the articles, or check them without a database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guidance.gate import inspect
from guidance.loader import LoadError, load


class Command(BaseCommand):
    help = "Loads the articles from guidance/content; --check reads and checks them, and touches no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        try:
            if check:
                self._check()
            else:
                self.stdout.write(f"{load(now=timezone.now())} articles changed.")
        except LoadError as error:
            raise CommandError(f"{error} Nothing was loaded; what is served stays as it was.") from error

    def _check(self) -> None:
        try:
            report = inspect(timezone.now().date())
        except ImportError as error:
            raise CommandError("The check needs textstat, a tool of development, to grade the articles.") from error
        for warning in report.warnings:
            self.stderr.write(f"Warning: {warning}")
        if report.complaints:
            raise CommandError("\n".join(report.complaints))
        self.stdout.write(report.summary)
