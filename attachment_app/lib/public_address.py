"""Whether an internet address belongs to the public internet, and not to a machine or a network of our own."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


def is_public(address: str) -> bool:
    """False for private, loopback, link-local, shared, multicast and reserved addresses, also where one of those is
    written into an IPv6 address; and for what is no address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_global, _meant(found)))


def _is_global(address: IPv4Address | IPv6Address) -> bool:
    is_site_local = isinstance(address, IPv6Address) and address.is_site_local
    is_special = address.is_multicast or address.is_reserved or address.is_unspecified or is_site_local
    return address.is_global and not is_special


def _meant(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address that packets would reach: what is carried in IPv6 (mapped, 6to4, Teredo, NAT64) instead of it."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address.sixtofour:
        return [address, address.sixtofour]
    if address.teredo:
        return [address, *address.teredo]
    if any(address in net for net in _NAT64):
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    if int(address) >> 32 == 0:  # the old way to write an IPv4 address, `::127.0.0.1`
        return [IPv4Address(int(address))]
    return [address]
