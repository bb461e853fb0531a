"""What a reader sees of the map of a questionnaire: one frozen value with every word chosen.

The picture, the texts for other programs and the list below the picture are all made from it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct, field

from riskq.questionnaire import Cited, Kind

__all__ = [
    "MapFacts",
    "MapLevel",
    "MapLink",
    "MapMark",
    "MapQuestion",
    "MapScale",
    "MapSection",
    "MapState",
    "MapView",
    "clean",
]


class MapState(StrEnum):
    """How a question stands with the answers given; ``perhaps`` hangs on answers still missing."""

    ANSWERED = "answered"
    OPEN = "open"
    PERHAPS = "perhaps"
    NOT_ASKED = "not-asked"


class MapFacts(Struct, frozen=True):
    """What a map shows, by ids: what sections, questions and scales depend on.

    With answers it also has the state of each question, the possible levels of each scale that may
    apply, and the questions it still depends on.
    """

    sections: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, tuple[str, ...]]
    scales: Mapping[str, tuple[str, ...]]
    states: Mapping[str, MapState] = field(default_factory=dict)
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class MapLink(Struct, frozen=True):
    """A question or a section that another part of the map leads to; sections have no number."""

    id: str
    text: str
    number: int = 0


class MapMark(Struct, frozen=True):
    """That a scale depends on a question; ``decides``, that its open level still does."""

    letter: str
    title: str
    decides: bool


class MapQuestion(Struct, frozen=True):
    """One question: ``when`` is empty where its section alone says whether it is asked.

    ``answer`` is the counted one in words; ``state`` is ``None`` and it is empty without answers.
    """

    id: str
    number: int
    kind: Kind
    ask: str
    options: tuple[str, ...]
    when: str
    depends_on: tuple[MapLink, ...]
    leads_to: tuple[MapLink, ...]
    marks: tuple[MapMark, ...]
    cites: tuple[Cited, ...]
    state: MapState | None
    state_text: str
    answer: str


class MapSection(Struct, frozen=True):
    """A section with its questions, and when it is asked."""

    id: str
    title: str
    when: str
    depends_on: tuple[MapLink, ...]
    questions: tuple[MapQuestion, ...]

    @property
    def is_off_path(self) -> bool:
        """Whether the answers given lead past the whole section."""
        return all(question.state is MapState.NOT_ASKED for question in self.questions)


class MapLevel(Struct, frozen=True):
    """A level of a scale; ``possible`` is ``None`` where there are no answers."""

    label: str
    possible: bool | None


class MapScale(Struct, frozen=True):
    """A scale: the letter by which its column is known, its levels and what it depends on."""

    letter: str
    title: str
    levels: tuple[MapLevel, ...]
    depends_on: tuple[str, ...]
    note: str


class MapView(Struct, frozen=True):
    """The map of a questionnaire in one language, with the path of answers where there are any.

    ``legend`` says what each sign means, by the name of the sign.
    """

    language: str
    title: str
    edition_text: str
    description: str
    sections: tuple[MapSection, ...]
    scales: tuple[MapScale, ...]
    legend: Mapping[str, str]
    has_answers: bool

    @property
    def questions(self) -> tuple[MapQuestion, ...]:
        """All questions, in the order in which they are asked."""
        return tuple(question for section in self.sections for question in section.questions)


def clean(text: str) -> str:
    """A text in one line, without signs that steer or that files of pictures may not hold."""
    return " ".join("".join(map(_seen, text)).split())


@lru_cache(maxsize=1024)
def _seen(letter: str) -> str:
    """A letter as it is seen: not at all if it steers, is half of one, or will never be one."""
    number, category = ord(letter), unicodedata.category(letter)
    is_none = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    if is_none or category in ("Cf", "Cs"):
        return ""
    return " " if category == "Cc" else letter
