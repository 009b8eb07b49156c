"""What leaves the site in words: neutral on a locked screen unless the parent chose otherwise."""

import json
from uuid import uuid4

import pytest

from attachment_app.delivery import notes
from attachment_app.delivery.models import Kind, LockScreen, Occurrence
from attachment_app.delivery.push import SIZE
from attachment_app.delivery.voices import Said

TOKEN = "t" * 43
SITES = Said("Copy one sound", "Wait for the answer.", "/guidance/serve-and-return/")
OWN = Said("Pip’s bath", "Breathe, Ana.", is_own=True)


def shown(said: Said | None, lock_screen: str = LockScreen.NEUTRAL, kind: str = Kind.GENTLE) -> dict[str, object]:
    return dict(json.loads(notes.payload(Occurrence(id=uuid4(), kind=kind), TOKEN, said, lock_screen)))


def test_it_works() -> None:
    assert shown(SITES) == {
        "title": "A small idea, if you want one",
        "body": "Tap to read it.",
        "tag": "gentle",
        "url": f"/inbox/link/{TOKEN}/",
        "actions": [
            {"action": "done", "title": "Done"},
            {"action": "not-now", "title": "Not now"},
            {"action": "fewer", "title": "Fewer"},
            {"action": "stop", "title": "Stop all"},
        ],
    }


@pytest.mark.parametrize(
    ("lock_screen", "said", "title"),
    [
        (LockScreen.NEUTRAL, SITES, "A small idea, if you want one"),
        (LockScreen.NEUTRAL, OWN, "A small idea, if you want one"),
        (LockScreen.TEXT, SITES, "Copy one sound"),
        (LockScreen.TEXT, OWN, "A small idea, if you want one"),
        (LockScreen.OWN, SITES, "Copy one sound"),
        (LockScreen.OWN, OWN, "Pip’s bath"),
        (LockScreen.TEXT, None, "A small idea, if you want one"),
        ("", SITES, "A small idea, if you want one"),
    ],
)
def test_a_locked_phone_shows_what_the_parent_chose(lock_screen: str, said: Said | None, title: str) -> None:
    found = shown(said, lock_screen)
    assert found["title"] == title
    assert (found["body"] == "Tap to read it.") is (title == "A small idea, if you want one")


def test_it_is_the_same_for_every_kind_on_a_locked_phone() -> None:
    """Whether it is a reminder or the offer of a break is nobody's business who looks at the screen."""
    for kind in Kind.values:
        found = shown(SITES, kind=kind)
        assert (found["title"], found["body"]) == ("A small idea, if you want one", "Tap to read it.")


@pytest.mark.parametrize("letter", ["x", "ü", "“", "😀", '"', "\\"])
def test_words_as_long_as_can_be_fit(letter: str) -> None:
    long = Said(letter * 500, letter * 5000, is_own=True)
    payload = notes.payload(Occurrence(id=uuid4(), kind=Kind.GENTLE), TOKEN, long, LockScreen.OWN)
    assert len(payload) <= SIZE
    assert len(json.loads(payload)["title"]) <= 90


def test_the_subject_of_a_letter_fits() -> None:
    assert len(notes.neutral_title()) <= 90
