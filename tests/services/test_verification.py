"""A report verifies wherever its certificate is, and every lie in one is told as a fact apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from riskq.engine import read_answers
from riskq.questionnaire import Catalogue
from riskq.report import (
    Agreement,
    Inspector,
    Mark,
    Renderer,
    RenderJob,
    Sealer,
    Verified,
    VerifiedView,
    compose_verification,
)
from riskq.services import Verifier
from riskq.services.issue import Issue, issue_of_answers
from riskq.services.received import read_issue
from riskq.settings import SealSettings
from tests.ai_law import EDITION, answers_of, cases, questionnaire
from tests.marks import ONE_QUICKLY

CASE = "hospital-triage-ready"
TODAY = date(2026, 11, 9)
SHORT = "<html lang='en'><head><title>Short</title></head><body><h1>Short</h1></body></html>"
CATALOGUE = Catalogue()
Check = Callable[..., VerifiedView]


@cache
def issue(case: str = CASE, language: str = "kk") -> Issue:
    """The document on a case."""
    on = cases()[case].on
    answers = read_answers(questionnaire(), answers_of(case), on)
    return issue_of_answers(questionnaire(), answers, on, language)


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as made:
        yield made


@pytest.fixture(scope="module")
def verifier(seal_folder: Path, renderer: Renderer) -> Verifier:
    return Verifier(CATALOGUE, Inspector(SealSettings(seal_folder)), renderer)


@pytest.fixture(scope="module")
def judging(seal_folder: Path) -> Verifier:
    """Judges the data of a report, and does not print its pages again."""
    return Verifier(CATALOGUE, Inspector(SealSettings(seal_folder)))


@pytest.fixture(scope="module")
def sealed(renderer: Renderer, sealer: Sealer) -> Callable[[RenderJob], bytes]:
    def make(job: RenderJob) -> bytes:
        return sealer.seal(renderer.render(job), job.seal_about)

    return make


def facts_of(verified: Verified, language: str = "en") -> Mapping[str, Mark]:
    """Each fact with its mark."""
    return {fact.id: fact.mark for fact in compose_verification(verified, language).facts}


def forged(job: RenderJob, **changes: object) -> RenderJob:
    """The job with other data, and with hardly any pages, which take time and tell nothing here."""
    data = json.loads(job.data) | changes
    return with_data(job, json.dumps(data, ensure_ascii=False))


def with_data(job: RenderJob, data: str) -> RenderJob:
    return replace(job, data=data, html=SHORT)


@pytest.mark.slow
@pytest.mark.parametrize("language", ONE_QUICKLY)
def test_a_report_is_genuine_in_every_fact(
    verifier: Verifier, sealed: Callable[[RenderJob], bytes], language: str
) -> None:
    pdf = sealed(issue().job(questionnaire(), language))
    verified = verifier.verify(pdf, TODAY, language)
    view = compose_verification(verified, language)
    assert {fact.mark for fact in view.facts} == {Mark.GOOD}
    assert view.mark is Mark.GOOD
    assert verified.is_printed_so
    assert view.system == "Шұғыл көмек сұрыптау жүйесі"
    assert len(view.scales) == len(questionnaire().rulebook.scales)


@pytest.mark.slow
def test_before_the_seal_the_same_issue_always_gives_the_same_bytes(renderer: Renderer) -> None:
    job = issue().job(questionnaire(), "ru")
    again = read_issue(job.data).job(questionnaire(), "ru")
    assert again == job
    assert renderer.render(job) == renderer.render(again)


@pytest.mark.slow
def test_without_a_seal_the_conclusion_is_still_judged(
    verifier: Verifier, renderer: Renderer
) -> None:
    verified = verifier.verify(renderer.render(issue().job(questionnaire(), "en")), TODAY, "en")
    assert facts_of(verified) == {
        "bytes": Mark.OPEN,
        "sealer": Mark.OPEN,
        "conclusion": Mark.GOOD,
        "edition": Mark.GOOD,
        "additions": Mark.OPEN,
    }
    assert verified.is_printed_so
    assert compose_verification(verified, "en").mark is Mark.OPEN


@pytest.mark.slow
def test_a_machine_with_the_certificate_alone_knows_who_sealed(
    sealed: Callable[[RenderJob], bytes], seal_folder: Path, tmp_path: Path
) -> None:
    pdf = sealed(forged(issue().job(questionnaire(), "kk")))
    nothing = SealSettings(tmp_path)
    stranger = Verifier(CATALOGUE, Inspector(nothing))
    assert facts_of(stranger.verify(pdf, TODAY, "kk"))["sealer"] is Mark.OPEN
    knowing = Verifier(CATALOGUE, Inspector(nothing, also=[seal_folder / "certificate.pem"]))
    verified = knowing.verify(pdf, TODAY, "kk")
    assert compose_verification(verified, "kk").mark is Mark.GOOD


@pytest.mark.slow
def test_a_conclusion_that_does_not_follow_is_told_whoever_sealed_it(
    judging: Verifier, sealed: Callable[[RenderJob], bytes]
) -> None:
    job = issue("driverless-bus").job(questionnaire(), "en")
    conclusion: Any = json.loads(job.data)["conclusion"]
    conclusion["scales"]["risk"] |= {"level": "minimal", "possible": ["minimal"]}
    verified = judging.verify(sealed(forged(job, conclusion=conclusion)), TODAY, "en")
    view = compose_verification(verified, "en")
    assert (verified.agreement, view.mark) == (Agreement.DIFFERS, Mark.BAD)
    assert facts_of(verified)["bytes"] is Mark.GOOD
    assert next(scale for scale in view.scales if scale.id == "risk").state_text == "high"


@pytest.mark.slow
@pytest.mark.parametrize(
    "drop", ["scales", "duties", "notices", "requirements", "journey", "decides"]
)
def test_a_conclusion_that_leaves_something_out_does_not_pass(
    judging: Verifier, sealed: Callable[[RenderJob], bytes], drop: str
) -> None:
    job = issue().job(questionnaire(), "en")
    conclusion = json.loads(job.data)["conclusion"]
    del conclusion[drop]
    verified = judging.verify(sealed(forged(job, conclusion=conclusion)), TODAY, "en")
    assert verified.agreement is Agreement.DIFFERS


@pytest.mark.slow
def test_what_a_later_version_tells_beside_does_not_make_a_report_false(
    judging: Verifier, sealed: Callable[[RenderJob], bytes]
) -> None:
    job = issue().job(questionnaire(), "en")
    conclusion = json.loads(job.data)["conclusion"]
    for duty in conclusion["duties"]:
        del duty["applies"]
    verified = judging.verify(sealed(forged(job, conclusion=conclusion)), TODAY, "en")
    assert verified.agreement is Agreement.SAME


@pytest.mark.slow
def test_pages_that_say_something_else_than_the_data_are_not_proved(
    verifier: Verifier, renderer: Renderer, tmp_path: Path
) -> None:
    job = replace(issue("driverless-bus").job(questionnaire(), "en"), html=SHORT)
    with Sealer(SealSettings(tmp_path / "seal")) as another:
        pdf = another.seal(renderer.render(job), "x")
    verified = verifier.verify(pdf, TODAY, "en")
    assert (verified.agreement, verified.is_printed_so) == (Agreement.SAME, False)
    told = next(f for f in compose_verification(verified, "en").facts if f.id == "conclusion")
    assert "could not be proved" in told.more[0]


@pytest.mark.parametrize(
    ("changes", "agreement"),
    [
        pytest.param({"digest": "0" * 64}, Agreement.OTHER_EDITION, marks=pytest.mark.slow),
        ({"edition": "2025-01-01"}, Agreement.UNKNOWN_EDITION),
        pytest.param(
            {"questionnaire": "../kz-ai-law"}, Agreement.UNKNOWN_EDITION, marks=pytest.mark.slow
        ),
        pytest.param(
            {"questionnaire": "eu-ai-act"}, Agreement.UNKNOWN_EDITION, marks=pytest.mark.slow
        ),
        ({"answers": {"emergency": "perhaps"}}, Agreement.UNUSABLE),
        pytest.param({"answers": {"nothing": "yes"}}, Agreement.UNUSABLE, marks=pytest.mark.slow),
        pytest.param({"answers": ["emergency"]}, Agreement.UNUSABLE, marks=pytest.mark.slow),
        pytest.param({"format": "riskq-assessment/2"}, Agreement.UNUSABLE, marks=pytest.mark.slow),
        pytest.param({"on": "yesterday"}, Agreement.UNUSABLE, marks=pytest.mark.slow),
        pytest.param(
            {"submitted_at": "2026-11-01T10:00:00"}, Agreement.UNUSABLE, marks=pytest.mark.slow
        ),
        pytest.param({"origin": "javascript:alert(1)"}, Agreement.UNUSABLE, marks=pytest.mark.slow),
        pytest.param({"number": "x" * 5000}, Agreement.UNUSABLE, marks=pytest.mark.slow),
        pytest.param({"revision": -1}, Agreement.UNUSABLE, marks=pytest.mark.slow),
    ],
)
def test_data_that_cannot_be_judged_are_told_apart(
    judging: Verifier,
    sealed: Callable[[RenderJob], bytes],
    changes: dict[str, object],
    agreement: Agreement,
) -> None:
    job = issue().job(questionnaire(), "en")
    verified = judging.verify(sealed(forged(job, **changes)), TODAY, "ru")
    assert verified.agreement is agreement
    assert compose_verification(verified, "ru").verdict


@pytest.mark.slow
@pytest.mark.parametrize(
    "data", ["[" * 5000, "{}", '{"format": 1, "format": 2}', "NaN", '"', '{"a": 1e999999}']
)
def test_data_that_are_no_assessment_are_unusable(
    judging: Verifier, sealed: Callable[[RenderJob], bytes], data: str
) -> None:
    job = with_data(issue().job(questionnaire(), "en"), data)
    assert judging.verify(sealed(job), TODAY, "en").agreement is Agreement.UNUSABLE


def test_the_files_that_it_names_are_told_and_an_unknown_question_breaks_nothing(
    judging: Verifier, sealed: Callable[[RenderJob], bytes]
) -> None:
    file = {"name": "Паспорт.pdf", "type": "application/pdf", "bytes": 2048, "sha256": "ab" * 32}
    named = [{"question": "emergency", **file}, {"question": "<b>none</b>", **file}]
    verified = judging.verify(
        sealed(forged(issue().job(questionnaire(), "kk"), evidence=named)), TODAY, "kk"
    )
    view = compose_verification(verified, "kk")
    asks = [questionnaire().prose["kk"].questions["emergency"].ask, "<b>none</b>"]
    assert [answer.ask for answer in view.evidence] == asks
    assert [one.sha256 for answer in view.evidence for one in answer.files] == ["ab" * 32] * 2


def test_a_pdf_without_data_is_no_report(
    judging: Verifier, sealed: Callable[[RenderJob], bytes]
) -> None:
    job = with_data(issue().job(questionnaire(), "en"), "")
    view = compose_verification(judging.verify(sealed(job), TODAY, "en"), "en")
    assert view.verdict == "This PDF is no report of riskq, or its data were taken out."


@pytest.mark.slow
def test_a_report_by_an_older_edition_says_what_the_present_one_would_say(
    judging: Verifier, sealed: Callable[[RenderJob], bytes]
) -> None:
    older = CATALOGUE.load("kz-ai-law", date(2026, 1, 18))
    on = date(2026, 3, 1)
    answers = read_answers(older, answers_of(CASE), date(2026, 11, 1))
    job = issue_of_answers(older, answers, on, "kk").job(older, "kk")
    pdf = sealed(with_data(job, job.data))
    verified = judging.verify(pdf, TODAY, "en")
    view = compose_verification(verified, "en")
    assert verified.now is not None
    assert verified.now.questionnaire.edition == EDITION
    told = next(fact for fact in view.facts if fact.id == "edition")
    assert told.mark is Mark.OPEN
    assert "25 August 2026" in told.text
    assert view.mark is Mark.GOOD
    assert not view.changed
    before = compose_verification(judging.verify(pdf, date(2026, 8, 24), "en"), "en")
    assert next(fact for fact in before.facts if fact.id == "edition").mark is Mark.GOOD
