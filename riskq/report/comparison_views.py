"""What a reader sees of two editions compared: one frozen value with every word chosen.

``ComparisonFacts`` are what the words are made from: what was found, by ids and values of the
model.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

__all__ = [
    "AnswerLine",
    "CaseFact",
    "CasesView",
    "ChangeView",
    "ComparisonFacts",
    "ComparisonView",
    "FieldFact",
    "FieldView",
    "LogicFact",
    "LogicView",
    "Piece",
    "ResultFact",
    "WordFact",
    "WordsView",
]


class LogicFact(Struct, frozen=True):
    """Something in one edition alone, or of which the editions say ``old`` and ``new``.

    ``what`` is the sort of thing and ``path`` its id, after the id of what it belongs to.
    ``not_taken`` are the questions whose example answer the older and the newer edition refuses.
    """

    what: str
    path: tuple[str, ...]
    change: str
    example: Mapping[str, str | list[str]] = field(default_factory=dict)
    old: str = ""
    new: str = ""
    not_taken: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


class FieldFact(Struct, frozen=True):
    """A field of a thing with the values of the model that the editions give it.

    ``key`` is the entry where the field is a mapping; a field ``order of rules`` tells that rules
    stand in another order.
    """

    kind: str
    path: tuple[str, ...]
    field: str
    key: str
    old: object
    new: object


class ResultFact(Struct, frozen=True):
    """What the conclusions of a case differ in."""

    what: str
    id: str
    old: str
    new: str


class CaseFact(Struct, frozen=True):
    """A case that comes out differently, by its title."""

    title: str
    results: tuple[ResultFact, ...]


class WordFact(Struct, frozen=True):
    """One text, by the keys that lead to it, before and after; empty where there is none."""

    path: str
    old: str
    new: str


class ComparisonFacts(Struct, frozen=True):
    """What two editions differ in; ``words`` are texts of one language."""

    logic: tuple[LogicFact, ...]
    fields: tuple[FieldFact, ...]
    cases: tuple[CaseFact, ...]
    words: tuple[WordFact, ...]
    proved_same: int
    judged_cases: int


class AnswerLine(Struct, frozen=True):
    """A question and an answer to it, in words."""

    ask: str
    answer: str


class LogicView(Struct, frozen=True):
    """Something that two editions say differently of the answers shown.

    ``what`` is the sort of thing. A side is empty where the edition says nothing, since it does not
    take an answer; ``notes`` say so.
    """

    what: str
    title: str
    old: str
    new: str
    answers: tuple[AnswerLine, ...]
    notes: tuple[str, ...]


class ChangeView(Struct, frozen=True):
    """What is written differently in one place, and before and after; a side may be empty."""

    what: str
    old: str
    new: str


class FieldView(Struct, frozen=True):
    """Everything that is written differently about one thing."""

    title: str
    changes: tuple[ChangeView, ...]


class CasesView(Struct, frozen=True):
    """Cases that differ in the same way: what differs, and the titles of the cases."""

    differences: tuple[ChangeView, ...]
    titles: tuple[str, ...]


class Piece(Struct, frozen=True):
    """Some words that both editions have, or one alone: ``change`` is empty, "del" or "ins"."""

    change: str
    text: str


class WordsView(Struct, frozen=True):
    """The texts of one question, rule or the like that differ, each in pieces.

    ``title`` is empty where the only text that differs is the title itself.
    """

    title: str
    texts: tuple[tuple[Piece, ...], ...]


class ComparisonView(Struct, frozen=True):
    """Two editions beside one another.

    ``added`` and ``removed`` are titles, ``fields`` what is written differently beside the logic,
    ``cited`` titles with the citations before and after, ``words`` the texts that differ.
    """

    changed: tuple[LogicView, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    fields: tuple[FieldView, ...]
    cited: tuple[ChangeView, ...]
    proved_same: int
    judged_cases: int
    cases: tuple[CasesView, ...]
    words: tuple[WordsView, ...]

    @property
    def changed_texts(self) -> int:
        """How many texts differ."""
        return sum(len(view.texts) for view in self.words)
