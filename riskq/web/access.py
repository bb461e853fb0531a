"""Who may open an assessment: whoever came by its private link, as the session cookie remembers.

The cookie is signed, and holds the secrets of at most twenty assessments, the last used at the
end. No address but the private link itself carries a secret.
"""

from __future__ import annotations

from typing import cast

from flask import g, request, session, url_for

from riskq.services import NoAssessmentError, Opened, open_assessment
from riskq.web.state import state

__all__ = ["MAX_KEPT", "forget", "open_here", "private_link", "remember", "secret_of"]

MAX_KEPT = 20
"""How many assessments one browser can have open; the oldest is forgotten first."""

_KEYS = "keys"
_LONGEST_ID = 40


def _keys() -> dict[str, str]:
    return dict(cast("list[tuple[str, str]]", session.get(_KEYS, [])))


def _keep(keys: dict[str, str]) -> None:
    # A list of pairs keeps its order in the cookie; a mapping is sorted there.
    session[_KEYS] = [[name, secret] for name, secret in keys.items()][-MAX_KEPT:]
    session.permanent = True


def remember(assessment: str, secret: str) -> None:
    """Let this browser open the assessment from now on."""
    forget(assessment)
    _keep({**_keys(), assessment: secret})


def forget(assessment: str) -> None:
    """Let this browser no longer open the assessment."""
    _keep({name: key for name, key in _keys().items() if name != assessment})


def secret_of(assessment: str) -> str | None:
    """The secret that this browser came with, if it did."""
    return _keys().get(assessment)


def private_link(assessment: str) -> str:
    """The whole private link of an assessment that this browser has opened."""
    origin = state().settings.origin or request.host_url.rstrip("/")
    return origin + url_for("start.come_back", secret=secret_of(assessment) or "")


def open_here(assessment: str) -> Opened:
    """Open the assessment of the present address.

    Raises ``NoAssessmentError`` alike for one that is not there and one that is not this
    browser's, and else as ``services.open_assessment`` does.
    """
    secret = secret_of(assessment)
    if secret is None or len(assessment) > _LONGEST_ID:
        raise NoAssessmentError("This browser has not opened such an assessment.")
    opened = open_assessment(state().desk, assessment, secret)
    g.opened = opened
    return opened
