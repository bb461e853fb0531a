"""Parts of pages that are the same again and again, kept as they were rendered the first time.

This is the one place where text is taken for markup: what our own templates made, with everything
in it escaped. Free text that somebody typed is never kept here.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

__all__ = ["KeptParts"]


class KeptParts:
    """Renders small templates in the context of the page that they are part of, once a key."""

    def __init__(self, most: int = 4096) -> None:
        self._most = most
        self._kept: dict[tuple[str, Hashable], Markup] = {}

    @pass_context
    def __call__(self, context: Context, template: str, key: Hashable, **values: Any) -> Markup:
        """Give the part; with a key of ``None`` it is rendered anew.

        The key must hold everything that the part shows, the language among it.
        """
        known = None if key is None else self._kept.get((template, key))
        if known is not None:
            return known
        found = context.environment.get_template(template)
        rendered = found.render({**context.get_all(), **values})
        part = Markup(rendered)  # noqa: S704 - Our own template escaped everything in it.
        if key is not None and len(self._kept) < self._most:
            self._kept[template, key] = part
        return part
