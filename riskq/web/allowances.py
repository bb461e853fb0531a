"""Which pages are costly, who asks for them, and from which address a request comes.

Members are counted by themselves, everybody else by the network that they come from. What comes
from this very machine is the operator's own, or has passed a proxy that nobody told of; then all
people would be counted as one, so that nothing is.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

from flask import Flask, request

from riskq.services import Costly, accounts
from riskq.web.signed_in import has_session, who_is_here
from riskq.web.state import state

__all__ = ["COSTLY_PAGES", "address_here", "ask_again", "install_allowances"]

COSTLY_PAGES: Mapping[str, Costly] = {
    **dict.fromkeys(
        ("start.begin", "workspace.begin", "copying.copy", "invitation.begin"), Costly.START
    ),
    **dict.fromkeys(
        (
            *("received.verify", "received.take", "reports.verify", "reports.take"),
            *("evidence.attach", "tables.judge", "bundles.take", "inviting.look", "inviting.add"),
            *("branding.save", "branding.preview"),
        ),
        Costly.UPLOAD,
    ),
    **dict.fromkeys(
        ("result.pdf", "printing.begin", "vendor_reports.begin", "bundles.again"), Costly.DOCUMENT
    ),
    **dict.fromkeys(
        (
            *("exports.file", "inviting.links_file", "bundles.packed", "private.data"),
            *("evidence.download", "accounts.take_data"),
        ),
        Costly.EXPORT,
    ),
}
"""The pages that are counted, by endpoint. All others, answers above all, write nothing more."""


def install_allowances(app: Flask) -> None:
    """Count costly pages before they are answered; after the check of tokens, which comes first.

    Otherwise another site could spend what its visitors may ask for.
    """
    app.before_request(_spend)


def _spend() -> None:
    if spent := _spent_here():
        state().allowances.spend(*spent)


def ask_again() -> None:
    """Count the present request no longer: what it asked for is not there yet."""
    if spent := _spent_here():
        state().allowances.give_back(*spent)


def _spent_here() -> tuple[Costly, str] | None:
    """What the present request is counted as, and whose; None where nothing is."""
    costly = COSTLY_PAGES.get(request.endpoint or "")
    if costly is None or request.method == "OPTIONS":
        return None
    whose = _whose()
    return (costly, whose) if whose else None


def _whose() -> str:
    here = who_is_here() if has_session() else None
    if here is not None:
        return f"user:{here.user.id}"
    address = address_here()
    return "" if _is_this_machine(address) else f"network:{accounts.network_of(address)}"


def _is_this_machine(address: str) -> bool:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        # A server that listens on a socket of the file system has no address to tell.
        return not address
    # What listens for both kinds of addresses is told of the older ones as of newer ones.
    return (getattr(known, "ipv4_mapped", None) or known).is_loopback


def address_here() -> str:
    """From where the present request comes, as far as proxies of one's own tell."""
    direct, proxies = request.remote_addr or "", state().settings.crowd.proxies
    if not proxies:
        return direct
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    # Each proxy adds whom it was asked by at the end; what stands before is anybody's word.
    return told[-proxies] if len(told) >= proxies and told[-proxies] else direct
