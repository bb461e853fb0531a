"""What the same answers come to under two editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from riskq.engine import Answer, AnswerFault, Conclusion, Truth, assess, plain, read_answer
from riskq.questionnaire import Case, MapNode, Questionnaire, Texts

__all__ = ["CaseChange", "ResultChange", "case_changes", "result_changes"]


class ResultChange(Struct, frozen=True):
    """A thing that two conclusions differ in: what sort of thing, its id, and both results."""

    what: str
    id: str
    old: str
    new: str


class CaseChange(Struct, frozen=True):
    """A case whose conclusions differ, with the answers that one of the editions does not take."""

    id: str
    titles: Texts
    results: tuple[ResultChange, ...]
    not_taken: tuple[str, ...]


def case_changes(
    old: Questionnaire, new: Questionnaire, cases: Sequence[Case]
) -> Iterator[CaseChange]:
    """The cases that the two editions judge differently, each as of its own day."""
    for case in cases:
        node = case.answers
        raw = {k.text: plain(v) for k, v in node.entries} if isinstance(node, MapNode) else {}
        one, other = fitting(old, raw, case.on), fitting(new, raw, case.on)
        results = tuple(result_changes(assess(old, one, case.on), assess(new, other, case.on)))
        left = tuple(name for name in raw if name not in one or name not in other)
        if results or left:
            yield CaseChange(case.id, case.title, results, left)


def fitting(questionnaire: Questionnaire, raw: Mapping[str, object], on: date) -> dict[str, Answer]:
    """Those of the answers that the questionnaire takes."""
    found: dict[str, Answer] = {}
    for name, value in raw.items():
        question = questionnaire.by_id.get(name)
        if question is not None:
            try:
                found[name] = read_answer(question, value, on)
            except AnswerFault:
                continue
    return found


def result_changes(old: Conclusion, new: Conclusion) -> Iterator[ResultChange]:
    """Everything that two conclusions differ in: levels, duties, warnings, requirements, fines."""
    before, after = dict(_results(old)), dict(_results(new))
    for name in dict.fromkeys((*after, *before)):
        one, other = before.get(name, ""), after.get(name, "")
        if one != other:
            yield ResultChange(*name, one, other)


def _results(conclusion: Conclusion) -> Iterator[tuple[tuple[str, str], str]]:
    """Each thing with what is told of it; what does not apply is left out."""
    for scale in conclusion.scales:
        yield ("level", scale.id), " | ".join(scale.if_applies)
    for duty in conclusion.duties:
        perhaps = "?" if duty.applies is Truth.OPEN else ""
        yield ("duty", duty.id), f"{duty.state.value}{perhaps}"
    for notice in conclusion.notices:
        yield ("notice", notice.id), notice.holds.value
    for item in conclusion.requirements:
        yield ("requirement", item.id), item.met.value
    for fine in conclusion.fines:
        yield ("fine", fine.id), fine.applies.value
