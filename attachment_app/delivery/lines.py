"""Messages with their words, as the inbox shows them: a fixed number of queries, however many there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .models import Occurrence
from .reasons import Told, told
from .voices import Said, has_voice, voice_of


@dataclass(frozen=True)
class Line:
    occurrence: Occurrence
    said: Said
    told: list[Told]

    @property
    def last(self) -> Told:
        """The decision that stands."""
        return self.told[-1]


def lines(occurrences: Iterable[Occurrence]) -> list[Line]:
    """For the person themselves, who may read their own words. A kind that nobody speaks for says what it is."""
    found = list(occurrences)
    by_kind: dict[str, list[Occurrence]] = defaultdict(list)
    for one in found:
        by_kind[one.kind].append(one)
    said = {one.pk: Said(str(one.get_kind_display()), "") for one in found}
    for kind, some in by_kind.items():
        if has_voice(kind):
            said |= voice_of(kind).say(some, own_words=True)
    return [Line(one, said[one.pk], told(one)) for one in found]
