"""Every report of every case in every language: its text, and that it is valid, sealed or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import page
import pytest

from riskq.engine import read_answers
from riskq.i18n import LANGUAGES
from riskq.report import Renderer, Sealer
from riskq.services.issue import issue_of_answers
from tests.ai_law import answers_of, cases, questionnaire
from tests.report.test_page import squeeze, text_of
from tests.report.vera.validator import Vera

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)

TENTH = frozenset(list(cases())[::10])


# Workers take tests from each other: by the module, each would start it again and again.
@pytest.fixture(scope="session")
def vera(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vera]:
    with Vera(tmp_path_factory.mktemp("vera")) as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", cases())
def test_every_report_tells_its_conclusion_and_is_valid(
    renderer: Renderer, sealer: Sealer, vera: Vera, tmp_path: Path, case: str, language: str
) -> None:
    on = cases()[case].on
    answers = read_answers(questionnaire(), answers_of(case), on)
    issue = issue_of_answers(questionnaire(), answers, on, language)
    report, job = issue.report(questionnaire(), language), issue.job(questionnaire(), language)
    plain = renderer.render(job)
    sealed = sealer.seal(plain, job.seal_about)
    text = text_of(sealed)
    wanted = [report.verdict.text, report.digest, *(duty.title for duty in report.duties)]
    assert [each for each in wanted if squeeze(each) not in text] == []
    file = tmp_path / "report.pdf"
    for pdf in (plain, sealed):
        for profile in PROFILES:
            found = page.validate_pdf_bytes(pdf, profile=profile)
            assert [failure.message for failure in found.failures] == []
    # The reference validator takes seconds: it sees what is handed out, and of every tenth case in
    # one language what it was before its seal.
    seen = (plain, sealed) if language == "kk" and case in TENTH else (sealed,)
    for pdf in seen:
        file.write_bytes(pdf)
        assert vera.verdict(file) == "valid"
