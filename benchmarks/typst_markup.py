"""A report's HTML as Typst markup, to measure how fast the same content can be typeset at all.

Headings, paragraphs, lists, tables, quotations, links and drawings keep their order and texts, on
the same paper in letters of the same size. What print.css makes of them is not repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from xml.etree.ElementTree import Element, register_namespace, tostring

__all__ = ["typst_markup"]

_SVG = "http://www.w3.org/2000/svg"
_HEAD = """#set document(title: "Report", date: datetime(year: 2026, month: 11, day: 1))
#set page(paper: "a4", numbering: "1 / 1")
#set page(margin: (top: 26mm, right: 20mm, bottom: 24mm, left: 24mm))
#set text(font: "Noto Sans", size: 8.75pt, lang: "kk")
#set heading(numbering: "1.1")
#set table(stroke: (x: none, y: 0.5pt))
"""
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_BLOCKS = {"p", "div", "section", "header", "main", "figure", "figcaption"}


def typst_markup(html: str) -> str:
    """The whole document."""
    register_namespace("", _SVG)
    root = import_module("tinyhtml5").parse(html, namespace_html_elements=False)
    return _HEAD + _markup(root.find("body"))


def _markup(element: Element) -> str:
    """The element, without what follows it."""
    tag = element.tag.removeprefix(f"{{{_SVG}}}")
    if tag == "nav":
        return "\n#outline(depth: 1)\n"
    make = _MAKERS.get(tag)
    if make is not None:
        return make(element)
    inside = _inside(element)
    return f"\n\n{inside}\n\n" if tag in _BLOCKS else inside


def _inside(element: Element) -> str:
    """What the element holds."""
    parts = [_text(element.text)]
    for child in element:
        parts += [_markup(child), _text(child.tail)]
    return "".join(parts)


def _text(text: str | None) -> str:
    """A text whose every sign stands for itself."""
    return _PUNCTUATION.sub(r"\\\1", re.sub(r"\s+", " ", text or ""))


def _quoted(text: str) -> str:
    """A string of the language."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _heading(element: Element) -> str:
    return f"\n#heading(level: {element.tag[1:]})[{_inside(element)}]\n"


def _list(element: Element) -> str:
    items = ", ".join(f"[{_inside(item)}]" for item in element.findall("li"))
    return f"\n#{'enum' if element.tag == 'ol' else 'list'}({items})\n"


def _table(element: Element) -> str:
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in element.iter("tr")]
    columns = max(sum(int(cell.get("colspan", 1)) for cell in row) for row in rows)
    made = [", ".join(map(_cell, row)) for row in rows]
    if element.find("thead") is not None:
        made[0] = f"table.header({made[0]})"
    return f"\n#table(columns: ({', '.join(['1fr'] * columns)},), {', '.join(made)})\n"


def _cell(cell: Element) -> str:
    return f"table.cell(colspan: {cell.get('colspan', '1')})[{_inside(cell)}]"


def _link(element: Element) -> str:
    address = element.get("href", "")
    inside = _inside(element)
    return inside if address.startswith("#") else f"#link({_quoted(address)})[{inside}]"


def _drawing(element: Element) -> str:
    copied = tostring(element, encoding="unicode").removesuffix(element.tail or "")
    title = element.findtext(f"{{{_SVG}}}title") or "drawing"
    size = "26mm" if element.get("class") == "qr" else "44%"
    source = f"bytes({_quoted(copied)})"
    return f'\n#image({source}, format: "svg", width: {size}, alt: {_quoted(title)})\n'


def _wrapped(name: str) -> Callable[[Element], str]:
    """A maker of elements that become a call with their content."""
    return lambda element: f"#{name}[{_inside(element)}]"


_MAKERS: dict[str, Callable[[Element], str]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4"), _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    "table": _table,
    "a": _link,
    "svg": _drawing,
    "br": lambda _: "#linebreak()",
    "strong": _wrapped("strong"),
    "em": _wrapped("emph"),
    "sup": _wrapped("super"),
    "blockquote": _wrapped("quote(block: true)"),
}
