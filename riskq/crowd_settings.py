"""What an operator sets about crowds: which proxies stand before the service, and what one may ask.

Limits are counted by the address that somebody comes from. A proxy hides it, and writes it into
``X-Forwarded-For``; anybody else can write there too, so that only what so many proxies of one's
own have written is believed.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from riskq.errors import Problem
from riskq.sign_in_settings import is_on_production

__all__ = ["USUAL", "CrowdSettings", "crowd_of"]

_MOST_PROXIES, _MOST_TIMES = 5, 100


class CrowdSettings(Struct, frozen=True):
    """How many proxies of one's own stand before the service, and how generous it is.

    ``times`` is by how much more than usual may be asked of the service; with 0 nothing is counted.
    """

    proxies: int = 0
    times: int = 1


USUAL = CrowdSettings()
"""Nothing before the service, and the usual allowances."""


def crowd_of(environ: Mapping[str, str]) -> tuple[CrowdSettings, list[Problem]]:
    """What the environment says of crowds, and everything that is wrong with it."""
    problems: list[Problem] = []

    def number(name: str, usual: int, most: int) -> int:
        text = environ.get(name, str(usual))
        if text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= most:
            return int(text)
        mend = f"Write a number from 0 to {most}."
        problems.append(Problem("setting", name, f'"{text}" cannot be taken', mend))
        return usual

    # riskq speaks no TLS itself: what people reach by https, they reach by a proxy.
    before = int(environ.get("RISKQ_ORIGIN", "").startswith("https://"))
    proxies = number("RISKQ_PROXIES", before, _MOST_PROXIES)
    if before and not proxies and not problems and is_on_production(environ):
        mend = "Write how many proxies stand before the service; what speaks https is one."
        told = "without its proxy, all people would be one address"
        problems.append(Problem("setting", "RISKQ_PROXIES", told, mend))
    return CrowdSettings(proxies, number("RISKQ_ALLOWANCE", 1, _MOST_TIMES)), problems
