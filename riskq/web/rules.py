"""Addresses that are written late: what puts one together is compiled when one is first wanted.

The framework compiles two functions for each address at the start, of which a page worker uses few.
All of them together would take a megabyte and a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import Rule

__all__ = ["LateRule"]

_Build = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """A rule whose addresses are put together by functions that are compiled when wanted."""

    def _compile_builder(self, append_unknown: bool = True) -> _Build:
        compile_now = super()._compile_builder
        made: list[_Build] = []

        def build(rule: Rule, **values: object) -> tuple[str, str]:
            if not made:
                made.append(compile_now(append_unknown))
            return made[0](rule, **values)

        return build
