"""What a page asks of the database."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

# What the transaction around the page says, and that its person was here (once in two minutes).
ACTIVE = 'UPDATE "accounts_person" SET "last_active_at"'
OUR_OWN = ("SAVEPOINT", "RELEASE", "SELECT current_setting('role')", ACTIVE)


def asked_by(do: Callable[[], object]) -> list[str]:
    """The statements that `do` sent, those left out that open and close the person's transaction."""
    with CaptureQueriesContext(connection) as queries:
        do()
    return [query["sql"] for query in queries if not query["sql"].startswith(OUR_OWN)]
