"""Renders a page: what every template knows, and the status and headers of the answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

from flask import Flask, Response, g, make_response, render_template
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from riskq.compiled_templates import keep_compiled
from riskq.i18n import Words, words, write_day
from riskq.report import bind_numbers
from riskq.services import workspaces
from riskq.web.assets import asset_url
from riskq.web.locale import SwitchLink, language, switch_links
from riskq.web.markup import KeptParts
from riskq.web.signed_in import has_session

__all__ = ["install_templates", "page_templates", "render"]


class Frame(TypedDict):
    """What the frame of every page needs."""

    language: str
    switch_links: tuple[SwitchLink, ...]
    home_url: str
    has_session: bool
    seat: workspaces.Seat | None
    held: workspaces.Held | None
    _: Words


def frame() -> Frame:
    """The frame of the present page."""
    spoken = language()
    return {
        "language": spoken,
        "switch_links": switch_links(),
        # Every page has it, and the map of addresses is not asked for it each time.
        "home_url": f"/{spoken}/",
        "has_session": has_session(),
        "seat": g.get("seat"),
        "held": g.get("held"),
        "_": words(spoken, "web"),
    }


def install_templates(app: Flask) -> None:
    """Set up Jinja: missing names are errors, templates are compiled once, all text is escaped."""
    app.jinja_options = {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "auto_reload": False,
    }
    globals_: dict[str, Callable[..., str]] = {
        "asset": asset_url,
        "write_day": write_day,
        "once": KeptParts(),
    }
    app.jinja_env.globals.update(globals_)
    app.jinja_env.loader = ChoiceLoader([PackageLoader("riskq.web"), PackageLoader("riskq.report")])
    keep_compiled(app.jinja_env, Path(__file__).parent / "templates")


def page_templates() -> Environment:
    """The templates of all pages, without a service, to be compiled."""
    app = Flask("riskq.web", static_folder=None)
    install_templates(app)
    return app.jinja_env


def render(template: str, status: int = 200, **values: object) -> Response:
    """Render a template in the frame of the present page."""
    g.rendered = True
    html = render_template(template, **frame(), **values)
    return make_response(bind_numbers(html), status)
