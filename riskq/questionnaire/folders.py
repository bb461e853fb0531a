"""Where editions lie in a folder, and what looks like an edition there and is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from riskq.i18n import LANGUAGES
from riskq.questionnaire.measures import read_bound

__all__ = ["edition_folders", "is_day"]

_DEPTHS = ("", "*/", "*/*/")
"""A folder may be that of an edition, of a questionnaire, or of several questionnaires."""

_FILES = (
    *("questions.yml", "questions.yaml", "rules.yml", "rules.yaml", "mutants.yml"),
    *(f"text/{language}.yml" for language in LANGUAGES),
)
"""The files of which an edition has at least one, even if it is not complete or misnamed."""


def edition_folders(folder: Path) -> Iterator[Path]:
    """The folders in a folder that are editions, or were meant to be: they have files of one."""
    for depth in _DEPTHS:
        found = {
            path.parent.parent if "/" in name else path.parent
            for name in _FILES
            for path in folder.glob(depth + name)
        }
        yield from sorted(found)


def is_day(name: str) -> bool:
    """Whether the name of a folder is a day, as that of an edition must be."""
    return isinstance(read_bound(name), date)
