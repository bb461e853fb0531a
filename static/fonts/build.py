"""Cuts the fonts of this folder out of the variable Noto Sans.

The report and the pages need few letters: Latin, Cyrillic with all Kazakh letters, and some
signs. A font cut down to them costs a report nothing, where the whole variable font costs seconds,
and lets the first page stay small. Run it only to change the letters:

    python3 -m venv build-env
    build-env/bin/pip install fontpkg-noto-sans==2.15 fonttools==4.68.0 brotli==1.2.1
    build-env/bin/python static/fonts/build.py

The same versions give the same bytes. Noto Sans has no arrows; those here are drawn below.
"""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent

# What every page needs: it is sent to every reader, so it holds no letter too many.
PAGE_LETTERS = (
    "U+0020-007E,U+00A0-00FF,"  # Latin, with the letters of Western Europe
    "U+0401,U+0406,U+0410-044F,U+0451,U+0456,"  # Russian, and І і
    "U+0492-0493,U+049A-049B,U+04A2-04A3,U+04AE-04B1,U+04BA-04BB,U+04D8-04D9,U+04E8-04E9,"  # Kazakh
    "U+2009,U+2010-2015,U+2018-201A,U+201C-201E,U+2022,U+2026,U+202F,U+2030,U+2039-203A,"
    "U+20AC,U+20B8,U+20BD,U+2116,U+2190-2193,U+2212,U+2264-2265"
)

# What a report may also meet in names and answers: the neighbours' letters, and more signs.
REPORT_LETTERS = (
    PAGE_LETTERS + ",U+0100-017F,U+018F,U+0192,U+0259,U+02BB-02BC,U+02C6-02C7,U+02DA,U+02DC,"
    "U+0400-045F,U+0490-04FF,"
    "U+2002-200B,U+2020-2021,U+2032-2033,U+2044,U+2070-2079,U+2080-2089,U+20A6-20BF,U+2122,U+2248,U+2260"
)

ARROWS = {0x2190: (-1, 0), 0x2191: (0, 1), 0x2192: (1, 0), 0x2193: (0, -1)}

FEATURES = ["kern", "liga", "locl", "mark", "mkmk", "ccmp", "tnum", "lnum", "case"]


@dataclass(frozen=True)
class Style:
    """One font of the family: its name, the variable font it is cut from, its weight."""

    name: str
    source: str
    weight: int


STYLES = (
    Style("Regular", "NotoSans[wdth,wght].ttf", 400),
    Style("Bold", "NotoSans[wdth,wght].ttf", 700),
    Style("Italic", "NotoSans-Italic[wdth,wght].ttf", 400),
)


def draw_arrow(along: tuple[int, int], thickness: int) -> TTGlyphPen:
    """An arrow 880 units long in the direction ``along``, a unit vector, in a box of 1000."""
    dx, dy = along
    half = thickness // 2
    outline = [(-440, -half), (-440, half), (200, half), (200, 190), (440, 0)]
    outline += [(200, -190), (200, -half)]
    pen = TTGlyphPen(None)
    points = [(500 + u * dx - v * dy, 350 + u * dy + v * dx) for u, v in outline]
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()
    return pen


def add_arrows(font: TTFont, thickness: int) -> None:
    """Adds the four arrows to the font: the one place where a font is changed in place."""
    for code, along in ARROWS.items():
        name = f"uni{code:04X}"
        glyph = draw_arrow(along, thickness).glyph()
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = glyph
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (1000, glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name


def open_static(style: Style) -> TTFont:
    """The style as an ordinary font of one weight, with the date of its source."""
    source = resources.files("fontpkg_noto_sans") / "files" / style.source
    with resources.as_file(source) as path:
        font = TTFont(path, recalcTimestamp=False)
    static = instantiateVariableFont(
        font, {"wght": style.weight, "wdth": 100}, static=True, updateFontNames=True
    )
    add_arrows(static, thickness=style.weight // 5)
    return static


def cut(style: Style, letters: str, flavor: str | None, path: Path) -> None:
    """Writes the style with only these letters; ``flavor`` is "woff2" for browsers, else None."""
    options = subset.Options(
        layout_features=FEATURES,
        hinting=False,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14],
        notdef_outline=True,
        glyph_names=False,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(letters))
    font = open_static(style)
    subsetter.subset(font)
    font.flavor = flavor
    font.save(path)


def build() -> None:
    """Writes every style twice: TTF for the report, WOFF2 for pages."""
    for style in STYLES:
        cut(style, REPORT_LETTERS, None, HERE / f"NotoSans-{style.name}.ttf")
        cut(style, PAGE_LETTERS, "woff2", HERE / f"NotoSans-{style.name}.woff2")


if __name__ == "__main__":
    build()
