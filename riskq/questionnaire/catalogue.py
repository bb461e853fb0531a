"""The catalogue: which questionnaires and editions there are, and which is in force on a day."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock

from riskq.errors import UnknownQuestionnaireError, did_you_mean
from riskq.questionnaire.folders import Edition, edition_folders, is_day
from riskq.questionnaire.forms import ID_FORM
from riskq.questionnaire.kept import find_kept
from riskq.questionnaire.model import Questionnaire

__all__ = ["DATA_FOLDER", "Catalogue", "take_over"]

DATA_FOLDER = Path(__file__).resolve().parents[2] / "questionnaires"
"""Where the published questionnaires lie."""

_LONGEST_NAME = 255  # No folder has a longer name, and to look for one is an error.


_HANDED_OVER: dict[Path, Questionnaire] = {}
"""Editions that another process has read for this one and its children, by their folders."""


@dataclass
class Catalogue:
    """Finds editions in a folder and loads each at most once."""

    folder: Path = DATA_FOLDER
    _loaded: dict[tuple[str, str], Questionnaire] = field(default_factory=dict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def names(self) -> tuple[str, ...]:
        """The ids of all questionnaires."""
        found = (path.parent.parent.name for path in self.folder.glob("*/*/questions.yml"))
        return tuple(sorted(set(found)))

    def editions(self, name: str) -> tuple[date, ...]:
        """The editions of a questionnaire, oldest first.

        Raises ``UnknownQuestionnaireError`` when there is no such questionnaire.
        """
        if ID_FORM.fits(name) and len(name) <= _LONGEST_NAME:
            found = [p.parent.name for p in self.folder.glob(f"{name}/*/questions.yml")]
            dated = sorted(date.fromisoformat(text) for text in found if is_day(text))
            if dated:
                return tuple(dated)
        asked = name if len(name) <= 60 else f"{name[:60]}…"
        mend = did_you_mean(asked, self.names(), what="questionnaire")
        raise UnknownQuestionnaireError(f'There is no questionnaire "{asked}". {mend}')

    def in_force(self, name: str, day: date) -> date:
        """The edition in force on a day: the newest that is not younger than the day.

        Before the first edition, the first one is given, since it is the earliest state known.
        """
        editions = self.editions(name)
        past = [edition for edition in editions if edition <= day]
        return past[-1] if past else editions[0]

    def load(self, name: str, day: date | str) -> Questionnaire:
        """Load an edition, or give it again if it was loaded before.

        Raises ``UnknownQuestionnaireError``, and ``QuestionnaireError`` when its files are faulty.
        """
        key = (name, str(day))
        loaded = self._loaded.get(key)
        if loaded is not None:
            return loaded
        with self._lock:
            if key not in self._loaded:
                edition = self.edition(name, day)
                known = _HANDED_OVER.get(edition.folder)
                self._loaded[key] = known or _load(edition)
            return self._loaded[key]

    def hand_over(self, day: date) -> bytes:
        """All editions in force on a day, for ``take_over`` in another process of ours.

        Raises ``QuestionnaireError`` when the files of one are faulty.
        """
        days = [(name, self.in_force(name, day)) for name in self.names()]
        loaded = {self.edition(*pair).folder: self.load(*pair) for pair in days}
        return pickle.dumps(loaded, protocol=pickle.HIGHEST_PROTOCOL)

    def meant(self, words: Sequence[str]) -> Iterator[Edition]:
        """The editions that words of a command mean: names, names/days, folders; all for none.

        A folder may be that of an edition, of a questionnaire, or of several questionnaires; what
        only looks like an edition is among them. Raises ``UnknownQuestionnaireError`` for a word
        that means none.
        """
        for word in words or [str(self.folder)]:
            folder = Path(word).resolve()
            found = tuple(edition_folders(folder))
            if found:
                yield from (Edition(path, path.parent.parent / "law") for path in found)
                continue
            name, _, day = word.partition("/")
            if name not in self.names():
                _expect_no_folder(word, folder)
            days = [day] if day else self.editions(name)
            yield from (self.edition(name, known) for known in days)

    def one_meant(self, word: str) -> Edition:
        """The one edition that a word means; raises ``UnknownQuestionnaireError`` for several."""
        found = tuple(self.meant([word]))
        if len(found) != 1:
            days = ", ".join(edition.folder.name for edition in found)
            told = f'"{word}" means several editions. Name one of: {days}.'
            raise UnknownQuestionnaireError(told)
        return found[0]

    def edition(self, name: str, day: date | str) -> Edition:
        """Where the files of an edition lie, by the day from which it holds, such as 2026-08-25.

        Raises ``UnknownQuestionnaireError`` when there is no such edition.
        """
        known = [edition.isoformat() for edition in self.editions(name)]
        if str(day) not in known:
            mend = did_you_mean(str(day), known, what="edition")
            raise UnknownQuestionnaireError(f'"{name}" has no edition "{day}". {mend}')
        return Edition(self.folder / name / str(day), self.folder / "law")


def _load(edition: Edition) -> Questionnaire:
    """Load an edition: as it is kept, or else from its files, for which other modules come."""
    kept = find_kept(edition)
    if kept is not None:
        return kept
    from riskq.questionnaire.loader import load_edition

    return load_edition(edition)


def take_over(editions: bytes) -> None:
    """Have what ``Catalogue.hand_over`` gave, without what reading the files would leave behind."""
    # Questionnaires are graphs of values of many types, which no form of data but this one keeps.
    _HANDED_OVER.update(pickle.loads(editions))  # noqa: S301 - Our own child wrote it to a pipe.


def _expect_no_folder(word: str, folder: Path) -> None:
    """Raise ``UnknownQuestionnaireError`` for a word that was meant as a folder with editions."""
    name, _, day = word.partition("/")
    if folder.is_dir():
        mend = "Name the folder of an edition, of a questionnaire, or of several questionnaires."
        raise UnknownQuestionnaireError(f'There is no edition in the folder "{word}". {mend}')
    if not ID_FORM.fits(name) or (day and not is_day(day)):
        mend = "Name a questionnaire such as kz-ai-law, an edition of one, or a folder."
        raise UnknownQuestionnaireError(f'There is no folder "{word}". {mend}')
