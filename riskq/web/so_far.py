"""The conclusion so far: each scale that may mean something, with the levels still possible."""

from __future__ import annotations

from dataclasses import dataclass

from riskq.engine import Truth
from riskq.services import Opened

__all__ = ["LevelLine", "ScaleLine", "scales_so_far"]


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level, and whether it is still possible."""

    label: str
    possible: bool


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """One scale in a line."""

    title: str
    levels: tuple[LevelLine, ...]


def scales_so_far(opened: Opened, language: str) -> tuple[ScaleLine, ...]:
    """Each scale with its levels; those that surely do not apply are left out."""
    prose = opened.questionnaire.prose[language].scales
    lines = []
    for scale in opened.questionnaire.rulebook.scales:
        result = opened.judge.scale(scale.id)
        if result.applies is Truth.FAILS:
            continue
        words = prose[scale.id]
        levels = tuple(
            LevelLine(words.levels[level].label, level in result.possible) for level in scale.levels
        )
        lines.append(ScaleLine(words.title, levels))
    return tuple(lines)
