"""A brand with everything, for tests of pages and reports."""

from __future__ import annotations

from riskq.brand import Brand, read_logo
from tests.brand.pictures import SVG, png

__all__ = ["FULL", "HOSTILE", "NAME", "PAINTED"]

NAME = "Цифрлық даму министрлігі"
FULL = Brand(NAME, "gov.example.kz · 8-800-080-7777", "#7a1f3d", read_logo(SVG, "logo"))
PAINTED = Brand("Кеңес & Консалт", logo=read_logo(png((64, 64)), "logo"))
HOSTILE = Brand('"><script>alert(1)</script>{{ 7*7 }}', "</p><img src=x onerror=x>\\")
