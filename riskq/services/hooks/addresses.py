"""Which addresses are told: checked when one is written down, and again when it is called.

A name may mean another machine tomorrow. The machine that is called is therefore looked up and
checked each time, and the very address that was checked is the one that is called.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from riskq.hook_reach import Reach
from riskq.services.hooks.errors import HookError

__all__ = ["Machine", "check_address", "find_machines"]

Machine = tuple[str, int]
"""An address of a machine and the port there."""

_LONGEST_ADDRESS = 1000
_MOST_MACHINES = 4
_TRANSLATED = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")
"""All that is given out of the newer kind; whatever else exists leads somewhere inside."""


def check_address(url: str, reach: Reach) -> SplitResult:
    """Take an address apart; raises ``HookError`` if it is none that is told."""
    if not url.isascii() or not url.isprintable() or " " in url or len(url) > _LONGEST_ADDRESS:
        raise HookError("address")
    try:
        parts = urlsplit(url)
        _ = parts.port  # It is read here, since a wrong one is told only when it is asked for.
    except ValueError as error:
        raise HookError("address") from error
    if not parts.hostname or "@" in parts.netloc or parts.fragment:
        raise HookError("address")
    if parts.scheme != "https" and not (parts.scheme == "http" and reach is Reach.ANY):
        raise HookError("scheme")
    return parts


def find_machines(parts: SplitResult, reach: Reach) -> Sequence[Machine]:
    """The machines behind an address that may be called; raises ``HookError`` without any."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HookError("name") from error
    names = [str(one[4][0]) for one in found]
    machines = [(name, port) for name in names if reach is Reach.ANY or _is_public(name)]
    if not machines:
        raise HookError("private")
    return machines[:_MOST_MACHINES]


def _is_public(name: str) -> bool:
    address = ip_address(name.partition("%")[0])
    inner = _inside(address) if isinstance(address, IPv6Address) else address
    if isinstance(inner, IPv6Address) and inner not in _UNICAST:
        return False
    return inner.is_global and not inner.is_multicast


def _inside(address: IPv6Address) -> IPv4Address | IPv6Address:
    """The address of the older kind that one of the newer holds: a gateway would lead there."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
