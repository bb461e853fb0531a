"""Every letter that people of Kazakhstan write is in the fonts of the pages and of the report.

A missing letter would silently be taken from whatever font the machine has, and look foreign.
"""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
FILES = sorted([*FONTS.glob("*.ttf"), *FONTS.glob("*.woff2")])

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
ENGLISH = "abcdefghijklmnopqrstuvwxyz"
LETTERS = {letter for word in (RUSSIAN, KAZAKH, ENGLISH) for letter in word + word.upper()}
SIGNS = set("0123456789 .,:;!?()«»“”„–—-…№§%/+−•←↑→↓₸₽€\u00a0\u2009\u202f\u2011")


def test_there_are_three_styles_for_pages_and_three_for_reports() -> None:
    styles = ("Bold", "Italic", "Regular")
    assert {path.name for path in FILES} == {
        f"NotoSans-{style}.{kind}" for style in styles for kind in ("ttf", "woff2")
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_letter_and_sign_is_in_the_font(path: Path) -> None:
    with TTFont(path) as font:
        missing = (LETTERS | SIGNS) - {chr(code) for code in font.getBestCmap()}
    assert not missing, f"{path.name} lacks {sorted(missing)}: add them in static/fonts/build.py"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_font_is_variable_or_large(path: Path) -> None:
    with TTFont(path) as font:
        assert "fvar" not in font
    assert path.stat().st_size < (20_000 if path.suffix == ".woff2" else 80_000)
