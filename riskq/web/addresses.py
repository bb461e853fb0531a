"""Addresses of the walk, put together here: the framework's search through all routes takes longer.

What is given may come from an address that somebody made up. Pages that are rare ask the framework.
"""

from __future__ import annotations

from urllib.parse import quote

from riskq.web.locale import language

__all__ = ["ORIGINS", "check_address", "files_address", "overview_address", "question_address"]


def question_address(assessment: str, name: str, came_from: str = "") -> str:
    """Where a question is answered, by whoever came from one of the ``ORIGINS`` or from none."""
    return _from(_question(assessment, name), came_from)


def files_address(assessment: str, name: str, came_from: str = "") -> str:
    """Where the files of an answer are."""
    return _from(f"{_question(assessment, name)}/files", came_from)


def overview_address(assessment: str) -> str:
    """Where all sections are shown."""
    return f"{_here(assessment)}/"


def check_address(assessment: str) -> str:
    """Where all answers are shown before they are submitted."""
    return f"{_here(assessment)}/check"


def _here(assessment: str) -> str:
    return f"/{language()}/a/{quote(assessment, '')}"


def _question(assessment: str, name: str) -> str:
    return f"{_here(assessment)}/q/{quote(name, '')}"


def _from(address: str, came_from: str) -> str:
    return f"{address}?from={came_from}" if came_from else address


ORIGINS = {"check": check_address, "overview": overview_address}
"""Pages from which an answer is changed, and to which one comes back."""
