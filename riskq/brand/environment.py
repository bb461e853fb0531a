"""The brand as an operator sets it, with every fault of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from riskq.brand.colour import read_colour
from riskq.brand.logo import MAX_FILE, read_logo
from riskq.brand.texts import read_footer, read_name
from riskq.brand.value import Brand, BrandError, Logo, refuse
from riskq.errors import Problem

__all__ = ["brand_of"]

_PREFIX = "RISKQ_BRAND_"
_TEXTS: dict[str, Callable[[str, str], str]] = {
    "NAME": read_name,
    "COLOUR": read_colour,
    "FOOTER": read_footer,
}


def brand_of(environ: Mapping[str, str]) -> tuple[Brand, tuple[Problem, ...]]:
    """What the environment sets, and everything that is wrong with it."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for part, read in _TEXTS.items():
        given = environ.get(_PREFIX + part, "").strip()
        try:
            texts[part] = read(given, _PREFIX + part) if given else ""
        except BrandError as error:
            problems.extend(error.problems)
    logo = None
    try:
        logo = _logo(environ)
    except BrandError as error:
        problems.extend(error.problems)
    brand = Brand(texts.get("NAME", ""), texts.get("FOOTER", ""), texts.get("COLOUR", ""), logo)
    return brand, tuple(problems)


def _logo(environ: Mapping[str, str]) -> Logo | None:
    """The logo, if one is set; those who do not see it have the name, so that it needs one."""
    where = f"{_PREFIX}LOGO"
    path = environ.get(where, "")
    if not path:
        return None
    if not environ.get(f"{_PREFIX}NAME", "").strip():
        mend = f"Give the name that stands beside it in {_PREFIX}NAME."
        raise refuse(where, "a logo alone names nobody", mend)
    try:
        with Path(path).open("rb") as file:
            return read_logo(file.read(MAX_FILE + 1), where)
    except (OSError, ValueError) as error:
        mend = "Name a PNG or SVG file that the service may read."
        raise refuse(where, f"{path} cannot be read ({error})", mend) from error
