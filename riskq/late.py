"""Hands out names late: a package's part is imported when somebody first asks for one of its names.

A page worker answers pages for months, and few of them are maps, proofs or blank forms. What only
those need would lie in its memory from the start. A door therefore shows all its names to readers
and tools, and names here those that it gives late.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module

__all__ = ["handing_out"]


def handing_out(package: str, parts: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """The ``__getattr__`` of a package (PEP 562): ``parts`` names what each of its modules gives.

    Any number of threads may ask at once. Raises ``AttributeError`` for every other name.
    """
    homes = {name: f"{package}.{part}" for part, names in parts.items() for name in names}

    def hand_out(name: str) -> object:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f'The package "{package}" has no "{name}".')
        found: object = getattr(import_module(home), name)
        # The next one who asks finds it in the package itself.
        setattr(sys.modules[package], name, found)
        return found

    return hand_out
