"""Bring the database up to this version of the code: tables and articles."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guidance.loader import LoadError, load
from guidance.models import Article


class Command(BaseCommand):
    help = "Migrates and loads the articles; run twice it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        try:
            load(now=timezone.now())
        except LoadError as error:
            if not Article.objects.published().exists():
                raise CommandError(f"The articles cannot be loaded: {error}") from error
            # What is served stays as it was: a slip in a text is no reason to keep a parent from the journal.
            self.stderr.write(f"The articles were not loaded, the old ones stay: {error}")
