"""Help lines by country, from one data file with its date. No database: they are there when it is not."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("content") / "help_lines.yaml"
STALE_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class Line:
    """A help line: what is dialled or texted, and when somebody answers (in the country's own time)."""

    name: str
    number: str
    hours: str
    about: str = ""
    tel: str = ""
    sms: str = ""

    @property
    def href(self) -> str:
        return f"tel:{self.tel}" if self.tel else f"sms:{self.sms}"

    @property
    def takes_both(self) -> bool:
        """Whether one may call it or text it: then there is a button for each."""
        return bool(self.tel and self.sms)


@dataclass(frozen=True)
class Country:
    code: str
    name: str
    emergency: tuple[str, ...]
    zones: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Link:
    name: str
    url: str


@dataclass(frozen=True)
class HelpLines:
    checked: date
    countries: tuple[Country, ...]
    elsewhere: tuple[Link, ...] = field(default=())

    def near(self, zone: str) -> Country | None:
        """The country of an IANA time zone, as a guess; None where the file knows none."""
        return next((country for country in self.countries if zone in country.zones), None)

    def is_stale(self, today: date) -> bool:
        """Whether the numbers want to be compared again; they are shown all the same."""
        return today - self.checked > STALE_AFTER


@cache
def help_lines() -> HelpLines:
    """The data file, read once a process. Raises KeyError or TypeError where it is malformed."""
    data = yaml.safe_load(FILE.read_text())
    countries = tuple(
        Country(
            code=country["code"],
            name=country["name"],
            emergency=tuple(country["emergency"]),
            zones=tuple(country["zones"]),
            lines=tuple(Line(**line) for line in country["lines"]),
        )
        for country in data["countries"]
    )
    return HelpLines(data["checked"], countries, tuple(Link(**link) for link in data["elsewhere"]))
