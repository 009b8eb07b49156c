"""A note and how it was: for the parent alone, or shared; sealed; never lost."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from attachment_app.accounts.models import DataKey
from attachment_app.lib.sealing import Ring, new_key
from journal.models import Exchange, Note, OwnState
from tests.journal.makers import logged
from tests.queries import asked_by
from tests.world import NOW, World

ODD = ["", " ", "a" * 5000, "🌙" * 400, "שלום עליכם", "<script>alert(1)</script>", "line\nline"]


@pytest.fixture
def exchange(world: World) -> Exchange:
    return logged(world.pip, world.ana)


def page(browser: Client, exchange: Exchange) -> str:
    return browser.get(reverse("journal:exchange", args=[exchange.pk])).content.decode()


def write(browser: Client, exchange: Exchange, text: str, **more: Any) -> Any:
    return browser.post(reverse("journal:note", args=[exchange.pk]), {"text": text, **more})


def feel(browser: Client, exchange: Exchange, feeling: str, **more: Any) -> Any:
    return browser.post(reverse("journal:state", args=[exchange.pk]), {"feeling": feeling}, **more)


def test_it_works(ana: Client, exchange: Exchange) -> None:
    assert write(ana, exchange, "The rain helped.").status_code == 303
    assert "The rain helped." in page(ana, exchange)
    assert Note.objects.get().open().text == "The rain helped."


def test_a_note_is_the_writers_alone(ana: Client, ben: Client, stan: Client, exchange: Exchange) -> None:
    write(ana, exchange, "I cried too.")
    assert "I cried too." not in page(ben, exchange)
    assert stan.get(reverse("journal:exchange", args=[exchange.pk])).status_code == 404
    assert write(stan, exchange, "x").status_code == 404


def test_shared_it_is_the_familys(ana: Client, ben: Client, gran: Client, exchange: Exchange) -> None:
    write(ana, exchange, "Try the blue blanket.", is_shared="1")
    assert "Try the blue blanket." in page(ben, exchange)
    assert "Try the blue blanket." in page(gran, exchange)
    assert Note.objects.get().sealed_for == {"family_id": exchange.family_id}


def test_taken_back_it_is_sealed_for_oneself(ana: Client, ben: Client, world: World, exchange: Exchange) -> None:
    write(ana, exchange, "Ours", is_shared="1")
    write(ana, exchange, "Mine", seen=Note.objects.get().written_at.isoformat())
    assert "Mine" not in page(ben, exchange)
    note = Note.objects.get()
    assert DataKey.objects.get(pk=note.key_id).person == world.ana
    assert note.open().text == "Mine"


def test_each_has_a_note_of_their_own(ana: Client, ben: Client, exchange: Exchange) -> None:
    write(ana, exchange, "Ana’s words", is_shared="1")
    write(ben, exchange, "Ben’s words", is_shared="1")
    assert all(words in page(ana, exchange) for words in ("Ana’s words", "Ben’s words"))


def test_two_devices_of_one_person_keep_both(ana: Client, exchange: Exchange) -> None:
    write(ana, exchange, "first")
    seen = Note.objects.get().written_at.isoformat()
    write(ana, exchange, "from the telephone", seen=seen)
    write(ana, exchange, "from the tablet", seen=seen)
    text = Note.objects.get().open().text
    assert text == "from the telephone\n\nfrom the tablet"


def test_the_same_note_twice_is_one(ana: Client, exchange: Exchange) -> None:
    write(ana, exchange, "once")
    write(ana, exchange, "once")
    assert Note.objects.get().open().text == "once"


def test_an_empty_note_is_taken_away(ana: Client, exchange: Exchange) -> None:
    write(ana, exchange, "for now")
    write(ana, exchange, "  ", seen=Note.objects.get().written_at.isoformat())
    assert not Note.objects.exists()


@pytest.mark.parametrize("text", ODD)
def test_odd_words_are_kept_as_they_are(ana: Client, exchange: Exchange, text: str) -> None:
    assert write(ana, exchange, text).status_code == 303
    kept = Note.objects.first()
    assert (kept.open().text if kept else "") == text.strip()
    assert "<script>alert" not in page(ana, exchange)


def test_too_long_a_note_comes_back_with_its_words(ana: Client, exchange: Exchange) -> None:
    answer = write(ana, exchange, "b" * 5001)
    assert answer.status_code == 422
    assert "b" * 5001 in answer.content.decode()
    assert "5000 letters fit" in answer.content.decode()


def test_a_nought_byte_is_refused(ana: Client, exchange: Exchange) -> None:
    assert write(ana, exchange, "a\x00b").status_code == 422
    assert not Note.objects.exists()


def test_a_carer_who_looks_writes_nothing(world: World, gran: Client, exchange: Exchange) -> None:
    world.gran.memberships.update(role="carer_views")
    assert write(gran, exchange, "x").status_code == 404
    assert feel(gran, exchange, "fine").status_code == 404


def test_how_it_was_is_shown_to_nobody_else(ana: Client, ben: Client, exchange: Exchange) -> None:
    assert feel(ana, exchange, "tense").status_code == 303
    assert 'value="tense" checked' in page(ana, exchange)
    assert "checked" not in page(ben, exchange).split('id="own"')[1].split("</fieldset>")[0]


def test_said_again_it_changes_and_taken_away_it_is_gone(ana: Client, exchange: Exchange) -> None:
    for feeling in ("tired", "fine"):
        feel(ana, exchange, feeling)
    assert OwnState.objects.get().open().text == "fine"
    feel(ana, exchange, "")
    assert not OwnState.objects.exists()


def test_too_much_brings_the_break_on_the_same_screen(ana: Client, exchange: Exchange) -> None:
    part = feel(ana, exchange, "too_much", headers={"HX-Request": "true"}).content.decode()
    assert part.index("Could your baby be ill or in pain?") < part.index("Put your baby on their back")
    assert "Never shake a baby." in part
    assert "data-result" in part


def test_a_feeling_that_is_none_changes_nothing(ana: Client, exchange: Exchange) -> None:
    feel(ana, exchange, "<b>")
    assert not OwnState.objects.exists()


def test_moved_to_another_row_it_does_not_open(ana: Client, world: World, exchange: Exchange) -> None:
    write(ana, exchange, "here")
    other = Note.objects.write(logged(world.pip, world.ana), world.ana, "there", False, NOW, None)
    here = Note.objects.get(exchange=exchange)
    Note.objects.filter(pk=other.pk).update(sealed=here.sealed, key_id=here.key_id)
    assert Note.objects.get(pk=other.pk).open().text is None
    assert here.open().text == "here"


def test_without_its_key_a_note_is_a_sentence_and_is_not_written_over(
    ana: Client, ben: Client, exchange: Exchange, settings: Any
) -> None:
    write(ana, exchange, "kept", is_shared="1")
    right, settings.NOTES_RING = settings.NOTES_RING, Ring((new_key(),))
    assert "cannot be opened" in page(ana, exchange)
    assert "cannot be opened" in page(ben, exchange)
    assert write(ana, exchange, "over it").status_code == 422
    settings.NOTES_RING = right
    assert Note.objects.get().open().text == "kept"


def test_the_number_of_queries_does_not_grow_with_notes(ana: Client, world: World, exchange: Exchange) -> None:
    counts = []
    for who in (world.ana, world.ben, world.gran):
        Note.objects.write(exchange, who, "words", True, NOW + timedelta(minutes=1), None)
        counts.append(len(asked_by(lambda: page(ana, exchange))))
    assert counts[0] == counts[1] == counts[2]


def test_an_unknown_exchange_is_not_here(ana: Client, world: World) -> None:
    assert ana.post(reverse("journal:note", args=[uuid4()]), {"text": "x"}).status_code == 404


def test_reading_is_not_writing(ana: Client, exchange: Exchange) -> None:
    for name in ("journal:note", "journal:state"):
        assert ana.get(reverse(name, args=[exchange.pk])).status_code == 405
