"""What a parent answers to a message: done, not now, fewer, stop all."""

from datetime import datetime

from .models import Answer, Occurrence, Standing


def answer(occurrence: Occurrence, said: str, now: datetime) -> bool:
    """Write down the answer and do as it says. False where the message had been answered: then nothing changes, but
    “stop all” stops whenever it is said."""
    waiting = Occurrence.objects.filter(pk=occurrence.pk, answered_at=None)
    is_first = bool(waiting.update(answer=said, answered_at=now))
    if not is_first and said != Answer.STOPPED:
        return False
    standing = Standing.objects.select_for_update().get(person_id=occurrence.person_id)
    if said == Answer.FEWER:
        standing.fewer(now)
    elif said == Answer.STOPPED:
        standing.stop(now)
    return is_first
