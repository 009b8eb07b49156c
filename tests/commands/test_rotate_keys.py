"""New keys while the site runs: every note is readable before, while and after; a run cut off goes on."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from attachment_app.accounts.models import DataKey
from attachment_app.lib.row_security import bypass
from attachment_app.lib.sealing import Ring, new_key
from attachment_app.management.commands import rotate_keys
from journal.models import Note, OwnState
from tests.journal.makers import logged
from tests.together import together
from tests.world import NOW, World


@pytest.fixture
def notes(world: World) -> list[str]:
    words = []
    for number in range(6):
        exchange = logged(world.pip, world.ana)
        for who in (world.ana, world.ben):
            words.append(f"{who.name} {number}")
            Note.objects.write(exchange, who, words[-1], number % 2 == 0, NOW, None)
        OwnState.objects.say(world.ana, exchange, "tired", NOW)
    return sorted(words)


def readable() -> list[str]:
    return sorted(str(note.text) for note in Note.objects.all().opened())


def test_it_works(notes: list[str], settings: Any) -> None:
    old, new = settings.NOTES_RING.keys[0], new_key()
    settings.NOTES_RING = Ring((new, old))
    assert readable() == notes  # before it runs
    call_command("rotate_keys")
    settings.NOTES_RING = Ring((new,))
    assert readable() == notes  # and when the old key is thrown away
    settings.NOTES_RING = Ring((old,))
    assert readable() == ["None"] * len(notes)


def test_cut_off_it_goes_on_and_all_is_readable_meanwhile(
    notes: list[str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NOTES_RING = Ring((new_key(), *settings.NOTES_RING.keys))
    monkeypatch.setattr(rotate_keys, "BATCH", 1)
    assert rotate_keys.rewrap() == 1  # … and here it was killed
    assert readable() == notes
    call_command("rotate_keys")
    assert not DataKey.objects.wrapped_by_others().exists()
    assert readable() == notes


def test_data_keys_are_new_too_and_old_ones_forgotten(
    notes: list[str], world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotate_keys, "BATCH", 4)
    before = set(DataKey.objects.values_list("pk", flat=True))
    sealed = set(map(bytes, Note.objects.values_list("sealed", flat=True)))
    call_command("rotate_keys", "--data-keys")
    assert readable() == notes
    assert not before & set(DataKey.objects.values_list("pk", flat=True))
    assert not sealed & set(map(bytes, Note.objects.values_list("sealed", flat=True)))
    assert {state.text for state in OwnState.objects.all().opened()} == {"tired"}
    assert DataKey.objects.count() == 3  # Ana's, Ben's, the family's


def test_twice_changes_nothing(notes: list[str], settings: Any) -> None:
    settings.NOTES_RING = Ring((new_key(), *settings.NOTES_RING.keys))
    call_command("rotate_keys")
    wrapped = set(map(bytes, DataKey.objects.values_list("wrapped", flat=True)))
    call_command("rotate_keys")
    assert set(map(bytes, DataKey.objects.values_list("wrapped", flat=True))) == wrapped


def test_a_key_that_is_missing_is_named_and_nothing_is_lost(notes: list[str], settings: Any) -> None:
    old = settings.NOTES_RING
    settings.NOTES_RING = Ring((new_key(),))
    with pytest.raises(CommandError, match="NOTES_KEYS_BEFORE"):
        call_command("rotate_keys", "--data-keys")
    settings.NOTES_RING = old
    assert readable() == notes


@pytest.mark.django_db(transaction=True)
def test_two_at_once_and_a_note_written_meanwhile(settings: Any) -> None:
    world = World()
    exchange = logged(world.pip, world.ana)
    with bypass():
        for who in (world.ana, world.ben, world.gran):
            Note.objects.write(exchange, who, who.name, False, NOW, None)
    settings.NOTES_RING = Ring((new_key(), *settings.NOTES_RING.keys))
    later = logged(world.pip, world.ana)

    def write() -> None:
        with bypass():
            Note.objects.write(later, world.ana, "meanwhile", True, NOW, None)

    together(lambda: call_command("rotate_keys", "--data-keys"), lambda: call_command("rotate_keys"), write)
    assert readable() == ["Ana", "Ben", "Gran", "meanwhile"]
