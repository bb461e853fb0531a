"""Which addresses are told: checked when one is written down, and again when it is called.

A name may mean another machine tomorrow. The machine that is called is therefore looked up and
checked each time, and the very address that was checked is the one that is called.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from riskq.hook_reach import Reach
from riskq.services.hooks.errors import HookError

__all__ = ["LONGEST_ADDRESS", "check_address", "find_machine"]

LONGEST_ADDRESS = 1000


def check_address(url: str, reach: Reach) -> SplitResult:
    """Take an address apart; raises ``HookError`` if it is none that is told."""
    if not url.isascii() or not url.isprintable() or " " in url or len(url) > LONGEST_ADDRESS:
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


def find_machine(parts: SplitResult, reach: Reach) -> tuple[str, int]:
    """The machine behind an address; raises ``HookError`` if it may not be called."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HookError("name") from error
    machines = [str(one[4][0]) for one in found]
    if reach is not Reach.ANY:
        machines = [one for one in machines if _is_public(one)]
    if not machines:
        raise HookError("private")
    return machines[0], port


def _is_public(machine: str) -> bool:
    address = ip_address(machine.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not address.is_multicast
