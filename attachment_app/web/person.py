"""Whose transaction it is: what PostgreSQL's policies go by."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from attachment_app.lib.roles import WEB


@contextmanager
def acting_for(person_id: UUID | None, role: str = WEB) -> Iterator[None]:
    """A transaction in which this process is `role` and acts for one person (None: for nobody, who sees no row).

    Both are local to the transaction, so a pooled connection never carries one person into the next request. A task
    for one person opens this too. Within an outer transaction, what stood before stands again afterwards.
    """
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        before = _set(role, str(person_id or ""))
        yield
        if is_nested and not connection.needs_rollback:  # a rollback undoes the setting by itself
            _set(*before)


def speak_as(person_id: UUID) -> None:
    """From here to the end of the transaction it is about this person: they have just signed up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.person', %s, true)", [str(person_id)])


def _set(role: str, person: str) -> tuple[str, str]:
    """Set both in one statement; what they were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('role'), coalesce(current_setting('app.person', true), ''),"
            " set_config('role', %s, true), set_config('app.person', %s, true)",
            [role, person],
        )
        was_role, was_person, *_now = cursor.fetchone()
    return was_role, was_person
