"""Identifiers: version 7 for a family's own rows, version 4 (uuid.uuid4) for what strangers may see."""

from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> UUID:
    """A time-ordered UUID, so that new rows lie side by side in the index. Never shown outside the family."""
    return _uuid7()
