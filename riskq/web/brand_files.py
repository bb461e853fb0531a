"""What a brand adds to the files for browsers: its logo, and its colour in the place of our own.

Pages hold no styles of their own, so the colour goes into the style sheet of every page. Drawings
name our colour as an attribute, which any rule of a style sheet is stronger than.
"""

from __future__ import annotations

from riskq.brand import Brand, colour_tokens
from riskq.report import ACCENT

__all__ = ["brand_sheet", "logo_file", "logo_width"]

_LOGO_HEIGHT = 36
_WASH = "#e7eff0"
_DEEPER = (".bottom a", ".map-entry:target a", ".map-section:target a")
"""Links on a tinted ground, on which a colour that is right on white may be too light."""


def brand_sheet(brand: Brand) -> bytes:
    """The rules that follow those of every page; nothing without a colour."""
    tokens = colour_tokens(brand.colour)
    if not tokens:
        return b""
    rules = [
        ":root { " + " ".join(f"{name}: {value};" for name, value in tokens.items()) + " }",
        *(f'svg [{part}="{ACCENT}"] {{ {part}: var(--teal); }}' for part in ("fill", "stroke")),
        f'svg [fill="{_WASH}"] {{ fill: var(--teal-wash); }}',
        ", ".join(_DEEPER) + " { color: var(--teal-deep); }",
    ]
    return "\n".join(["", *rules, ""]).encode()


def logo_file(brand: Brand) -> dict[str, tuple[bytes, str]]:
    """The logo by its name, with its type; nothing without one."""
    if brand.logo is None:
        return {}
    return {f"brand/logo{brand.logo.suffix}": (brand.logo.body, brand.logo.type)}


def logo_width(brand: Brand) -> int:
    """How many pixels wide the logo is at the height it has in the head of a page."""
    return round(_LOGO_HEIGHT * brand.logo.ratio) if brand.logo else 0
