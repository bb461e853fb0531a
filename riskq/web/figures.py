"""The figures of the service (/metrics), for programs that hold the operator's token."""

from __future__ import annotations

from contextlib import suppress
from hmac import compare_digest

from flask import Blueprint, Response, abort, request

from riskq import metrics, services
from riskq.store import StoreUnavailable
from riskq.web.state import state

__all__ = ["figures"]

figures = Blueprint("figures", __name__)

_Asked = dict[metrics.Family, dict[tuple[str, ...], float]]

_STATES = ("waiting", "working", "done", "failed", "cancelled")


@figures.get("/metrics")
def tell() -> Response:
    """All figures, of all processes; as if there were no such page where no token is set."""
    settings = state().settings
    token = settings.watch.token
    if not token:
        abort(404)
    given = request.headers.get("Authorization", "")
    # The time that it takes says nothing of where the two differ.
    if not compare_digest(given.encode(), f"Bearer {token}".encode()):
        refused = Response("A token is needed.\n", 401, content_type="text/plain; charset=utf-8")
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    text = metrics.written_figures(settings.metrics_folder, _asked())
    return Response(text, content_type=metrics.CONTENT_TYPE)


def _asked() -> _Asked:
    """What the stores are asked for; one that cannot be asked holds up no other figure."""
    found: _Asked = {}
    for ask in (_bundle_items, _messages):
        with suppress(StoreUnavailable):
            found |= ask()
    return found


def _bundle_items() -> _Asked:
    counts = state().bundle_store.count_items()
    return {metrics.BUNDLE_ITEMS: {(name,): counts.get(name, 0) for name in _STATES}}


def _messages() -> _Asked:
    waiting = services.waiting_messages(state().desk).items()
    counts: dict[tuple[str, ...], float] = {
        (kind, name): count
        for kind, one in waiting
        for name, count in (("queued", one.queued), ("failed", one.failed))
    }
    oldest: dict[tuple[str, ...], float] = {(kind,): one.oldest for kind, one in waiting}
    return {metrics.MESSAGES: counts, metrics.OLDEST_MESSAGE: oldest}
