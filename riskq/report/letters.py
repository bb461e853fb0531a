"""Letters that our fonts lack are written out, so that no document shows an empty box.

Only our own fonts are used, so that a report looks the same on every machine and embeds what we
may embed. A letter of another script then has no shape; it is shown by its number, "[U+4E2D]",
which loses nothing. Signs without a shape, such as those that turn the direction of writing, are
left out: they could only make the text look like something that it is not.
"""

from __future__ import annotations

import re
import unicodedata
from xml.etree.ElementTree import Element

from riskq.report.binding import join_numbers

_BLANKS = frozenset("\t\n\r\f")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def spell_out_missing(root: Element, covered: frozenset[str]) -> None:
    """Replaces, in place, every letter of the document's texts that is not ``covered``."""
    for element in root.iter():
        if element.text:
            element.text = join_numbers(spell(element.text, covered))
        if element.tail:
            element.tail = join_numbers(spell(element.tail, covered))


def spell(text: str, covered: frozenset[str]) -> str:
    """The text with letters composed, shapeless signs dropped and missing letters numbered."""
    composed = unicodedata.normalize("NFC", text)
    missing = set(composed) - covered - _BLANKS
    if not missing:
        return composed
    return composed.translate({ord(letter): _replace(letter) for letter in missing})


def strip_controls(text: str) -> str:
    """The text for the document's metadata, which is XML and may hold no control characters."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if _is_shapeless(letter) else letter for letter in composed)


def _replace(letter: str) -> str:
    """What stands for a letter that the fonts lack."""
    return "" if _is_shapeless(letter) else f"[U+{ord(letter):04X}]"


def _is_shapeless(letter: str) -> bool:
    """Whether the letter only steers: a control, a direction, a choice of variant."""
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs"} or bool(_SELECTORS.match(letter))
