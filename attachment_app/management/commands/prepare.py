"""Bring the database up to this version of the code: roles, tables and articles."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from attachment_app.accounts.models import DataKey
from attachment_app.lib import environment as env
from attachment_app.lib.row_security import bypass
from guidance.loader import LoadError, load
from guidance.models import Article

LOST = (
    "NOTES_KEY is not the key that notes were sealed with ({count} of their keys do not open): "
    "bring back the old one, or name it in NOTES_KEYS_BEFORE."
)


class Command(BaseCommand):
    help = "Makes the roles where DATABASE_ADMIN_URL is set, migrates, loads the articles; twice it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if env.text("DATABASE_ADMIN_URL"):
            call_command("roles")
        call_command("migrate", interactive=False, verbosity=0)
        with bypass():
            lost = DataKey.objects.lost().count()
        if lost:
            raise CommandError(LOST.format(count=lost))
        try:
            load(now=timezone.now())
        except LoadError as error:
            if not Article.objects.published().exists():
                raise CommandError(f"The articles cannot be loaded: {error}") from error
            # What is served stays as it was: a slip in a text is no reason to keep a parent from the journal.
            self.stderr.write(f"The articles were not loaded, the old ones stay: {error}")
