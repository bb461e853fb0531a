"""Addresses of the walk, put together here: the framework's search through all routes takes longer.

Ids of assessments and names of questions need no quoting. Pages that are rare ask the framework.
"""

from __future__ import annotations

from riskq.web.locale import language

__all__ = ["ORIGINS", "check_address", "files_address", "overview_address", "question_address"]


def question_address(assessment: str, name: str, came_from: str = "") -> str:
    """Where a question is answered, by whoever came from one of the ``ORIGINS`` or from none."""
    return _from(f"/{language()}/a/{assessment}/q/{name}", came_from)


def files_address(assessment: str, name: str, came_from: str = "") -> str:
    """Where the files of an answer are."""
    return _from(f"/{language()}/a/{assessment}/q/{name}/files", came_from)


def overview_address(assessment: str) -> str:
    """Where all sections are shown."""
    return f"/{language()}/a/{assessment}/"


def check_address(assessment: str) -> str:
    """Where all answers are shown before they are submitted."""
    return f"/{language()}/a/{assessment}/check"


def _from(address: str, came_from: str) -> str:
    return f"{address}?from={came_from}" if came_from else address


ORIGINS = {"check": check_address, "overview": overview_address}
"""Pages from which an answer is changed, and to which one comes back."""
