"""The conditions of a questionnaire with what they belong to, so that findings can name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from riskq.questionnaire.conditions import Condition
from riskq.questionnaire.model import Section
from riskq.questionnaire.place import Place
from riskq.questionnaire.rulebook import Rulebook

__all__ = ["Named", "conditions_of", "named_conditions"]


class Named(Struct, frozen=True):
    """A condition: what sort of thing has it (``rule``, ``ask_if of``), its name, and its line."""

    what: str
    name: str
    condition: Condition
    place: Place

    @property
    def title(self) -> str:
        """What a message calls it."""
        return f'the {self.what} "{self.name}"'


def conditions_of(sections: Iterable[Section], book: Rulebook) -> Iterator[Condition]:
    """Every condition of a questionnaire, outermost ones only."""
    return (named.condition for named in named_conditions(sections, book))


def named_conditions(sections: Iterable[Section], book: Rulebook) -> Iterator[Named]:
    """Every condition of a questionnaire, outermost ones only, in the order of the files."""
    for section in sections:
        yield Named("ask_if of the section", section.id, section.ask_if, section.place)
        for question in section.questions:
            yield Named("ask_if of", question.id, question.ask_if, question.place)
    yield from _of_rules(book)


def _of_rules(book: Rulebook) -> Iterator[Named]:
    for fact in book.facts:
        yield Named("fact", fact.id, fact.when, fact.place)
    for scale in book.scales:
        yield Named("applies_if of the scale", scale.id, scale.applies_if, scale.place)
        for rule in scale.rules:
            yield Named("rule", rule.id, rule.when, rule.place)
    for duty in book.duties:
        yield Named("duty", duty.id, duty.when, duty.place)
        for state, condition in duty.states.items():
            yield Named(f"state {state.value} of the duty", duty.id, condition, duty.place)
    for notice in book.notices:
        yield Named("notice", notice.id, notice.when, notice.place)
    for requirement in book.requirements:
        yield Named("requirement", requirement.id, requirement.when, requirement.place)
        yield Named("met of the requirement", requirement.id, requirement.met, requirement.place)
    for fine in book.fines:
        yield Named("fine", fine.id, fine.when, fine.place)
