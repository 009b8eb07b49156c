"""Which guesses and responses come first: those that this baby's family has needed lately."""

from collections import Counter
from datetime import timedelta

from django.db import models

from .models import Exchange, Result, Step
from .vocabulary import Guess, Response

LATELY = timedelta(days=21)  # babies change: older days say little about this one
AT_MOST = 400  # steps; enough for three weeks of hard evenings
CHOICES: dict[str, type[models.TextChoices]] = {"guess": Guess, "response": Response}
LAST: dict[str, list[str]] = {
    "guess": [Guess.UNSURE],
    "response": [Response.STAYED, Response.OTHER],
}  # first-class, and in their own place


def by_habit(exchange: Exchange, what: str) -> list[tuple[str, str]]:
    """The choices of `what` (guess or response), with their words, in the order of the child's recent steps.

    A step that settled counts twice what one counts that did not; one that helped a bit lies between. Ties stand as
    they usually do.
    """
    steps = Step.objects.filter(
        exchange__child_id=exchange.child_id,
        family_id=exchange.family_id,
        started_at__gt=exchange.started_at - LATELY,
        started_at__lt=exchange.started_at,
        exchange__removed_at=None,
    ).order_by("-started_at")
    weight: Counter[str] = Counter()
    for value, result in steps.values_list(what, "result")[:AT_MOST]:
        weight[value] += {Result.SETTLED: 4, Result.A_BIT: 3}.get(result, 2)
    choices = [(str(choice.value), str(choice.label)) for choice in CHOICES[what]]
    ends = {value: index for index, value in enumerate(LAST[what])}
    return sorted(choices, key=lambda choice: (ends.get(choice[0], -1), -weight[choice[0]]))
