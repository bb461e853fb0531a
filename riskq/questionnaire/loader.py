"""Loads one edition of a questionnaire from its folder, or tells all that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from riskq.errors import Problem, QuestionnaireError
from riskq.i18n import LANGUAGES
from riskq.questionnaire.cases import Case
from riskq.questionnaire.changes import ChangeLog
from riskq.questionnaire.decoder import FAILED, Decoder
from riskq.questionnaire.folders import Edition
from riskq.questionnaire.law import Act, Law, LawFile
from riskq.questionnaire.links import Links
from riskq.questionnaire.model import Questionnaire, QuestionsFile
from riskq.questionnaire.mutants import MutationRecord
from riskq.questionnaire.names import repeated
from riskq.questionnaire.prose import Prose
from riskq.questionnaire.reader import read_yaml
from riskq.questionnaire.rulebook import Rulebook
from riskq.questionnaire.wording import Wording

__all__ = [
    "Draft",
    "digest_of",
    "load_cases",
    "load_changes",
    "load_draft",
    "load_edition",
    "load_mutation_record",
]

Loaded = TypeVar("Loaded")


def digest_of(edition: Edition) -> str:
    """SHA-256 over the names and bytes of the edition's questions, rules and texts.

    Cases, the record of mutants and what is told of changes are left out, since they change no
    conclusion; so are the acts, which editions share.
    """
    seal = hashlib.sha256()
    rules = (edition.folder / "questions.yml", edition.folder / "rules.yml")
    for path in (*rules, *edition.files("text/*.yml")):
        body = path.read_bytes()
        seal.update(f"{path.parent.name}/{path.name}:{len(body)}\n".encode())
        seal.update(body)
    return seal.hexdigest()


class Draft(Struct, frozen=True):
    """An edition as far as its files can be read, and everything that is wrong with them.

    There is a questionnaire where the questions, the rules and the acts are sound, even if some
    of its words are missing or wrong. ``prose`` is that of the languages that can be read.
    """

    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...]
    prose: Mapping[str, Prose]


def load_draft(edition: Edition) -> Draft:
    """Load and link an edition that may be faulty: questions, rules, texts, acts; not its cases."""
    return _Loading(edition).draft()


def load_edition(edition: Edition) -> Questionnaire:
    """Load and link an edition: its questions, rules and texts, and the acts; not its cases.

    Raises ``QuestionnaireError`` with all problems of all these files.
    """
    draft = load_draft(edition)
    if draft.problems or draft.questionnaire is None:
        raise QuestionnaireError(draft.problems)
    return draft.questionnaire


def load_cases(edition: Edition) -> tuple[Case, ...]:
    """Load the cases of an edition, in the order of their files' names.

    No conclusion needs them, so only who checks the edition pays for reading them. Raises
    ``QuestionnaireError`` with all problems of all their files.
    """
    return _Loading(edition).cases()


def load_mutation_record(edition: Edition) -> MutationRecord | None:
    """What is on record about the edition's mutants, or ``None`` where no such file is.

    Raises ``QuestionnaireError`` with all problems of the file.
    """
    return _Loading(edition).record(MutationRecord, edition.folder / "mutants.yml")


def load_changes(edition: Edition) -> ChangeLog | None:
    """What the editions of the questionnaire changed, or ``None`` where no such file is.

    Raises ``QuestionnaireError`` with all problems of the file.
    """
    return _Loading(edition).record(ChangeLog, edition.changes_file)


class _Loading:
    """Reads the files one after the other and keeps what is wrong with any of them."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.problems: list[Problem] = []

    def draft(self) -> Draft:
        folder = self.edition.folder
        questions = self.file(QuestionsFile, folder / "questions.yml")
        book = self.file(Rulebook, folder / "rules.yml")
        law = self.law()
        if questions is not None and book is not None and law is not None:
            self.problems.extend(self.links(questions, book, law))
        is_sound = not self.problems
        prose = {language: self.prose(language) for language in LANGUAGES}
        known = {language: text for language, text in prose.items() if text is not None}
        if questions is None or book is None or law is None:
            return Draft(None, tuple(self.problems), known)
        for language, text in known.items():
            self.problems.extend(self.words(language, text, questions, book))
        questionnaire = Questionnaire(
            id=questions.questionnaire,
            edition=questions.edition,
            minutes=questions.minutes,
            digest=digest_of(self.edition),
            sections=questions.sections,
            rulebook=book,
            prose=known,
            law=law,
        )
        return Draft(questionnaire if is_sound else None, tuple(self.problems), known)

    def file(self, kind: type[Loaded], path: Path) -> Loaded | None:
        """Read one file as a value of the class, or keep its problems and give ``None``."""
        name = self.edition.name_of(path)
        read = read_yaml(path, name)
        self.problems.extend(read.problems)
        if read.node is None:
            if not read.problems:
                self.problems.append(
                    Problem("empty-file", f"{name}:1", "is empty", "Write its keys.")
                )
            return None
        decoder = Decoder()
        value: Any = decoder.decode(kind, read.node)
        self.problems.extend(decoder.problems)
        return None if value is FAILED else value

    def record(self, kind: type[Loaded], path: Path) -> Loaded | None:
        """Read a file that may be left out; raises ``QuestionnaireError``."""
        value = self.file(kind, path) if path.exists() else None
        if self.problems:
            raise QuestionnaireError(self.problems)
        return value

    def prose(self, language: str) -> Prose | None:
        return self.file(Prose, self.edition.folder / "text" / f"{language}.yml")

    def law(self) -> Law | None:
        files = [self.file(LawFile, path) for path in self.edition.law_files()]
        found = [act for file in files if file for act in file.acts]
        self.problems.extend(repeated("act", [(act.id, act.place) for act in found]))
        acts: dict[str, Act] = {act.id: act for act in found}
        return None if None in files else Law(acts)

    def cases(self) -> tuple[Case, ...]:
        files = [self.file(Case, path) for path in self.edition.files("cases/*.yml")]
        cases = tuple(case for case in files if case is not None)
        self.problems.extend(repeated("case", [(case.id, case.place) for case in cases]))
        if self.problems:
            raise QuestionnaireError(self.problems)
        return cases

    def links(self, questions: QuestionsFile, book: Rulebook, law: Law) -> Iterator[Problem]:
        """What is wrong between the questions, the rules and the acts."""
        rules_name = self.edition.name_of(self.edition.folder / "rules.yml")
        yield from Links(questions, book, law, rules_name).problems()
        yield from self.headings(questions)

    def words(
        self, language: str, text: Prose, questions: QuestionsFile, book: Rulebook
    ) -> Iterator[Problem]:
        """What is wrong between the texts of a language and what they belong to."""
        if text.language != language:
            what = f"says language: {text.language}"
            mend = f"Write language: {language}."
            yield Problem("wrong-language", str(text.place), what, mend)
        yield from Wording(text, questions, book).problems()

    def headings(self, questions: QuestionsFile) -> Iterator[Problem]:
        folder = self.edition.folder
        told = (questions.questionnaire, questions.edition.isoformat())
        where = (folder.parent.name, folder.name)
        if told != where:
            what = f"says {told[0]}/{told[1]}, but lies in {where[0]}/{where[1]}"
            mend = "Write the names of the folders, or move the file."
            name = self.edition.name_of(folder / "questions.yml")
            yield Problem("wrong-folder", f"{name}:1", what, mend)
