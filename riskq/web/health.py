"""Says whether the process lives (/healthz) and whether it can do its work (/readyz)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, Response

from riskq.queue_probe import queue_trouble
from riskq.store import StoreUnavailable, probe
from riskq.web.state import state

__all__ = ["health"]

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """Answer, which is all that is asked."""
    return _told(200, "ok")


@health.get("/readyz")
def ready() -> Response:
    """Read and write the stores for trial, and reach for the queue of jobs.

    503 with a line for each that fails: its name, and a word for the reason.
    """
    troubles = list(_troubles())
    return _told(503, *troubles) if troubles else _told(200, "ok")


def _troubles() -> Iterator[str]:
    here = state()
    try:
        here.desk.store.check()
    except StoreUnavailable as error:
        yield f"store: {error.reason}"
    bundles = here.settings.bundles
    try:
        # In a shared database they lie beside the assessments, which were tried before.
        if isinstance(bundles, Path):
            probe(bundles)
    except StoreUnavailable as error:
        yield f"bundles: {error.reason}"
    trouble = queue_trouble(here.settings)
    if trouble:
        yield f"queue: {trouble}"


def _told(status: int, *lines: str) -> Response:
    text = "".join(f"{line}\n" for line in lines)
    return Response(text, status, content_type="text/plain; charset=utf-8")
