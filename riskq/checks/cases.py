"""Judges each case of an edition and compares the conclusion with what the case expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from riskq.checks.finding import Finding, found, from_problem
from riskq.engine import Conclusion, Truth, assess, plain, read_answers
from riskq.errors import AnswersError, Problem, did_you_mean
from riskq.questionnaire import (
    Case,
    Expectation,
    MapNode,
    Presence,
    Questionnaire,
    Relevance,
    RequirementExpectation,
)

__all__ = ["JudgedCase", "judge_cases"]

NOTHING = "nothing"
"""What ``next`` expects when every question asked has an answer."""

ABSENT = "absent"
"""What is expected of a thing that does not apply."""

_UNKNOWN = {
    "scale": "unknown-scale",
    "duty": "unknown-duty",
    "notice": "unknown-notice",
    "requirement": "unknown-requirement",
    "fine": "unknown-fine",
}
"""The codes, by the sort of thing of which a case expects something."""

_PRESENCE = {Truth.HOLDS: Presence.PRESENT.value, Truth.OPEN: Truth.OPEN.value}
_MET = {
    Truth.HOLDS: RequirementExpectation.MET,
    Truth.FAILS: RequirementExpectation.MISSING,
    Truth.OPEN: RequirementExpectation.OPEN,
}
_RELEVANCE = {
    Truth.HOLDS: Relevance.YES,
    Truth.FAILS: Relevance.NO,
    Truth.OPEN: Relevance.OPEN,
}


class JudgedCase(Struct, frozen=True):
    """A case with the conclusion that its answers give."""

    case: Case
    conclusion: Conclusion


def judge_cases(
    questionnaire: Questionnaire, cases: Iterable[Case]
) -> tuple[tuple[JudgedCase, ...], tuple[Finding, ...]]:
    """The cases that can be judged, and everything in which any case is not as it should be."""
    judged: list[JudgedCase] = []
    findings: list[Finding] = []
    for case in cases:
        try:
            one = JudgedCase(case, _judge(questionnaire, case))
        except AnswersError as fault:
            findings += [from_problem(problem) for problem in fault.problems]
            continue
        judged.append(one)
        findings += _Comparison(questionnaire, one).findings()
    return tuple(judged), tuple(findings)


def _judge(questionnaire: Questionnaire, case: Case) -> Conclusion:
    node = case.answers
    if not isinstance(node, MapNode):
        mend = "Write one answer a line, such as in-scope: yes."
        what = f'the answers of the case "{case.id}" are no mapping'
        raise AnswersError([Problem("wrong-kind", str(node.place), what, mend)])
    places = {key.text: str(key.place) for key, _ in node.entries}
    raw = {key.text: plain(value) for key, value in node.entries}
    answers = read_answers(questionnaire, raw, case.on, places.__getitem__)
    return assess(questionnaire, answers, case.on)


class _Comparison(Struct, frozen=True):
    """Holds what a case expects against what its answers give; only what is named is compared."""

    questionnaire: Questionnaire
    judged: JudgedCase

    def findings(self) -> Iterator[Finding]:
        case = self.judged.case
        if case.expect == Expectation():
            what = f'the case "{case.id}" expects nothing, so that it shows nothing'
            mend = "Write under expect what the answers must lead to."
            yield found("nothing-expected", case.place, what, mend)
        yield from self._scales()
        for what, expected, known, got in self._named():
            yield from self._unknown(what, expected, known)
            for name in known:
                if name in expected:
                    told = (got.get(name, ABSENT),)
                    yield from self._compare(f'the {what} "{name}"', (expected[name],), told)
        yield from self._journey()

    def _scales(self) -> Iterator[Finding]:
        expect = self.judged.case.expect
        scales = {scale.id: scale for scale in self.judged.conclusion.scales}
        yield from self._unknown(
            "scale", (*expect.scales, *expect.because, *expect.applies), scales
        )
        for name, scale in scales.items():
            if name in expect.scales:
                wanted = expect.scales[name].ids
                yield from self._compare(f'the scale "{name}"', wanted, scale.possible)
            if name in expect.because:
                wanted = expect.because[name].ids
                yield from self._compare(f'"{name}" because of', wanted, scale.because)
            if name in expect.applies:
                relevance, got = expect.applies[name].value, _RELEVANCE[scale.applies].value
                yield from self._compare(f'that "{name}" applies', (relevance,), (got,))

    def _named(self) -> Iterator[tuple[str, Mapping[str, str], list[str], Mapping[str, str]]]:
        """What is expected by name: the sort, the expectations, all names, the results."""
        book, expect = self.questionnaire.rulebook, self.judged.case.expect
        conclusion = self.judged.conclusion
        duties = {duty.id: duty.state.value for duty in conclusion.duties}
        yield "duty", expect.duties, [item.id for item in book.duties], duties
        obliges = dict.fromkeys((item.id for item in book.duties), Relevance.NO.value)
        obliges |= {duty.id: _RELEVANCE[duty.applies].value for duty in conclusion.duties}
        yield "duty", expect.obliges, list(obliges), obliges
        notices = {notice.id: _PRESENCE[notice.holds] for notice in conclusion.notices}
        yield "notice", expect.notices, [item.id for item in book.notices], notices
        met = {item.id: _MET[item.met].value for item in conclusion.requirements}
        yield "requirement", expect.requirements, [item.id for item in book.requirements], met
        fines = {fine.id: _PRESENCE[fine.applies] for fine in conclusion.fines}
        yield "fine", expect.fines, [item.id for item in book.fines], fines

    def _journey(self) -> Iterator[Finding]:
        expect, conclusion = self.judged.case.expect, self.judged.conclusion
        if expect.next is not None:
            got = conclusion.journey.next or NOTHING
            yield from self._compare("the next question", (expect.next,), (got,))
        aside = tuple(conclusion.journey.set_aside)
        if expect.set_aside is not None:
            yield from self._compare("set aside", expect.set_aside, aside)
        elif aside:
            yield self._hidden(aside)
        if expect.decides is not None:
            yield from self._compare("decides", expect.decides, conclusion.decides)

    def _hidden(self, aside: tuple[str, ...]) -> Finding:
        case = self.judged.case
        what = f'the case "{case.id}" answers what is not asked of it: {_listed(aside)}'
        mend = "Delete these answers, or name them under expect: set_aside."
        return found("case-answers-hidden", case.place, what, mend)

    def _compare(
        self, what: str, wanted: tuple[str, ...], got: tuple[str, ...]
    ) -> Iterator[Finding]:
        if set(wanted) != set(got):
            case = self.judged.case
            told = (
                f'the case "{case.id}" expects {what}: {_listed(wanted)}, and gets {_listed(got)}'
            )
            mend = "Mend the rules, or the case if its source allows."
            yield found("case-differs", case.place, told, mend)

    def _unknown(self, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
        case, there = self.judged.case, tuple(known)
        for name in dict.fromkeys(names):
            if name not in there:
                told = f'the case "{case.id}" expects something of "{name}", which is no {what}'
                mend = did_you_mean(name, there, what=what)
                yield found(_UNKNOWN[what], case.place, told, mend)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or NOTHING
