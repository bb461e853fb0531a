"""What a reader sees of the proofs of an edition: one frozen value with every word chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from riskq.i18n import Words, words, write_day
from riskq.questionnaire import Case, ChangeLog, EditionChanges, OneOrMore, Questionnaire, ScaleText
from riskq.report.proof_claims import claims
from riskq.report.views import DOMAIN

__all__ = [
    "CaseView",
    "ChangesView",
    "ClaimView",
    "ProofFacts",
    "ProofView",
    "compose_changes",
    "compose_proof",
]


class ProofFacts(Struct, frozen=True):
    """What the check of an edition came to: its findings by code and as told, and how many sets."""

    findings: tuple[tuple[str, str], ...]
    combinations: int


class ClaimView(Struct, frozen=True):
    """A sentence about the edition, and whether it holds of it."""

    text: str
    holds: bool


class CaseView(Struct, frozen=True):
    """A case: its title, the levels it must give by the titles of scales, and its source."""

    id: str
    title: str
    levels: tuple[tuple[str, str], ...]
    kind_text: str
    source: str
    url: str


class ChangesView(Struct, frozen=True):
    """What an edition changed; of the first, ``points`` are what it covers."""

    day: date
    day_text: str
    is_first: bool
    describes: str
    points: tuple[str, ...]
    affected: tuple[str, ...]
    unaffected: str


class ProofView(Struct, frozen=True):
    """The proofs of an edition.

    The answers can be combined in more than ten to the power of ``power`` ways. ``findings`` are in
    English. Without a log, or where it does not tell of the edition, ``changes`` is ``None``.
    """

    title: str
    edition_text: str
    digest: str
    power: int
    claims: tuple[ClaimView, ...]
    findings: tuple[str, ...]
    cases: tuple[CaseView, ...]
    changes: ChangesView | None


def compose_proof(
    questionnaire: Questionnaire,
    facts: ProofFacts,
    cases: Sequence[Case],
    log: ChangeLog | None,
    language: str,
) -> ProofView:
    """What is proved of an edition, its cases and what it changed, in one language."""
    say, codes = words(language, DOMAIN), {code for code, _ in facts.findings}
    told = log.of(questionnaire.edition) if log else None
    day = write_day(questionnaire.edition, language)
    return ProofView(
        title=questionnaire.prose[language].title,
        edition_text=say("Edition of %(day)s.", day=day),
        digest=questionnaire.digest,
        power=len(str(facts.combinations)) - 1,
        claims=tuple(ClaimView(one.text, not one.codes & codes) for one in claims(say)),
        findings=tuple(text for _, text in facts.findings),
        cases=tuple(_case(questionnaire, case, say) for case in cases),
        changes=_changes(log, told, language) if log and told else None,
    )


def compose_changes(log: ChangeLog, old: date, new: date, language: str) -> tuple[ChangesView, ...]:
    """What the editions after the old one, up to the new one, changed."""
    return tuple(_changes(log, told, language) for told in log.between(old, new))


def _changes(log: ChangeLog, told: EditionChanges, language: str) -> ChangesView:
    return ChangesView(
        day=told.edition,
        day_text=write_day(told.edition, language),
        is_first=all(told.edition <= other.edition for other in log.editions),
        describes=told.describes[language],
        points=tuple(point[language] for point in told.points),
        affected=tuple(who[language] for who in told.affected),
        unaffected=told.unaffected[language],
    )


def _case(questionnaire: Questionnaire, case: Case, say: Words) -> CaseView:
    scales = questionnaire.prose[say.language].scales
    kinds = {
        "law": say("the law, as we read it"),
        "public": say("a public source"),
        "opinion": say("our opinion"),
    }
    return CaseView(
        id=case.id,
        title=case.title[say.language],
        levels=tuple(
            (scales[name].title, _levels(scales[name], wanted))
            for name, wanted in case.expect.scales.items()
        ),
        kind_text=kinds[case.source.kind],
        source=case.source.text[say.language],
        url=case.source.url or "",
    )


def _levels(scale: ScaleText, wanted: OneOrMore) -> str:
    return " / ".join(scale.levels[level].label for level in wanted.ids)
