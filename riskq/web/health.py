"""Says whether the process lives (/healthz) and whether it can do its work (/readyz)."""

from __future__ import annotations

from flask import Blueprint, Response

from riskq.store import StoreUnavailable
from riskq.web.state import state

__all__ = ["health"]

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """Answer, which is all that is asked."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@health.get("/readyz")
def ready() -> Response:
    """Read and write the store for trial; 503 with a word for the reason when that fails."""
    try:
        state().desk.store.check()
    except StoreUnavailable as error:
        answer = f"store: {error.reason}\n"
        return Response(answer, 503, content_type="text/plain; charset=utf-8")
    return Response("ok\n", content_type="text/plain; charset=utf-8")
