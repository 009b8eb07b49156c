"""What a push says."""

from .models import Occurrence
from .voices import Said


def payload(occurrence: Occurrence, token: str, said: Said | None, lock_screen: str) -> bytes:
    return b""
