"""What the page of proofs claims rests on findings that there are, and falls with them."""

from __future__ import annotations

import pytest

from riskq.i18n import LANGUAGES, words
from riskq.report import ProofFacts, compose_proof
from riskq.report.proof_claims import claims
from riskq.report.views import DOMAIN
from tests.ai_law import questionnaire
from tests.checks.findings_page import entries

CLAIMS = claims(words("en", DOMAIN))
CODES = {code for claim in CLAIMS for code in claim.codes}


def test_every_claim_rests_on_findings_that_the_check_can_tell() -> None:
    assert all(claim.codes for claim in CLAIMS)
    assert CODES - set(entries()) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_claims_are_the_same(language: str) -> None:
    texts = [claim.text for claim in claims(words(language, DOMAIN))]
    assert len(set(texts)) == len(CLAIMS)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_finding_belies_the_claims_that_rest_on_it_and_no_other(code: str) -> None:
    facts = ProofFacts(((code, f"somewhere: it is so. [{code}]"),), 10)
    view = compose_proof(questionnaire(), facts, (), None, "en")
    assert [claim.holds for claim in view.claims] == [code not in c.codes for c in CLAIMS]
    assert view.findings == (f"somewhere: it is so. [{code}]",)


def test_without_findings_every_claim_holds() -> None:
    view = compose_proof(questionnaire(), ProofFacts((), 10**32 + 1), (), None, "kk")
    assert all(claim.holds for claim in view.claims)
    assert view.power == 32
    assert view.changes is None
