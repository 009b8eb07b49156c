"""Who may lead groups: `facilitators grant EMAIL`, `facilitators withdraw EMAIL`, `facilitators list`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from attachment_app.accounts.models import Person
from attachment_app.groups.models import Facilitator
from attachment_app.lib.row_security import bypass


class Command(BaseCommand):
    help = "Lets people lead parenting groups, or no longer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["grant", "withdraw", "list"])
        parser.add_argument("email", nargs="?")

    def handle(self, *args: Any, verb: str, email: str | None, **options: Any) -> None:
        with bypass():
            if verb == "list":
                for email in (
                    Facilitator.objects.standing().order_by("person__email").values_list("person__email", flat=True)
                ):
                    self.stdout.write(email)
                return
            try:
                person = Person.objects.get_by_natural_key(email)
            except Person.DoesNotExist as error:
                raise CommandError("Nobody with this address has an account here.") from error
            change = Facilitator.objects.grant if verb == "grant" else Facilitator.objects.withdraw
            changed = change(person, timezone.now())
        now = "leads groups" if verb == "grant" else "leads no groups"
        self.stdout.write(f"{person.email} {now}{' now' if changed else ', as before'}.")
