"""The language of a page is the first part of its address: ``/kk/…``, ``/ru/…``, ``/en/…``.

A page therefore has one language wherever its address goes, and switching keeps the place.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response

from riskq.i18n import LANGUAGE_NAMES, LANGUAGES, Words, best_language, words

__all__ = ["SwitchLink", "in_language", "language", "language_door", "switch_links", "web_words"]

PREFIX = f"/<any({', '.join(LANGUAGES)}):language>"
"""What every page's rule begins with."""

language_door = Blueprint("language_door", __name__)


class SwitchLink(NamedTuple):
    """A link to the same place in another language; ``name`` is the language's own."""

    code: str
    name: str
    url: str


def in_language(name: str) -> Blueprint:
    """A blueprint of pages: the address says the language, and links keep it."""
    blueprint = Blueprint(name, f"riskq.web.{name}", url_prefix=PREFIX)

    @blueprint.url_value_preprocessor
    def take_language(_: str | None, values: dict[str, object] | None) -> None:
        if values is not None:
            g.language = values.pop("language")

    @blueprint.url_defaults
    def give_language(_: str, values: dict[str, object]) -> None:
        values.setdefault("language", language())

    return blueprint


def language() -> str:
    """The language of the present page; for an address without one, the best that we have."""
    chosen = g.get("language")
    if chosen is None:
        first = request.path[1:3]
        known = first in LANGUAGES and request.path[3:4] in ("", "/")
        g.language = chosen = first if known else _accepted()
    return str(chosen)


def _accepted() -> str:
    return best_language(list(request.accept_languages))


def web_words() -> Words:
    """The words of the pages in the present language."""
    return words(language(), "web")


def switch_links() -> tuple[SwitchLink, ...]:
    """The same address in each language."""
    path = request.path[3:] if request.path[1:3] in LANGUAGES else "/"
    came_from = request.args.get("from", "")
    query = f"?from={came_from}" if came_from in ("check", "overview") else ""
    return tuple(
        SwitchLink(code, LANGUAGE_NAMES[code], f"/{code}{path}{query}") for code in LANGUAGES
    )


@language_door.get("/")
def choose_language() -> Response:
    """Lead to the start page in the language that the browser asks for."""
    response = redirect(f"/{_accepted()}/")
    response.headers["Vary"] = "Accept-Language"
    return response
