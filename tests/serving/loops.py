"""Running what needs a loop of its own, whatever loop the tests before have left in this thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

__all__ = ["finish"]

T = TypeVar("T")


def finish(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives or raises, in a loop of its own."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, work).result()
