"""The outline of a journey: its sections with their questions, answers and what is left to do."""

from __future__ import annotations

from msgspec import Struct

from riskq.questionnaire import Section
from riskq.services import Opened, evidence
from riskq.web.addresses import files_address, question_address
from riskq.web.answer_words import Row, rows_of
from riskq.web.state import state

__all__ = ["SectionView", "outline", "set_aside_rows"]


class SectionView(Struct, frozen=True):
    """One section: ``state`` is done, begun, ahead, or skipped when nothing in it is asked."""

    title: str
    state: str
    rows: list[Row]


def outline(opened: Opened, language: str, came_from: str) -> list[SectionView]:
    """All sections in order, with the questions that have an answer or are next."""
    files = _Files(opened, came_from)
    return [_view(opened, section, language, files) for section in opened.questionnaire.sections]


class _Files:
    """The files of the answers: how many each has, and the way to them from here."""

    def __init__(self, opened: Opened, came_from: str) -> None:
        self.came_from = came_from
        self._here = opened.record.id
        self._counts = evidence.count_files(state().desk, opened)

    def beside(self, name: str, row: Row) -> Row:
        """The row of a question, with the way to its files if there are any."""
        count = self._counts.get(name, 0)
        if not count:
            return row
        address = files_address(self._here, name, self.came_from)
        return row._replace(files=address, file_count=count)


def _view(opened: Opened, section: Section, language: str, files: _Files) -> SectionView:
    journey = opened.journey
    asked = [question.id for question in section.questions if question.id in journey.asked]
    shown = [name for name in asked if name in journey.counted or name == journey.next]
    named = [
        (
            name,
            journey.counted.get(name),
            _address(opened, name, files.came_from),
        )
        for name in shown
    ]
    done = sum(name in journey.counted for name in asked)
    if not asked:
        state = "skipped"
    elif done == len(asked):
        state = "done"
    else:
        state = "begun" if shown else "ahead"
    title = opened.questionnaire.prose[language].sections[section.id].title
    rows = rows_of(opened.questionnaire, named, language)
    return SectionView(title, state, [*map(files.beside, shown, rows)])


def _address(opened: Opened, name: str, came_from: str) -> str:
    """Where an answer is changed; "" where it may not be."""
    if opened.is_locked_to(name):
        return ""
    return question_address(opened.record.id, name, came_from)


def set_aside_rows(
    opened: Opened, language: str, names: tuple[str, ...] | None = None
) -> list[Row]:
    """The answers that do not count any more (or those named), without a way to change them."""
    if names is not None:
        chosen = [(name, opened.answers[name], "") for name in names]
        return rows_of(opened.questionnaire, chosen, language)
    files, aside = _Files(opened, "overview"), opened.journey.set_aside
    named = [(name, answer, "") for name, answer in aside.items()]
    rows = rows_of(opened.questionnaire, named, language)
    return [*map(files.beside, aside, rows)]
