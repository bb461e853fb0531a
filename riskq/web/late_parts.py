"""Parts of the pages that are loaded when somebody first asks for one of them.

Most people answer questions without an account. What accounts, workspaces, screenings and tables
need would lie in the memory of every page worker from its start; here it comes with the first
request for one of their addresses, or with the first page that links to one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, NamedTuple

from flask import Blueprint, Flask
from flask.globals import request_ctx
from werkzeug.routing import BuildError

__all__ = ["LateFlask", "LateParts"]


class LateParts(NamedTuple):
    """Parts, and what their addresses begin with after the language, or end with."""

    first: frozenset[str]
    last: frozenset[str]
    parts: Callable[[], Iterable[Blueprint]]
    lock: Lock

    def is_asked_for(self, path: str) -> bool:
        """Whether an address may be one of theirs."""
        words = path.split("/")
        return bool(words[2:3]) and (words[2] in self.first or words[-1] in self.last)


class LateFlask(Flask):
    """An application with parts that are loaded late.

    The addresses are put into a new map that takes the place of the old one at once: requests that
    are being answered go on by the old one.
    """

    _late: LateParts | None = None

    def add_late(self, late: LateParts) -> None:
        """Load these with the first request for one of their addresses."""
        self._late = late

    def load_late(self) -> bool:
        """Load what is not loaded yet; whether there was anything."""
        late = self._late
        if late is None:
            return False
        with late.lock:
            # Another thread may have been first; nobody goes on before it has finished.
            if self._late is late:
                self._take_in(late.parts())
                self._late = None
        return True

    def _take_in(self, parts: Iterable[Blueprint]) -> None:
        """Register the parts with an application of their own, and take over what that knows."""
        other = type(self)(self.import_name, static_folder=None)
        for part in parts:
            other.register_blueprint(part)
        grown = self.url_map_class()
        for rule in (*self.url_map.iter_rules(), *other.url_map.iter_rules()):
            copy = rule.empty()
            copy.provide_automatic_options = rule.provide_automatic_options  # type: ignore[attr-defined]  # The framework sets it so.
            grown.add(copy)
        self.blueprints |= other.blueprints
        self.view_functions |= other.view_functions
        for name in ("before_request_funcs", "url_value_preprocessors", "url_default_functions"):
            theirs = getattr(other, name)
            getattr(self, name).update({of: told for of, told in theirs.items() if of is not None})
        grown.update()
        self.url_map = grown

    def wsgi_app(self, environ: Any, start_response: Any) -> Any:
        """Load the late parts before the first request for one of them is matched."""
        late = self._late
        if late is not None and late.is_asked_for(str(environ.get("PATH_INFO", ""))):
            self.load_late()
        return super().wsgi_app(environ, start_response)

    def handle_url_build_error(
        self, error: BuildError, endpoint: str, values: dict[str, Any]
    ) -> str:
        """Load the late parts if a page links to one of them, and try once more."""
        if not self.load_late():
            return super().handle_url_build_error(error, endpoint, values)
        request_ctx.url_adapter = self.create_url_adapter(request_ctx.request)
        return self.url_for(endpoint, **values)
