"""Who is counted in a release: as the contributors change, without the changes telling on anybody. Pure.

Habits last. Eleven parents of whom “a few” share a look at bath time, and twelve of whom “about half” do: the one who
joined is found out, and somebody who left just as well. Holding back releases whose contributors changed by one to four
is not enough for that, since five who join a “half” of ten and make it “most” of fifteen are found out together, and a
change may be spread over several windows, several groups or a pool. So the rule looks at the person:

    Whoever was counted in a release is counted for the next six windows with exactly the same people, or not at all.

Any two releases within twelve weeks then share everybody or nobody, whatever groups and pools they belong to; each
person's habits stand behind one set of people, and bands.py says what such a set withstands. A newcomer waits while
the others go on as they were; where somebody leaves, withdraws or erases their account, the window is withheld whole.
It depends on who belongs and who consents, and never on what was logged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

RESTS = 6  # windows

People = frozenset[UUID]


class Reason(StrEnum):
    """Why nothing is shown; for operators' counts. A facilitator reads one sentence for all of them."""

    SHOWN = ""
    TOO_FEW = "too_few"
    CHANGED = "changed"
    TOO_FEW_FOR_OWN = "too_few_for_own"
    ONE_SIDED = "one_sided"
    POOL_UNEVEN = "pool_uneven"


@dataclass(frozen=True)
class Choice:
    """The people to count, or nobody and why."""

    people: People
    reason: Reason


def choose(now: People, remembered: Sequence[People], floor: int) -> Choice:
    """Of those who may be counted `now`, whom to count.

    `remembered`: the sets of the last RESTS windows, of whatever group or pool, the newest first. The largest set that
    keeps the rule is taken, the newest among equals.
    """
    touched = [one for one in remembered if one & now]
    unchanged = [one for one in touched if one <= now]
    never = now.difference(*touched)
    people = max([*unchanged, never], key=len)
    if len(people) >= floor:
        return Choice(people, Reason.SHOWN)
    return Choice(frozenset(), Reason.CHANGED if len(now) >= floor else Reason.TOO_FEW)
