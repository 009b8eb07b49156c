"""The database's roles, the database itself and its extensions."""

from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from attachment_app.embedded import places
from attachment_app.lib import environment as env
from attachment_app.lib import roles


class Command(BaseCommand):
    help = (
        "Makes the database's roles, and the database, where they are missing. DATABASE_ADMIN_URL (else DATABASE_URL) "
        "names who may make them. DATABASE_PASSWORD, WEB_DATABASE_PASSWORD and WORKER_DATABASE_PASSWORD are set as the "
        "passwords of owner, web and worker where given."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        url = env.text("DATABASE_ADMIN_URL") or env.text("DATABASE_URL")
        if not url:
            url = places.database_url(settings.VAR_DIR, "postgres", "postgres")
        given = {
            roles.OWNER: env.text("DATABASE_PASSWORD"),
            roles.WEB: env.text("WEB_DATABASE_PASSWORD"),
            roles.WORKER: env.text("WORKER_DATABASE_PASSWORD"),
        }
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
