"""A brand as JSON: how it travels with a report, and the one gate by which it comes back."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping

from riskq.brand.colour import read_colour
from riskq.brand.logo import MAX_FILE, read_logo
from riskq.brand.texts import read_footer, read_name
from riskq.brand.value import NO_BRAND, Brand, Logo, refuse

__all__ = ["brand_form", "read_brand"]

_TEXTS: dict[str, Callable[[str, str], str]] = {
    "name": read_name,
    "footer": read_footer,
    "colour": read_colour,
}
_AS_MADE = "Take it as riskq wrote it."


def brand_form(brand: Brand) -> dict[str, object]:
    """The brand as a JSON object with what is set; the logo's bytes are written in Base64."""
    form: dict[str, object] = {
        key: getattr(brand, key) for key in _TEXTS if getattr(brand, key) != ""
    }
    if brand.logo is not None:
        form["logo"] = {"type": brand.logo.type, "data": b64encode(brand.logo.body).decode()}
    return form


def read_brand(form: object) -> Brand:
    """The brand of a JSON object, each part as strict as a setting; raises ``BrandError``."""
    if form == {}:
        return NO_BRAND
    if not isinstance(form, Mapping) or not form.keys() <= {*_TEXTS, "logo"}:
        raise refuse("brand", "it has other parts than a brand", _AS_MADE)
    texts = {key: _read_text(key, form[key]) for key in _TEXTS if key in form}
    logo = _read_logo(form["logo"]) if "logo" in form else None
    if logo is not None and "name" not in texts:
        raise refuse("brand.logo", "the brand has no name", _AS_MADE)
    return Brand(**texts, logo=logo)


def _read_text(key: str, value: object) -> str:
    where = f"brand.{key}"
    if not isinstance(value, str) or not value:
        raise refuse(where, "it is no text", _AS_MADE)
    text = _TEXTS[key](value, where)
    if text != value:
        raise refuse(where, "it is written otherwise than by riskq", _AS_MADE)
    return text


def _read_logo(value: object) -> Logo:
    where = "brand.logo"
    data = value.get("data") if isinstance(value, Mapping) else None
    if not isinstance(data, str) or len(data) > 2 * MAX_FILE:
        raise refuse(where, "it is no picture", _AS_MADE)
    try:
        body = b64decode(data, validate=True)
    except (Base64Error, ValueError) as error:
        raise refuse(where, "it is no Base64", _AS_MADE) from error
    logo = read_logo(body, where)
    # What was cleaned once stays as it is; anything else was put there by somebody else.
    if value != {"type": logo.type, "data": data} or logo.body != body:
        raise refuse(where, "it is written otherwise than by riskq", _AS_MADE)
    if b64encode(body).decode() != data:
        raise refuse(where, "it is no Base64 as riskq writes it", _AS_MADE)
    return logo
