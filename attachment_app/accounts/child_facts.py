"""What a message may know of the child whom it is about: no name, and for the worker no row."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from attachment_app.delivery.voices import ChildFact


def child_facts(ids: Collection[UUID]) -> dict[UUID, ChildFact]:
    """By the child's id; one who is not there any more is left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, is_spoken_of, since FROM child_facts(%s)", [list(ids)])
        return {pk: ChildFact(is_spoken_of, since) for pk, is_spoken_of, since in cursor.fetchall()}
