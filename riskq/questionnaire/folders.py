"""Where editions lie in a folder, and what looks like an edition there and is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from riskq.i18n import LANGUAGES
from riskq.questionnaire.measures import read_bound

__all__ = ["Edition", "edition_folders", "is_day"]

_DEPTHS = ("", "*/", "*/*/")
"""A folder may be that of an edition, of a questionnaire, or of several questionnaires."""

_FILES = (
    *("questions.yml", "questions.yaml", "rules.yml", "rules.yaml", "mutants.yml"),
    *(f"text/{language}.yml" for language in LANGUAGES),
)
"""The files of which an edition has at least one, even if it is not complete or misnamed."""


class Edition(Struct, frozen=True):
    """Where the files of one edition lie: its own folder, and the folder of the acts it cites."""

    folder: Path
    law_folder: Path

    def files(self, pattern: str) -> tuple[Path, ...]:
        """The edition's own files that match, in the order of their names."""
        return tuple(sorted(self.folder.glob(pattern)))

    def name_of(self, path: Path) -> str:
        """What messages call a file: its path from the folder of all questionnaires."""
        root = self.law_folder.parent
        return str(path.relative_to(root)) if path.is_relative_to(root) else path.name

    @property
    def changes_file(self) -> Path:
        """Where all editions of the questionnaire tell what they changed."""
        return self.folder.parent / "changes.yml"

    def reads(self, path: Path) -> bool:
        """Whether a file, by its place and name, is one of those that make the edition."""
        if path.parent == self.folder.parent:
            return path == self.changes_file
        if path.parent in (self.folder / "cases", self.law_folder):
            return path.suffix == ".yml"
        texts = (f"text/{language}.yml" for language in LANGUAGES)
        own = ("questions.yml", "rules.yml", "mutants.yml", *texts)
        return path in {self.folder / name for name in own}

    def law_files(self) -> tuple[Path, ...]:
        """The files of the acts, in the order of their names."""
        return tuple(sorted(self.law_folder.glob("*.yml")))


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
