"""No colour hangs on the width of a page, so that a text is as readable on a phone as elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parents[2] / "static"

_AT_WIDTHS = re.compile(r"@media [^{]*width[^{]*\{((?:[^{}]|\{[^{}]*\})*)\}")
_COLOURS = re.compile(
    r"[{;]\s*((?:--[\w-]+|[\w-]*(?:background|color|fill|opacity|filter|blend-mode))\s*:[^;}]*)"
)


def coloured(css: str) -> list[str]:
    """What rules for some widths say of colours, but for what they write themselves."""
    return [
        found
        for block in _AT_WIDTHS.findall(css)
        for selector, rule in re.findall(r"([^{}]+)(\{[^{}]*\})", block)
        if not selector.rstrip().endswith(("::before", "::after"))
        for found in _COLOURS.findall(rule)
    ]


def test_rules_for_widths_are_found_and_their_colours_noticed() -> None:
    css = "@media (max-width: 40rem) { a { top: 0; color: red; } b { opacity: .5 } } c { color: x }"
    assert coloured(css) == ["color: red", "opacity: .5 "]
    assert coloured("@media (max-width: 9px) { td::before { color: red; } }") == []
    assert coloured("@media (width < 9px) { :root { --ink: red; } }") == ["--ink: red"]
    assert coloured("@media (width < 9px) { a { -webkit-text-fill-color: red } }") != []
    assert coloured("@media print { a { color: red; } }") == []


def test_no_colour_hangs_on_the_width() -> None:
    sheets = {path.name: path.read_text("utf-8") for path in STATIC.glob("*.css")}
    assert sum(len(_AT_WIDTHS.findall(css)) for css in sheets.values()) >= 6
    assert {name: found for name, css in sheets.items() if (found := coloured(css))} == {}
