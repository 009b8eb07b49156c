"""An address of the public internet; what is not one is tried with the pushes (tests/delivery/test_push.py)."""

import pytest

from attachment_app.lib.public_address import is_public


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.4.4", "2606:4700::1111", "2a00:1450::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"],
)
def test_it_works(address: str) -> None:
    """Also where an IPv4 address is carried in an IPv6 one: that is whom it would reach."""
    assert is_public(address)


@pytest.mark.parametrize("address", ["10.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "localhost", ""])
def test_what_is_none(address: str) -> None:
    assert not is_public(address)
