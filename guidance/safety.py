"""The safety boxes: fixed texts, from one data file, without a database."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("content") / "safety.yaml"


@dataclass(frozen=True)
class Part:
    items: tuple[str, ...]
    heading: str = ""
    slug: str = ""
    ordered: bool = False
    urgent: bool = False
    call: bool = False


@dataclass(frozen=True)
class Box:
    id: str
    title: str
    icon: str
    source: str
    parts: tuple[Part, ...]
    strong: str = ""
    after: str = ""

    @property
    def calls(self) -> bool:
        """Whether it asks to call somebody: then numbers and the crisis lines stand with it."""
        return any(part.call for part in self.parts)


@cache
def boxes() -> dict[str, Box]:
    """Every box by its id, read once a process. Raises KeyError or TypeError where the file is malformed."""
    found = {}
    for box in yaml.safe_load(FILE.read_text()):
        parts = tuple(Part(**{**part, "items": tuple(part["items"])}) for part in box.pop("parts"))
        found[box["id"]] = Box(parts=parts, **box)
    return found
