from collections.abc import Iterator
from typing import Any

import pytest

from tests.mailbox import Mailbox, open_mailbox
from tests.pushbox import Pushbox, open_pushbox


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with open_mailbox(settings) as box:
        yield box


@pytest.fixture(scope="session")
def _pushbox() -> Iterator[Pushbox]:
    with open_pushbox() as box:
        yield box


@pytest.fixture
def pushbox(_pushbox: Pushbox, settings: Any) -> Pushbox:
    """One server for all tests, empty at the start of each."""
    settings.PUSH_LOCAL = True
    _pushbox.clear()
    return _pushbox
