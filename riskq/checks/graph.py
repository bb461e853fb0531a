"""The graph of a questionnaire: what the asking of each question, and each scale, depends on.

Asking is told as it is written: the questions that a condition names, itself or by its facts,
scales and scores. Scales are told as they are: exactly the questions whose answers can change the
level, which the decision diagrams know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from riskq.checks.space import Space
from riskq.engine import Judge, Truth
from riskq.questionnaire import Condition, Kind, Order, Questionnaire

__all__ = ["AskedSection", "Graph", "GraphQuestion", "GraphScale", "Path", "graph_of", "path_of"]


class GraphQuestion(Struct, frozen=True):
    """A question, and the questions that its own condition on asking looks at."""

    id: str
    kind: Kind
    depends_on: tuple[str, ...]


class AskedSection(Struct, frozen=True):
    """A section with its questions, and the questions that its condition on asking looks at."""

    id: str
    depends_on: tuple[str, ...]
    questions: tuple[GraphQuestion, ...]


class GraphScale(Struct, frozen=True):
    """A scale, its levels, and the questions whose answers can change its level."""

    id: str
    levels: tuple[str, ...]
    depends_on: tuple[str, ...]


class Graph(Struct, frozen=True):
    """A whole questionnaire; all questions named stand in the order in which they are asked."""

    sections: tuple[AskedSection, ...]
    scales: tuple[GraphScale, ...]

    @property
    def questions(self) -> tuple[GraphQuestion, ...]:
        """All questions, in the order in which they are asked."""
        return tuple(question for section in self.sections for question in section.questions)


class Path(Struct, frozen=True):
    """Where given answers lead: every question is in exactly one of the first four groups.

    ``open`` are asked and have no answer, ``perhaps`` are asked or not by answers still missing.
    ``levels`` are the possible levels of each scale that may apply, ``decides`` the questions on
    which they still depend where there are several.
    """

    answered: frozenset[str]
    open: frozenset[str]
    perhaps: frozenset[str]
    not_asked: frozenset[str]
    levels: Mapping[str, tuple[str, ...]]
    decides: Mapping[str, tuple[str, ...]]


def graph_of(questionnaire: Questionnaire) -> Graph:
    """The graph of a questionnaire."""
    space = Space(questionnaire)
    order = Order(questionnaire.sections, questionnaire.rulebook)
    names = tuple(question.id for question in questionnaire.questions)

    def named(condition: Condition) -> tuple[str, ...]:
        found = order.support(condition)
        return tuple(name for name in names if name in found)

    sections = tuple(
        AskedSection(
            section.id,
            named(section.ask_if),
            tuple(GraphQuestion(q.id, q.kind, named(q.ask_if)) for q in section.questions),
        )
        for section in questionnaire.sections
    )
    scales = tuple(
        GraphScale(scale.id, scale.levels, tuple(names[i] for i in sorted(_seen(space, scale.id))))
        for scale in questionnaire.rulebook.scales
    )
    return Graph(sections, scales)


def _seen(space: Space, scale: str) -> frozenset[int]:
    return space.sees(space.compiled.scales[scale].level)


def path_of(judge: Judge) -> Path:
    """Where the answers of a judge lead."""
    names = [question.id for question in judge.questionnaire.questions]
    truths = {name: judge.is_asked(name) for name in names}
    counted = judge.journey.counted

    def those(belongs: Callable[[str], bool]) -> frozenset[str]:
        return frozenset(name for name in names if belongs(name))

    results = [scale for scale in judge.conclusion.scales if scale.applies is not Truth.FAILS]
    return Path(
        answered=those(lambda name: name in counted),
        open=those(lambda name: name not in counted and truths[name] is Truth.HOLDS),
        perhaps=those(lambda name: name not in counted and truths[name] is Truth.OPEN),
        not_asked=those(lambda name: truths[name] is Truth.FAILS),
        levels={scale.id: scale.if_applies for scale in results},
        decides={scale.id: scale.decides for scale in results},
    )
