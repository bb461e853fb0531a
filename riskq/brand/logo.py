"""The logo of a brand: a PNG or an SVG, looked through to the last byte and kept small."""

from __future__ import annotations

from riskq.brand.value import Logo, refuse

__all__ = ["MAX_FILE", "read_logo"]

MAX_FILE = 1_000_000
"""The largest file that is looked at, in bytes."""

_MAX_LOGO = 100_000
_WIDEST = 12.0


def read_logo(body: bytes, where: str) -> Logo:
    """The picture without what it does not need; raises ``BrandError`` with every fault.

    A logo that was read once is read again as it is.
    """
    if len(body) > MAX_FILE:
        raise refuse(where, f"the file has more than {MAX_FILE} bytes", "Give a smaller picture.")
    logo = _clean(body, where)
    if len(logo.body) > _MAX_LOGO:
        what = f"the picture has {len(logo.body)} bytes"
        raise refuse(where, what, f"Give one of at most {_MAX_LOGO}: smaller, or simpler.")
    if not 1 / _WIDEST <= logo.ratio <= _WIDEST:
        what = "the picture is far longer one way than the other"
        raise refuse(where, what, f"Give one with sides of at most 1:{_WIDEST:.0f}.")
    return logo


def _clean(body: bytes, where: str) -> Logo:
    # Few have a logo, and what reads one is large.
    from riskq.brand.png import SIGNATURE, clean_png

    if body.startswith(SIGNATURE):
        png, ratio = clean_png(body, where)
        return Logo("image/png", png, ratio)
    from riskq.brand.svg import clean_svg

    svg, ratio = clean_svg(body, where)
    return Logo("image/svg+xml", svg, ratio)
