"""The database's roles, the database itself and its extensions."""

import os
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from attachment_app.embedded import places
from attachment_app.lib import roles

PASSWORDS = {
    roles.OWNER: "DATABASE_PASSWORD",
    roles.WEB: "WEB_DATABASE_PASSWORD",
    roles.WORKER: "WORKER_DATABASE_PASSWORD",
}


class Command(BaseCommand):
    help = (
        "Makes the database's roles, and the database, where they are missing. DATABASE_ADMIN_URL (else DATABASE_URL) "
        "names who may make them; " + ", ".join(PASSWORDS.values()) + " are set as the roles' passwords where given."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        url = os.environ.get("DATABASE_ADMIN_URL") or os.environ.get("DATABASE_URL")
        if not url:
            url = places.database_url(settings.VAR_DIR, "postgres", "postgres")
        given = {role: os.environ[name] for role, name in PASSWORDS.items() if os.environ.get(name)}
        try:
            roles.establish(url, str(settings.DATABASES["default"]["NAME"]), given)
        except psycopg.OperationalError as error:
            raise CommandError(f"The database server does not answer: {_first_line(error)}") from error
        except psycopg.Error as error:
            raise CommandError(
                f"The roles could not be made: {_first_line(error)}. DATABASE_ADMIN_URL has to name a role that may."
            ) from error
        self.stdout.write(f"The roles are there: {', '.join(roles.ROLES)}.")


def _first_line(error: psycopg.Error) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].removeprefix("ERROR:").strip().rstrip(".")
