"""How long reads and writes take, and why some fail: counted for whoever runs the service."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

from riskq import metrics
from riskq.store.errors import StoreUnavailable

__all__ = ["measured"]

T = TypeVar("T")


def measured(store: str, operation: str, run: Callable[[], T]) -> T:
    """What ``run`` gives; its time and its failure are counted for an operation of a store."""
    began = perf_counter()
    try:
        return run()
    except StoreUnavailable as error:
        metrics.count(metrics.STORE_FAULTS, store, error.reason)
        raise
    finally:
        metrics.observe(metrics.STORE_SECONDS, perf_counter() - began, store, operation)
