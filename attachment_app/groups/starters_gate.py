"""What the conversation openers are held to. The tests call it; the running site does not."""

from collections.abc import Iterator

from guidance import loader, prose
from guidance.models import Stage

from .panels import BY_NAME
from .starters import Starter, starters

FEWEST, FEWEST_A_STAGE = 24, 4


def complaints() -> Iterator[str]:
    """What is wrong with the file: how it reads, what it stands on, which ages and panels it leaves out."""
    drafts = {draft.slug: draft for draft in loader.read()}
    seen: set[str] = set()
    for one in starters():
        yield from (f"{one.id}: {reason}" for _line, reason in prose.complaints(one.say))
        yield from _ungrounded(one, drafts)
        if one.id in seen or one.say in seen:
            yield f"{one.id} stands there twice"
        seen |= {one.id, one.say}
        if "?" not in one.say and not one.say.startswith("Tell us"):
            yield f"{one.id} asks nothing"
    if len(starters()) < FEWEST:
        yield f"{len(starters())} starters; {FEWEST} are the fewest"
    for stage in Stage:
        if sum(stage in one.stages for one in starters()) < FEWEST_A_STAGE:
            yield f"fewer than {FEWEST_A_STAGE} starters for “{stage}”"
    for panel in set(BY_NAME) - {panel for one in starters() for panel in one.panels}:
        yield f"no starter follows the panel “{panel}”"


def _ungrounded(one: Starter, drafts: dict[str, loader.Draft]) -> Iterator[str]:
    if one.article not in drafts:
        yield f"{one.id}: there is no article “{one.article}”"
        return
    draft = drafts[one.article]
    if one.claim not in {part["claim"]["id"] for part in draft.parts if "claim" in part}:
        yield f"{one.id}: “{one.article}” does not cite “{one.claim}”"
    for stage in set(one.stages) - set(draft.stages):
        yield f"{one.id}: “{one.article}” is not for “{stage}”"
    for panel in set(one.panels) - set(BY_NAME):
        yield f"{one.id}: there is no panel “{panel}”"
