"""The pages of a workspace: none opens without a right that the page itself names.

A page is registered with the right it needs, so that one without any cannot be written. Whoever is
not signed in is led to the sign-in page. A workspace to which one does not belong is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, abort, g
from werkzeug.wrappers import Response

from riskq.services import workspaces
from riskq.web.locale import in_language
from riskq.web.signed_in import signed_in
from riskq.web.state import state

__all__ = ["RIGHTS", "Right", "Role", "Seat", "WorkspacePages"]

Right = workspaces.Right
Role = workspaces.Role
Seat = workspaces.Seat

RIGHTS: dict[str, Right] = {}
"""Which right each page of a workspace needs, by its endpoint and method."""

View = Callable[..., Response]


class WorkspacePages:
    """A part of a workspace's pages; their addresses begin with ``/w/<workspace>``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.blueprint: Blueprint = in_language(name)

    def get(self, rule: str, right: Right) -> Callable[[View], View]:
        """Register a page."""
        return self._page("GET", rule, right)

    def post(self, rule: str, right: Right) -> Callable[[View], View]:
        """Register what a form does."""
        return self._page("POST", rule, right)

    def _page(self, method: str, rule: str, right: Right) -> Callable[[View], View]:
        def register(view: View) -> View:
            RIGHTS[f"{self.name}.{view.__name__}"] = right

            @wraps(view)
            def guarded(workspace: str, **values: Any) -> Response:
                seat = workspaces.take_seat(state().desk, signed_in().user, workspace)
                if not seat.may(right):
                    abort(403, "role")
                g.seat = seat
                return view(seat, **values)

            self.blueprint.add_url_rule(f"/w/<workspace>{rule}", None, guarded, methods=[method])
            return view

        return register
