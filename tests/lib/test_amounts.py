"""Ounces and millilitres."""

from decimal import Decimal

import pytest

from attachment_app.lib.amounts import in_ml, shown


def test_it_works() -> None:
    assert (in_ml(Decimal(4), "oz"), in_ml(Decimal(120), "ml")) == (118, 120)
    assert (shown(118, "oz"), shown(118, "ml")) == ("4", "118")


@pytest.mark.parametrize("tenths", range(400))
def test_what_is_written_in_ounces_is_read_as_it_was_written(tenths: int) -> None:
    written = Decimal(tenths) / 10
    assert Decimal(shown(in_ml(written, "oz"), "oz")) == written
