from collections.abc import Iterator
from typing import Any

import pytest

from tests.mailbox import Mailbox, open_mailbox


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with open_mailbox(settings) as box:
        yield box
