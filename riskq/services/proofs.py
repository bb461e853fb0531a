"""What is proved of the published editions: each check and comparison is made once and kept.

The package ``checks`` is loaded by the first who asks, since most processes never need it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from riskq.questionnaire import (
    Case,
    ChangeLog,
    Edition,
    MutationRecord,
    load_cases,
    load_changes,
    load_edition,
    load_mutation_record,
)
from riskq.report import ChangesView, ProofFacts, ProofView, compose_changes, compose_proof
from riskq.services.desk import Desk

if TYPE_CHECKING:
    from riskq.checks import Checked, Comparison

__all__ = ["cases_of", "changes_between", "checked", "compared", "mutation_of", "proof_of"]

_KEPT = 16


def checked(desk: Desk, name: str, day: date | str) -> Checked:
    """The check of an edition; raises ``UnknownQuestionnaireError``."""
    return _checked(desk.catalogue.edition(name, day))


def compared(desk: Desk, name: str, old: date | str, new: date | str) -> Comparison:
    """Two editions compared; raises ``UnknownQuestionnaireError``."""
    return _compared(desk.catalogue.edition(name, old), desk.catalogue.edition(name, new))


def proof_of(desk: Desk, name: str, day: date | str, language: str) -> ProofView:
    """What is proved of an edition, in words; raises ``UnknownQuestionnaireError``."""
    questionnaire, found = desk.catalogue.load(name, day), checked(desk, name, day)
    findings = tuple((finding.code, str(finding)) for finding in found.findings)
    facts = ProofFacts(findings, found.combinations)
    log = _log(desk.catalogue.edition(name, day))
    return compose_proof(questionnaire, facts, cases_of(desk, name, day), log, language)


def changes_between(
    desk: Desk, name: str, old: date | str, new: date | str, language: str
) -> tuple[ChangesView, ...]:
    """What the editions after the old one, up to the new one, are told to have changed.

    Raises ``UnknownQuestionnaireError``.
    """
    one, other = (desk.catalogue.load(name, day).edition for day in (old, new))
    log = _log(desk.catalogue.edition(name, new))
    return compose_changes(log, one, other, language) if log else ()


def cases_of(desk: Desk, name: str, day: date | str) -> tuple[Case, ...]:
    """The cases of an edition; raises ``UnknownQuestionnaireError``."""
    return _cases(desk.catalogue.edition(name, day))


def mutation_of(desk: Desk, name: str, day: date | str) -> MutationRecord | None:
    """What became of the mutants of an edition, if that is on record.

    Raises ``UnknownQuestionnaireError``.
    """
    return load_mutation_record(desk.catalogue.edition(name, day))


@lru_cache(maxsize=_KEPT)
def _checked(edition: Edition) -> Checked:
    from riskq.checks import check_edition

    return check_edition(edition)


@lru_cache(maxsize=_KEPT)
def _compared(old: Edition, new: Edition) -> Comparison:
    from riskq.checks import compare

    return compare(load_edition(old), load_edition(new), _cases(old), _cases(new))


@lru_cache(maxsize=_KEPT)
def _log(edition: Edition) -> ChangeLog | None:
    return load_changes(edition)


@lru_cache(maxsize=_KEPT)
def _cases(edition: Edition) -> tuple[Case, ...]:
    return load_cases(edition)
