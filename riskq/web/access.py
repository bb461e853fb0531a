"""Who may open an assessment: whoever came by its private link, as the session cookie remembers.

The cookie holds the secrets of at most twenty assessments.
"""

from __future__ import annotations

from flask import g, request, url_for

from riskq.services import NoAssessmentError, Opened, open_assessment
from riskq.web.keys import Keys
from riskq.web.state import state

__all__ = ["MAX_KEPT", "forget", "open_here", "private_link", "remember", "secret_of"]

MAX_KEPT = 20
"""How many assessments one browser can have open; the oldest is forgotten first."""

_KEYS = Keys("keys", MAX_KEPT)
_LONGEST_ID = 40

remember, forget, secret_of = _KEYS.remember, _KEYS.forget, _KEYS.secret_of
"""Let this browser open an assessment, or no longer; the secret that it came with."""


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
