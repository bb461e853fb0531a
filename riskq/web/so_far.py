"""The conclusion so far: each scale that may mean something, with the levels still possible."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from riskq.engine import Truth
from riskq.questionnaire import Questionnaire
from riskq.services import Opened

__all__ = ["LevelLine", "ScaleLine", "Standing", "scales_in_words", "scales_so_far", "standing_of"]


class LevelLine(Struct, frozen=True):
    """One level, and whether it is still possible."""

    label: str
    possible: bool


class ScaleLine(Struct, frozen=True):
    """One scale in a line."""

    title: str
    levels: tuple[LevelLine, ...]


Standing = tuple[tuple[str, tuple[str, ...]], ...]
"""The possible levels of each scale, by the scale's id."""


def standing_of(opened: Opened) -> Standing:
    """Where the scales stand; those that surely do not apply are left out."""
    found = []
    for scale in opened.questionnaire.rulebook.scales:
        applies, possible = opened.judge.levels(scale.id)
        if applies is not Truth.FAILS:
            found.append((scale.id, possible))
    return tuple(found)


def scales_so_far(opened: Opened, language: str) -> tuple[ScaleLine, ...]:
    """Each scale that may apply, with its levels in words."""
    return scales_in_words(opened.questionnaire, language, standing_of(opened))


@lru_cache(maxsize=1024)
def scales_in_words(
    questionnaire: Questionnaire, language: str, standing: Standing
) -> tuple[ScaleLine, ...]:
    """The same standing is that of many people: its words are found once."""
    words, lines = questionnaire.prose[language].scales, []
    for name, possible in standing:
        labels = words[name].levels
        levels = questionnaire.rulebook.scale(name).levels
        shown = tuple(LevelLine(labels[level].label, level in possible) for level in levels)
        lines.append(ScaleLine(words[name].title, shown))
    return tuple(lines)
