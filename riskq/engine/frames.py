"""What a questionnaire is compiled into: the variables, their classes, and the store of diagrams.

Two questionnaires compiled into frames that share these can be compared: where a thing says the
same in both, its diagram is the same node.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from riskq.engine.classes import Classes
from riskq.engine.diagrams import Diagrams
from riskq.questionnaire import Atom, Option, Question, Questionnaire, conditions_of, walk

__all__ = ["Frame", "frame_of", "shared_frames"]

_OLD = "old "
"""What the first of two questionnaires calls its scores in a shared frame: no id has a space."""


class Frame(Struct, frozen=True):
    """The variables of one questionnaire in a store of diagrams.

    ``position`` gives the variable of each of its questions, ``classes`` the classes of all
    variables, of another questionnaire's too; ``scores`` is what its scores are called there.
    """

    diagrams: Diagrams
    position: Mapping[str, int]
    classes: tuple[Classes, ...]
    scores: Mapping[str, str]


def frame_of(questionnaire: Questionnaire) -> Frame:
    """A frame for one questionnaire: one variable a question, in the order of asking."""
    scores, atoms = questionnaire.rulebook.scores, _atoms(questionnaire)
    classes = tuple(
        Classes(question, atoms.get(question.id, ()), scores, questionnaire.edition)
        for question in questionnaire.questions
    )
    position = {question.id: i for i, question in enumerate(questionnaire.questions)}
    return Frame(Diagrams(), position, classes, {score: score for score in scores})


def shared_frames(old: Questionnaire, new: Questionnaire) -> tuple[Frame, Frame]:
    """Frames in which a question that both have in the same kind is one variable.

    Its classes are those that either tells apart, over the options of both.
    """
    names_old = {score: f"{_OLD}{score}" for score in old.rulebook.scores}
    names_new = {score: score for score in new.rulebook.scores}
    scores = (*names_new.values(), *names_old.values())
    atoms_old, atoms_new = _atoms(old), _atoms(new)
    places_old: dict[str, int] = {}
    places_new: dict[str, int] = {}
    classes: list[Classes] = []
    for before, after in _pairs(old, new):
        atoms: list[Atom] = []
        if before is not None:
            places_old[before.id] = len(classes)
            atoms += atoms_old.get(before.id, ())
        if after is not None:
            places_new[after.id] = len(classes)
            atoms += atoms_new.get(after.id, ())
        question = _merged(before, after)
        classes.append(Classes(question, atoms, scores, new.edition))
    diagrams, known = Diagrams(), tuple(classes)
    return (
        Frame(diagrams, places_old, known, names_old),
        Frame(diagrams, places_new, known, names_new),
    )


def _atoms(questionnaire: Questionnaire) -> dict[str, list[Atom]]:
    """The tests of answers in all conditions, by the questions they look at."""
    found: dict[str, list[Atom]] = {}
    for outer in conditions_of(questionnaire.sections, questionnaire.rulebook):
        for part in walk(outer):
            if isinstance(part, Atom):
                found.setdefault(part.question, []).append(part)
    return found


def _pairs(
    old: Questionnaire, new: Questionnaire
) -> Iterator[tuple[Question | None, Question | None]]:
    """The questions of both in an order that keeps to each: a shared one, or one without another.

    A question whose kind changed is two.
    """
    for question in old.questions:
        after = new.by_id.get(question.id)
        yield question, after if after is not None and after.kind is question.kind else None
    for question in new.questions:
        before = old.by_id.get(question.id)
        if before is None or before.kind is not question.kind:
            yield None, question


def _merged(before: Question | None, after: Question | None) -> Question:
    """A question with the options of both, each with its points on the scores of both."""
    there = [question for question in (after, before) if question is not None]
    olds, news = _options(before), _options(after)
    options = tuple(_option(olds.get(name), news.get(name)) for name in {**news, **olds})
    return replace(there[0], options=options, unsure=any(item.unsure for item in there))


def _options(question: Question | None) -> dict[str, Option]:
    return {option.id: option for option in question.options} if question is not None else {}


def _option(old: Option | None, new: Option | None) -> Option:
    there = [option for option in (new, old) if option is not None]
    points = dict(new.points) if new else {}
    points |= {f"{_OLD}{score}": value for score, value in (old.points if old else {}).items()}
    return replace(there[0], points=points)
