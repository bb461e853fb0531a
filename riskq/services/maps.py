"""The map of a questionnaire: its graph in words, with the path of answers where there are any.

What is proved of a questionnaire is only loaded when somebody asks for a map.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from riskq.engine import Answers, Judge
from riskq.questionnaire import Questionnaire
from riskq.report import (
    MapFacts,
    MapState,
    MapView,
    Subject,
    compose_map,
    map_dot,
    map_mermaid,
    map_svg,
)

if TYPE_CHECKING:
    from riskq.checks import Graph, Path

__all__ = ["MAP_FORMATS", "map_of", "map_with", "write_map"]

MAP_FORMATS = {"mermaid": map_mermaid, "dot": map_dot, "svg": map_svg}
"""What a map can be written as."""


def map_of(questionnaire: Questionnaire, language: str) -> MapView:
    """The map of a questionnaire."""
    subject = Subject(questionnaire, {}, questionnaire.edition, language)
    return compose_map(subject, _facts(_graph(questionnaire), None))


def map_with(questionnaire: Questionnaire, answers: Answers, on: date, language: str) -> MapView:
    """The map of a questionnaire with the path of answers as of a day."""
    from riskq.checks import path_of

    subject = Subject(questionnaire, answers, on, language)
    path = path_of(Judge(questionnaire, answers, on))
    return compose_map(subject, _facts(_graph(questionnaire), path))


def write_map(view: MapView, form: str) -> str:
    """A map in one of the formats; raises ``KeyError`` for any other."""
    return MAP_FORMATS[form](view)


@lru_cache(maxsize=16)
def _graph(questionnaire: Questionnaire) -> Graph:
    from riskq.checks import graph_of

    return graph_of(questionnaire)


def _facts(graph: Graph, path: Path | None) -> MapFacts:
    return MapFacts(
        sections={section.id: section.depends_on for section in graph.sections},
        questions={question.id: question.depends_on for question in graph.questions},
        scales={scale.id: scale.depends_on for scale in graph.scales},
        states={q.id: _state(path, q.id) for q in graph.questions} if path else {},
        levels=path.levels if path else {},
        decides=path.decides if path else {},
    )


def _state(path: Path, question: str) -> MapState:
    groups = {
        MapState.ANSWERED: path.answered,
        MapState.OPEN: path.open,
        MapState.PERHAPS: path.perhaps,
        MapState.NOT_ASKED: path.not_asked,
    }
    return next(state for state, group in groups.items() if question in group)
