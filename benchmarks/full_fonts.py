"""The whole Noto Sans, as anybody has it: variable from its package, and static, cut from that."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

__all__ = ["find_variable", "write_static"]

_UPRIGHT, _ITALIC = "NotoSans[wdth,wght].ttf", "NotoSans-Italic[wdth,wght].ttf"
_STYLES = (("Regular", _UPRIGHT, 400), ("Bold", _UPRIGHT, 700), ("Italic", _ITALIC, 400))


def find_variable(folder: Path) -> None:
    """Put the variable fonts into a new folder; raises ModuleNotFoundError without the package."""
    files = resources.files("fontpkg_noto_sans") / "files"
    folder.mkdir()
    for name in (_UPRIGHT, _ITALIC):
        with resources.as_file(files / name) as path:
            shutil.copy(path, folder)


def write_static(folder: Path) -> None:
    """Put static fonts with all their letters into a new folder; raises the same."""
    files = resources.files("fontpkg_noto_sans") / "files"
    folder.mkdir()
    for style, name, weight in _STYLES:
        with resources.as_file(files / name) as path:
            font = TTFont(path)
        axes = {"wght": weight, "wdth": 100}
        static = instantiateVariableFont(font, axes, static=True, updateFontNames=True)
        static.save(folder / f"NotoSans-{style}.ttf")
