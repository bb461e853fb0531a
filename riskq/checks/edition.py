"""Checks one edition: files first, and what the rules mean only where the files can be read."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from riskq.checks.cases import judge_cases
from riskq.checks.changes import changes_untold
from riskq.checks.citations import acts_not_in_force
from riskq.checks.coverage import uncovered
from riskq.checks.files import unread_files
from riskq.checks.finding import Finding, Severity, from_problem
from riskq.checks.folder import no_edition, wrong_days
from riskq.checks.matter import idle_questions
from riskq.checks.monotone import falling_scales
from riskq.checks.needless import needless
from riskq.checks.parts import without_effect
from riskq.checks.reach import unreached
from riskq.checks.scales import unsound_scales
from riskq.checks.space import Space
from riskq.checks.texts import unlike_texts
from riskq.engine import naming
from riskq.errors import Problem, QuestionnaireError
from riskq.questionnaire import (
    Case,
    Draft,
    Edition,
    Questionnaire,
    load_cases,
    load_draft,
    load_mutation_record,
)

__all__ = ["Checked", "check_edition", "check_rules"]


class Checked(Struct, frozen=True):
    """What the check of an edition came to.

    ``combinations`` is the number of sets of answers that the proof is about, and ``cases`` that of
    the cases judged; both are 0 where the files could not be read.
    """

    name: str
    findings: tuple[Finding, ...]
    combinations: int = 0
    cases: int = 0

    @property
    def has_errors(self) -> bool:
        """Whether something makes the edition unfit to be published."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def check_edition(edition: Edition) -> Checked:
    """Everything that is wrong with the files of an edition and with what they say.

    What the rules mean is looked at as soon as the questions, the rules and the acts can be read.
    """
    name = f"{edition.folder.parent.name}/{edition.folder.name}"
    draft = load_draft(edition)
    cases, faults = _load_cases(edition)
    told = (*draft.problems, *faults, *_record_faults(edition))
    missing = tuple(no_edition(edition))
    # That its questions cannot be read is told better by what the folder is not.
    shown = [one for one in told if not (missing and one.where == _questions(edition))]
    findings = [*missing, *map(from_problem, shown), *unread_files(edition)]
    findings += changes_untold(edition)
    texts = _unlike_texts(draft)
    if draft.questionnaire is None:
        return Checked(name, (*findings, *texts))
    questionnaire = draft.questionnaire
    judged, differing = judge_cases(questionnaire, cases)
    findings += [*check_rules(questionnaire), *differing, *acts_not_in_force(questionnaire)]
    findings += wrong_days(edition, questionnaire)
    # A case that cannot be judged may show what the others do not.
    if not faults and len(judged) == len(cases):
        findings += uncovered(questionnaire, judged)
    findings += texts
    return Checked(name, tuple(findings), Space(questionnaire).count(), len(judged))


def _unlike_texts(draft: Draft) -> list[Finding]:
    """What differs between the languages that can be read."""
    told = list(unlike_texts(draft.prose))
    # A text that lacks may be one of the problems already.
    return [one for one in told if not (draft.problems and one.code == "text-lacking")]


def _questions(edition: Edition) -> str:
    """The place of a file of questions that is not there."""
    return f"{edition.name_of(edition.folder / 'questions.yml')}:1"


def _load_cases(edition: Edition) -> tuple[Sequence[Case], Sequence[Problem]]:
    """The cases, or what is wrong with them."""
    try:
        return load_cases(edition), ()
    except QuestionnaireError as fault:
        return (), fault.problems


def _record_faults(edition: Edition) -> Sequence[Problem]:
    """What is wrong with the form of the record of mutants; its truth takes far longer to check."""
    try:
        load_mutation_record(edition)
    except QuestionnaireError as fault:
        return fault.problems
    return ()


def check_rules(questionnaire: Questionnaire) -> tuple[Finding, ...]:
    """What is proved of the rules alone, over all combinations of answers."""
    with naming(questionnaire):
        space = Space(questionnaire)
        return (
            # What never decides comes before what is therefore never reached.
            *unsound_scales(space),
            *unreached(space),
            *needless(space),
            *without_effect(space),
            *falling_scales(space),
            *idle_questions(space),
        )
