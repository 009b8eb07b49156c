"""What a parent sees before they share: their own fortnight, and an example group by the same engine."""

from datetime import timedelta
from uuid import uuid4

import pytest

from attachment_app.groups import reading
from attachment_app.groups.bands import Band, colluders_withstood, contributors_in_words
from attachment_app.groups.models.consent import COUNTED
from attachment_app.groups.panels import PANELS
from attachment_app.groups.preview import example, own_rows, withstood
from attachment_app.web.person import acting_for
from journal.models import Break, Kind, OwnState
from tests.journal.makers import logged, tried
from tests.world import NOW, World

LATER = NOW + timedelta(hours=1)


def test_it_works(world: World) -> None:
    exchange = logged(world.pip, world.ana, Kind.SOOTHING, connection=["smile"])
    tried(exchange, world.ana, "not_yet", "settled")
    logged(world.pip, world.ben, Kind.PLAY)
    with acting_for(world.ana.pk):
        rows = {(row.panel, row.did): row.counts for row in own_rows(world.ana, COUNTED[0], LATER)}
    yes = {did for (_panel, did), counts in rows.items() if counts}
    assert "wrote down some soothing" in yes and "shared a look or a smile" in yes
    assert "wrote down some play" not in yes  # that was Ben
    assert "found it together with their baby after a first idea that did not fit" in yes


def test_how_she_was(world: World) -> None:
    with acting_for(world.ana.pk):
        exchange = logged(world.pip, world.ana)
        OwnState.objects.say(world.ana, exchange, "low", NOW)
        Break.objects.create(person=world.ana, taken_at=NOW, client_key=uuid4())
        yes = {row.did for row in own_rows(world.ana, COUNTED[2], LATER) if row.counts}
        assert yes == {"had a hard moment: on edge, low, or too much", "took a break"}
    with acting_for(world.ben.pk):
        assert not any(row.counts for row in own_rows(world.ben, COUNTED[2], LATER))


@pytest.mark.parametrize("purpose", COUNTED)
def test_the_example_has_every_panel(purpose: str) -> None:
    parts = example(purpose)  # type: ignore[arg-type]
    assert [part.name for part in parts] == [panel.name for panel in PANELS if panel.purpose == purpose]
    assert {part.contributors for part in parts} == {"20+"}


def test_every_row_has_its_words() -> None:
    rows = {(panel.name, row) for panel in PANELS for row in panel.rows}
    assert set(reading.DID) == rows and set(reading.TITLES) == {panel.name for panel in PANELS}
    assert reading.statement("kinds", "play", Band.FEW) == "A few of them, or none, wrote down some play."


def test_side_by_side_where_both_are_there() -> None:
    both, more = example(COUNTED[0]), example(COUNTED[1])
    assert reading.side_by_side(both, both[:2]) == [(both[0], both[0]), (both[1], both[1])]
    assert reading.side_by_side(both, more) == []


def test_numbers_of_the_promise() -> None:
    assert [colluders_withstood(n) for n in (8, 9, 10, 12, 15, 20)] == [1, 1, 2, 2, 3, 5]
    assert [contributors_in_words(n) for n in (8, 9, 10, 14, 15, 19, 20, 60)] == (
        ["8–9", "8–9", "10–14", "10–14", "15–19", "15–19", "20+", "20+"]
    )
    assert withstood(3) == 0
