"""What is sealed opens with its key, for its row, unchanged; and in no other case."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attachment_app.lib.sealing import CannotOpen, NotAKey, Ring, key_from, new_key, seal, unseal

KEY, OTHER = new_key(), new_key()


@given(st.binary(max_size=2000), st.text(max_size=50))
def test_it_works(text: bytes, about: str) -> None:
    assert unseal(KEY, seal(KEY, text, about), about) == text


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert seal(KEY, b"a note", "a") != seal(KEY, b"a note", "a")


@pytest.mark.parametrize(
    ("key", "about"), [(OTHER, "row 1"), (KEY, "row 2"), (KEY, "")], ids=["another key", "another row", "no row"]
)
def test_another_key_or_another_row_does_not_open_it(key: bytes, about: str) -> None:
    with pytest.raises(CannotOpen):
        unseal(key, seal(KEY, b"a note", "row 1"), about)


def test_a_changed_bit_anywhere_does_not_open() -> None:
    sealed = bytearray(seal(KEY, b"a note", "row 1"))
    for place in range(len(sealed)):
        sealed[place] ^= 1
        with pytest.raises(CannotOpen):
            unseal(KEY, bytes(sealed), "row 1")
        sealed[place] ^= 1


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"x" * 12, b"plain words"])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal(KEY, sealed, "row 1")


def test_a_ring_wraps_with_its_first_key_and_unwraps_with_all() -> None:
    old, new = Ring((OTHER,)), Ring((KEY, OTHER))
    wrapped = old.wrap(b"k" * 32, "about")
    assert new.unwrap(wrapped, old.mark, "about") == b"k" * 32
    assert new.mark != old.mark
    with pytest.raises(CannotOpen, match="not in the environment"):
        Ring((KEY,)).unwrap(wrapped, old.mark, "about")
    with pytest.raises(CannotOpen):
        new.unwrap(wrapped, old.mark, "about another")


def test_a_mark_tells_nothing_of_its_key() -> None:
    assert KEY.hex()[:8] not in Ring((KEY,)).mark


def test_a_key_is_read_as_it_is_written() -> None:
    assert len(key_from(secrets.token_urlsafe(32))) == 32
    for nonsense in ("", "short", "ü" * 43, secrets.token_urlsafe(31), secrets.token_urlsafe(64)):
        with pytest.raises(NotAKey):
            key_from(nonsense)
