"""A questionnaire on paper: what follows from the answers that somebody has written down.

The questionnaire's own diagrams look at the truth, which "I don't know" leaves open. Here "I don't
know" is an answer like any other, and a question is asked where it is not certainly left out, just
as the walk asks it. Equal functions of written answers are the same node, so that two instructions
can be proved to say the same.

Paper knows no day. Behind "I don't know" a day that has not come yet counts as possible here, and
the walk knows better: a question may be answered on paper that is then set aside.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from riskq.engine import FALSE, TRUE, Classes, Compiled, Diagrams, compile_questionnaire
from riskq.questionnaire import (
    UNSURE,
    AllOf,
    Always,
    AnyOf,
    Atom,
    Beyond,
    Condition,
    Includes,
    Not,
    Question,
    Questionnaire,
)

__all__ = ["Sheet"]


class Sheet:
    """The diagrams of a questionnaire over written answers, one variable a question.

    A question's branches are its classes of known answers, and one more for "I don't know" where
    it is offered.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self._compiled: Compiled = compile_questionnaire(questionnaire)
        self._known = [_known(classes) for classes in self._compiled.classes]
        self._possible: dict[int, int] = {}
        self.diagrams = Diagrams()
        self.asked = {
            name: self.possible(self._compiled.asked[variable])
            for name, variable in self._compiled.position.items()
        }

    def possible(self, node: int) -> int:
        """Holds of written answers where a diagram of the truth does not certainly fail."""
        found = self._possible.get(node)
        if found is None:
            found = self._possible[node] = self._make_possible(node)
        return found

    def _make_possible(self, node: int) -> int:
        source = self._compiled.diagrams
        if source.is_leaf(node):
            return FALSE if node == FALSE else TRUE
        variable = source.variable[node]
        branches = [self.possible(branch) for branch in source.branches[node]]
        classes = self._compiled.classes[variable]
        said = [branches[index] for index in self._known[variable]]
        if classes.question.unsure:
            said.append(self.any_of(branches[index] for index in classes.unsure))
        return self.diagrams.node(variable, tuple(said))

    def all_of(self, nodes: Iterable[int]) -> int:
        """The diagram that holds where all of them hold."""
        return reduce(self.diagrams.both, nodes, TRUE)

    def any_of(self, nodes: Iterable[int]) -> int:
        """The diagram that holds where at least one of them holds."""
        return reduce(self.diagrams.either, nodes, FALSE)

    def gate(self, condition: Condition, *, fails: bool = False) -> int:
        """Holds where a condition of the questionnaire may hold; or, with ``fails``, may fail."""
        node = self._compiled.condition(condition)
        return self.possible(self._compiled.diagrams.negation(node) if fails else node)

    def told(self, condition: Condition) -> int | None:
        """Holds where a person who reads a condition finds it fulfilled by what is written down.

        An answer that is not there fulfils nothing, and "I don't know" is other than any option.
        ``None`` where the condition parts answers that the questionnaire does not tell apart.
        """
        match condition:
            case Always():
                return TRUE
            case AllOf(parts=parts) | AnyOf(parts=parts):
                nodes = [self.told(part) for part in parts]
                known = [node for node in nodes if node is not None]
                join = self.all_of if isinstance(condition, AllOf) else self.any_of
                return join(known) if len(known) == len(nodes) else None
            case Not(part=part):
                node = self.told(part)
                return None if node is None else self.diagrams.negation(node)
            case _ if isinstance(condition, Atom):
                return self._told_of_answer(condition)
            case _:
                return self.gate(condition)

    def _told_of_answer(self, atom: Atom) -> int | None:
        variable = self._compiled.position[atom.question]
        classes = self._compiled.classes[variable]
        holding, failing = classes.parted(atom)
        known = self._known[variable]
        if holding & failing & set(known):
            return None
        said = [TRUE if index in holding else FALSE for index in known]
        if classes.question.unsure:
            said.append(TRUE if _is_met_by_doubt(atom) else FALSE)
        return self._where(classes.question, tuple(said))

    def chosen(self, question: Question, option: str) -> int:
        """Holds where a question is asked and the option is ticked, "I don't know" among them."""
        variable = self._compiled.position[question.id]
        classes, known = self._compiled.classes[variable], self._known[variable]
        including: frozenset[int] = frozenset()
        if option != UNSURE:
            including, _ = classes.parted(Includes(question.id, (option,)))
        said = [TRUE if index in including else FALSE for index in known]
        if question.unsure:
            said.append(TRUE if option == UNSURE else FALSE)
        return self._where(question, tuple(said))

    def _where(self, question: Question, branches: tuple[int, ...]) -> int:
        """Holds where the question is asked and its answer is in one of the branches that do."""
        node = self.diagrams.node(self._compiled.position[question.id], branches)
        return self.diagrams.both(self.asked[question.id], node)


def _known(classes: Classes) -> tuple[int, ...]:
    """The classes of answers that are no "I don't know"."""
    return tuple(i for i, signature in enumerate(classes.signatures) if not signature.unsure)


def _is_met_by_doubt(atom: Atom) -> bool:
    """Whether "I don't know" fulfils a test as it reads: it is other than any option but itself."""
    match atom:
        case Includes(options=options):
            return UNSURE in options
        case Beyond(options=options):
            return UNSURE not in options
        case _:
            return False
