"""Keeps a number and its word on one line: "17-бап", "3) тармақша", "№ 95/НҚ".

A line may be broken after a hyphen, a bracket or a slash, and Kazakh writes ordinals with hyphens,
so that references to the law were torn apart. No text is changed for that, neither in files nor in
what a person copies from a page: there, markup around the pair says that it is one. In a PDF a
link holds no more markup than its text; signs without a shape join the pair there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["bind_numbers", "join_numbers"]

_SMALL = "а-яёәғқңөұүһі"
# No longer than a word of ours: what is longer may be anything, and has to be broken somewhere.
# The second half of a pair is looked for, because it begins with one of three signs and is rare.
# Each sign has a pattern of its own: where the first sign is known, none but it is stopped at.
_ENDS = (
    re.compile(rf"-[{_SMALL}]{{1,24}}(?![\w-])"),
    re.compile(r"\) тармақша\w{0,12}(?![\w-])"),
    re.compile(r"№ ?\d{1,5}(?:/[А-ЯҚ]{1,4}|-[IVXLC]{1,8})?(?![\w/-])"),
)
_BEGINS = re.compile(r"(?<![\w.-])(?:\d{1,5}(?:[.-]\d{1,3}){0,2}|ӘҚБтК|ЖИ)\Z")
_LAST_SIGNS = (*"0123456789", "К", "И")  # Of what may begin a pair: cheaper to look at first.
_LONGEST_BEGINNING = 14
# What these hold is no text of a line: it is drawn, typed, or shown by the browser itself.
_APART = ("<textarea", "<title", "<text", "<tspan", "<desc", "<option", "<script", "<style")
_TEARS, _JOINER = re.compile("[-/) ]"), "\u2060"


def bind_numbers(html: str) -> str:
    """A page with such pairs held together by markup; all texts in it are escaped already."""
    parts, done = [], 0
    opening, closing, known = -1, -1, 0
    for start, end in _pairs(html):
        # Nothing is looked through twice: a long text may hold thousands of pairs.
        opening = max(opening, html.rfind("<", known, start))
        closing = max(closing, html.rfind(">", known, start))
        known = max(known, start)
        # A ">" stands in markup alone: in texts and in values it is escaped.
        if closing < opening or html.startswith(_APART, max(opening, 0)):
            continue
        parts += [html[done:start], '<span class="whole-word">', html[start:end], "</span>"]
        done = end
    return "".join((*parts, html[done:]))


def join_numbers(text: str) -> str:
    """A text with such pairs held together by signs that have no shape."""
    parts, done = [], 0
    for start, end in _pairs(text):
        parts += [text[done:start], _TEARS.sub(rf"\g<0>{_JOINER}", text[start:end])]
        done = end
    return "".join((*parts, text[done:]))


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Where each pair begins and ends."""
    ends = [found for pattern in _ENDS for found in pattern.finditer(text)]
    for found in sorted(ends, key=re.Match.start):
        start = found.start()
        if text[start] != "№":
            if not text.endswith(_LAST_SIGNS, 0, start):
                continue
            begins = _BEGINS.search(text, max(0, start - _LONGEST_BEGINNING), start)
            if begins is None:
                continue
            start = begins.start()
        yield start, found.end()
