"""What a document may hold: the last look at the HTML before it is typeset.

Templates escape everything, so no answer ever becomes markup. Should one do so all the same, it
meets this list: known elements and attributes pass, everything else stops the document. Styles
come from ``static/print.css`` alone, so no text can change the size of a page or its columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from riskq.report.job import RenderError

MAX_DEPTH = 60  # Our templates nest less than 20 deep; the typesetter recurses.
MAX_ELEMENTS = 20_000  # A report of a hundred answers has about 2,000.

_SVG = "{http://www.w3.org/2000/svg}"


def _words(text: str) -> frozenset[str]:
    """The words of a list that reads better as one text."""
    return frozenset(text.split())


_HTML_ELEMENTS = _words("""
    html head title meta body main header footer section article nav aside div p span a br hr wbr
    h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td
    strong b em i small sup sub q cite abbr code time blockquote figure figcaption
""")
_NAMESPACE = "{http://www.w3.org/2000/xmlns/}xmlns"
_SVG_ELEMENTS = _words("svg g title desc path rect circle line polyline polygon text tspan")
_HTML_ATTRIBUTES = _words("""
    class id lang dir title scope headers abbr start value datetime cite charset name content role
""")
_SVG_ATTRIBUTES = _words("""
    class id lang role viewBox width height x y x1 x2 y1 y2 dx dy cx cy r rx ry d points transform
    fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin
    stroke-opacity opacity font-size font-family font-weight font-style text-anchor
    dominant-baseline preserveAspectRatio focusable version
""")
_ASSET_ELEMENTS = _words("link img image use object embed iframe script base style")
_LINK = re.compile(r"(?:https?://|mailto:|#)\S*", re.IGNORECASE)
_LARGE_NUMBER = re.compile(r"\d{7}|\d[eE]\+?\d")
_SPANS = {"colspan": 20, "rowspan": 200, "span": 20}


def check_document(root: Element) -> None:
    """Raises RenderError at the first thing in the parsed document that may not be there."""
    for count, (element, depth) in enumerate(_walk(root)):
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise RenderError("too-big", "The document has too many elements. Shorten it.")
        _check_element(element)


def _walk(root: Element) -> Iterator[tuple[Element, int]]:
    """Every element with its depth, without recursion."""
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        yield element, depth
        waiting.extend((child, depth + 1) for child in reversed(element))


def _check_element(element: Element) -> None:
    """Raises RenderError unless the element and all its attributes are known."""
    tag: object = element.tag
    if not isinstance(tag, str):
        return  # Comments have a function as their tag, and no effect.
    name = tag.removeprefix(_SVG)
    if name in _ASSET_ELEMENTS:
        raise RenderError("refused-asset", f"The document may not hold <{name}>.")
    is_svg = name != tag
    if name not in (_SVG_ELEMENTS if is_svg else _HTML_ELEMENTS):
        raise RenderError("invalid", f"The document may not hold <{name[:40]}>.")
    allowed = _SVG_ATTRIBUTES if is_svg else _HTML_ATTRIBUTES
    for key, value in element.attrib.items():
        if not _is_allowed(tag, key, value, allowed):
            raise RenderError("invalid", f"<{name}> may not have {key[:40]}={value[:60]!r} here.")


def _is_allowed(tag: str, key: str, value: str, allowed: frozenset[str]) -> bool:
    """Whether the element may have this attribute with this value."""
    if key == "href":
        return tag == "a" and _LINK.fullmatch(value) is not None
    if key in _SPANS:
        return value.isdecimal() and int(value[:9]) <= _SPANS[key]
    if key in {_NAMESPACE, "xmlns"} and value == _SVG[1:-1]:
        return True
    if key not in allowed and not key.startswith("aria-"):
        return False
    if tag.startswith(_SVG):
        return "(" not in value.replace("translate(", "") and not _LARGE_NUMBER.search(value)
    return True
