"""Reads an SVG by a parser that knows no entities, and writes anew what a logo may hold.

What a logo may not hold is refused and named, never left out silently: whoever gives a logo should
see it as it is. Only comments and blanks fall away.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from riskq.brand.svg_rules import ELEMENTS, TEXT_ELEMENTS, is_allowed, is_known
from riskq.brand.value import BrandError, refuse
from riskq.errors import Problem

__all__ = ["clean_svg"]

_SVG = "http://www.w3.org/2000/svg"
_MOST_ELEMENTS = 2000
_MOST_DEPTH = 20
_MOST_CUTS, _MOST_SHADES = 4000, 20_000
_LONGEST_TEXT = 500
_MOST_TOLD = 12
_ABOUT = 60
_SIDE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,20})?)(?:px)?", re.ASCII)
_MEND = "Save the drawing as plain SVG, with shapes, colours and gradients alone."
_BLANKS = " \t\r\n"


def clean_svg(body: bytes, where: str) -> tuple[bytes, float]:
    """The drawing written anew, and its width for its height; raises ``BrandError``.

    What was cleaned once comes out as it is.
    """
    cleaner = _Cleaner(where)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = cleaner.meet_doctype
    parser.ProcessingInstructionHandler = cleaner.meet_instruction
    parser.StartElementHandler = cleaner.start
    parser.EndElementHandler = cleaner.end
    parser.CharacterDataHandler = cleaner.meet_text
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        what = f"the file is neither a PNG nor a sound SVG ({error})"
        raise refuse(where, what, "Give a PNG or an SVG file.") from error
    cleaner.weigh()
    if cleaner.faults:
        raise BrandError(cleaner.problems())
    return cleaner.written().encode(), cleaner.ratio


@dataclass
class _Cleaner:
    """Meets the parts of one drawing in their order, writes the good ones, names the others."""

    where: str
    faults: dict[str, str] = field(default_factory=dict)
    ratio: float = 1.0
    _parts: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _met: Counter[str] = field(default_factory=Counter)

    def refuse(self, what: str, mend: str = _MEND) -> None:
        self.faults.setdefault(what, mend)

    def problems(self) -> list[Problem]:
        told = list(self.faults.items())[:_MOST_TOLD]
        return [Problem("brand", self.where, what, mend) for what, mend in told]

    def written(self) -> str:
        return "".join(self._parts) + "\n"

    def stop(self, what: str) -> BrandError:
        """The end of the reading: going on could cost too much, or means nothing."""
        self.refuse(what)
        return BrandError(self.problems())

    def meet_doctype(self, *_names: object) -> None:
        raise self.stop("the SVG has a DOCTYPE")

    def meet_instruction(self, target: str, _data: str) -> None:
        self.refuse(f"the SVG has a processing instruction ({target[:_ABOUT]})")

    def start(self, full_name: str, pairs: list[str]) -> None:
        space, _, name = full_name.rpartition(" ")
        self._met.update(["elements", "cutters" if "clipPath" in self._open else name])
        self._open.append(name)
        if self._met["elements"] > _MOST_ELEMENTS or len(self._open) > _MOST_DEPTH:
            raise self.stop(
                f"the SVG has over {_MOST_ELEMENTS} elements, or over {_MOST_DEPTH} deep"
            )
        if space != _SVG or name not in ELEMENTS or (name == "svg") != (len(self._open) == 1):
            kind = "" if space == _SVG else f" without xmlns={_SVG!r}"
            self.refuse(f"the SVG holds <{name[:_ABOUT]}>{kind}")
            return
        attributes = dict(zip(pairs[::2], pairs[1::2], strict=True))
        kept = {key: value for key, value in attributes.items() if self.keeps(name, key, value)}
        if name == "svg":
            kept = self.measure(kept)
        self._parts.append(f"<{name}{_spelled(kept)}>")

    def keeps(self, name: str, key: str, value: str) -> bool:
        """Whether an attribute may stay; the others are named."""
        if not is_known(key):
            # The name of a foreign attribute has the address of its kind before it.
            told = key.rpartition(" ")[2]
            self.refuse(f"the SVG has the attribute {told[:_ABOUT]} at <{name}>")
            return False
        if not is_allowed(key, value):
            self.refuse(f"the SVG has {key}={value[:_ABOUT]!r} at <{name}>")
            return False
        if key == "clip-path" and "clipPath" in self._open:
            self.refuse("the SVG cuts what cuts something itself (clip-path)")
        if value.startswith("url("):
            is_for_all = key != "clip-path" and name in ("svg", "g")
            self._met.update(["inherited" if is_for_all else key])
        return True

    def weigh(self) -> None:
        """Refuse what draws the same again and again: a cut all cutters, a shade all stops."""
        met = self._met
        shaded = met["elements"] if met["inherited"] else met["fill"] + met["stroke"]
        if met["clip-path"] * met["cutters"] > _MOST_CUTS or shaded * met["stop"] > _MOST_SHADES:
            self.refuse("the SVG is too intricate", "Use fewer gradients and cuts (clip-path).")

    def measure(self, attributes: dict[str, str]) -> dict[str, str]:
        """The drawing's own attributes, with one way of saying how large it is."""
        box = attributes.get("viewBox", "").replace(",", " ").split()
        if not box:
            found = [_SIDE.fullmatch(attributes.get(key, "")) for key in ("width", "height")]
            box = ["0", "0", *(side[1] for side in found if side)]
        if len(box) != 4 or not float(box[2]) > 0 or not float(box[3]) > 0:
            self.refuse(
                "the SVG does not say how large it is", "Give it a viewBox of four numbers."
            )
            return attributes
        self.ratio = float(box[2]) / float(box[3])
        rest = {
            key: value
            for key, value in attributes.items()
            if key not in ("viewBox", "width", "height", "x", "y")
        }
        size = {"width": box[2], "height": box[3], "viewBox": " ".join(box)}
        return {"xmlns": _SVG, **size, **rest}

    def end(self, _name: str) -> None:
        name = self._open.pop()
        self._parts.append(f"</{name}>")

    def meet_text(self, text: str) -> None:
        if self._open[-1] in TEXT_ELEMENTS:
            if len(text) > _LONGEST_TEXT:
                self.refuse(f"the SVG has a text of over {_LONGEST_TEXT} characters")
            self._parts.append(escape(text, {"\r": "&#13;"}))
        elif text.strip(_BLANKS):
            self.refuse(f"the SVG has text at <{self._open[-1][:_ABOUT]}>")


def _spelled(attributes: dict[str, str]) -> str:
    return "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
