"""The colour of a brand, which must be read on white and under white, and its shades."""

from __future__ import annotations

import re

from riskq.brand.value import refuse

__all__ = ["colour_tokens", "read_colour"]

_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_LEAST_CONTRAST = 4.5
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)

_Rgb = tuple[int, int, int]


def read_colour(text: str, where: str) -> str:
    """The colour in small letters; raises ``BrandError`` where it is none or is hard to read.

    The bound is that of WCAG 2.2, 1.4.3 (level AA). White on a colour has the same contrast as the
    colour on white.
    """
    colour = text.lower()
    if not _COLOUR.fullmatch(colour):
        what = f'"{text[:40]}" is no colour'
        raise refuse(where, what, "Write # and six digits, such as #0b5563.")
    contrast = _contrast_to_white(_parse(colour))
    if contrast < _LEAST_CONTRAST:
        # Cut, not rounded: 4.499 is not enough and must not be told as 4.5.
        told = f"{int(contrast * 100) / 100:.2f}"
        what = f"{colour} and white have a contrast of {told}:1, so neither is read on the other"
        raise refuse(where, what, f"Choose a darker one, of {_LEAST_CONTRAST}:1 or more.")
    return colour


def colour_tokens(colour: str) -> dict[str, str]:
    """What takes the place of our own working colour in ``static/tokens.css``, by its names there.

    The shades are as far from the colour as ours are from ours. No colour: no tokens.
    """
    if not colour:
        return {}
    parsed = _parse(colour)
    return {
        "--teal": colour,
        "--teal-deep": _mix(parsed, _BLACK, 0.28),
        "--teal-middle": _mix(parsed, _WHITE, 0.28),
        "--teal-pale": _mix(parsed, _WHITE, 0.6),
        "--teal-wash": _mix(parsed, _WHITE, 0.9),
    }


def _parse(colour: str) -> _Rgb:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _mix(colour: _Rgb, other: _Rgb, share: float) -> str:
    parts = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return "#" + bytes(parts).hex()


def _contrast_to_white(colour: _Rgb) -> float:
    return 1.05 / (_luminance(colour) + 0.05)


def _luminance(colour: _Rgb) -> float:
    """The relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
