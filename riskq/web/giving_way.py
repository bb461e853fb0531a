"""Lets other requests begin while one waits for another process, another service or its queue.

Few requests are answered at once (``riskq.serving``). Under another server this does nothing.
"""

from __future__ import annotations

from flask import Flask, request

from riskq.serving import GIVE_WAY

__all__ = ["PAGES_THAT_WAIT", "give_way", "install_giving_way"]

PAGES_THAT_WAIT = frozenset(
    {
        *("result.pdf", "paper.form", "branding.preview"),
        *("received.verify", "received.take", "reports.verify", "reports.take", "bundles.take"),
        *("tables.judge", "inviting.look", "inviting.add"),
        *("removing.sign_in_again", "provider_door.come_back", "accounts.go_to_provider"),
    }
)
"""Pages that wait for a document, for a file that is read apart, or for another service."""


def install_giving_way(app: Flask) -> None:
    """Have every page that waits give way before it begins."""
    app.before_request(_give_way_if_it_waits)


def give_way() -> None:
    """Let another request begin, since this one will wait."""
    request.environ.get(GIVE_WAY, _nothing)()


def _give_way_if_it_waits() -> None:
    # What is done with a password waits until the one before it is hashed.
    hashes = request.method == "POST" and request.blueprint == "accounts"
    if hashes or request.endpoint in PAGES_THAT_WAIT:
        give_way()


def _nothing() -> None:
    """What there is to call where requests do not wait for their turn."""
