"""Every address that there is, those of parts that are loaded late too."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import Rule

from riskq.web.late_parts import LateFlask

__all__ = ["every_rule"]

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})


def every_rule(app: Flask) -> list[tuple[str, Rule]]:
    """Every method and rule but those of the API, whose calls take no cookie."""
    assert isinstance(app, LateFlask)
    app.load_late()
    return [
        (method, rule)
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith("api.")
        for method in sorted((rule.methods or set()) & _METHODS)
    ]
