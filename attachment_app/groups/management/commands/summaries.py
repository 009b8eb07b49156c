"""How the groups' summaries go, in counts: never a group's name, a panel or a word of anybody's.

`summaries --floor 8 --of ID` lets a group be shown from so many contributors (8 at least; the ID stands in the address
of the group's page).
"""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from attachment_app.groups.change import Reason
from attachment_app.groups.models import Decision, Facilitator, ParentingGroup, Pool, Window
from attachment_app.groups.models.group import FLOOR_LEAST
from attachment_app.lib.row_security import bypass

WINDOWS = 6  # the newest so many
IN_WORDS = {
    Reason.SHOWN: "shown",
    Reason.TOO_FEW: "too few contributors",
    Reason.CHANGED: "contributors changed",
    Reason.TOO_FEW_FOR_OWN: "under twenty for state and breaks",
    Reason.ONE_SIDED: "fewer than five on one side",
    Reason.POOL_UNEVEN: "one group gives half of its pool",
}


class Command(BaseCommand):
    help = "Counts groups, and what was released or withheld in the newest windows, with reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--floor", type=int)
        parser.add_argument("--of", type=UUID)

    def handle(self, *args: Any, floor: int | None, of: UUID | None, **options: Any) -> None:
        with bypass():
            for sentence in said() if floor is None else [lowered(of, floor)]:
                self.stdout.write(sentence)


def lowered(group: UUID | None, floor: int) -> str:
    """Raises CommandError below the least, and for a group that is not there."""
    if floor < FLOOR_LEAST:
        raise CommandError(f"Not below {FLOOR_LEAST}: a summary of fewer would tell of single parents.")
    if group is None or not ParentingGroup.objects.filter(pk=group).update(floor=floor):
        raise CommandError("There is no such group.")
    return f"The group is shown from {floor} contributors."


def said() -> list[str]:
    """The lines, newest window first."""
    groups = ParentingGroup.objects.going_on().count()
    ended = ParentingGroup.objects.exclude(ended_at=None).count()
    lines = [f"{groups} groups go on, {ended} have ended; {Facilitator.objects.standing().count()} people lead groups."]
    for window in Window.objects.order_by("-number")[:WINDOWS]:
        state = "closed" if window.done_at else "being closed"
        pools = Pool.objects.filter(term=window.term).count()
        lines.append(f"Window from {window.starts_at:%d %B %Y}: {state}, {pools} pools in its term.")
        counted = Decision.objects.filter(window=window).values_list("purpose", "reason").annotate(Count("id"))
        lines += [f"  {purpose}: {count} {IN_WORDS[Reason(reason)]}" for purpose, reason, count in sorted(counted)]
    return lines
