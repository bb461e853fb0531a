"""Papers on answers that are nobody's stored assessment: a text for a terminal, a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from riskq.engine import Answers
from riskq.questionnaire import Questionnaire
from riskq.report import DutyView, Line, Renderer, Report, Sealer
from riskq.services.issue import issue_of_answers
from riskq.settings import Issuer

__all__ = ["answers_pdf", "conclusion_text"]


def answers_pdf(
    questionnaire: Questionnaire, answers: Answers, on: date, language: str, issuer: Issuer
) -> bytes:
    """The report on answers as a sealed PDF; before the seal the same answers give the same bytes.

    Raises ``RenderError`` and ``SealError``.
    """
    issue = issue_of_answers(questionnaire, answers, on, language, issuer.brand)
    job = issue.job(questionnaire, language)
    with Sealer(issuer.seal) as sealer, Renderer() as renderer:
        sealer.start()
        return sealer.seal(renderer.render(job), job.seal_about)


def conclusion_text(questionnaire: Questionnaire, answers: Answers, on: date, language: str) -> str:
    """The conclusion with its reasons as plain text."""
    issue = issue_of_answers(questionnaire, answers, on, language)
    return "\n".join(_lines(issue.report(questionnaire, language)))


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.title} ({report.edition_text})"
    yield ""
    if report.verdict.class_text:
        yield report.verdict.class_text
    yield report.verdict.text
    for scale in report.scales:
        yield ""
        yield f"{scale.title}: {scale.state_text}"
        for reason in scale.reasons:
            cited = "; ".join(cite.name for cite in reason.cites)
            yield f"  - {reason.text} ({cited})"
            yield from _tree(reason.lines, 2)
        yield from (f"  ? {item.ask}" for item in scale.decides)
    yield from _what_holds(report)
    for item in report.listing.requirements:
        yield f"[{item.state_text}] {item.title}"


def _what_holds(report: Report) -> Iterator[str]:
    """Warnings and duties: those that hold, and apart from them those that may come to hold."""
    say = report.words
    if report.sure_notices or report.sure_duties:
        yield ""
    yield from (f"! {notice.title}. {notice.text}" for notice in report.sure_notices)
    yield from map(_duty, report.sure_duties)
    if report.open_notices:
        yield from ("", say("These may apply; it depends on answers that are still open:"))
        yield from (f"? {notice.title}. {notice.text}" for notice in report.open_notices)
    if report.open_duties:
        yield from ("", say("These duties may apply; it depends on answers that are still open:"))
        yield from map(_duty, report.open_duties)
    if report.listing.requirements:
        headline = next(scale for scale in report.scales if scale.is_headline)
        yield from ("", f"{headline.title}. {report.listing.intro}".strip())


def _duty(duty: DutyView) -> str:
    when = f" – {duty.deadline.text}" if duty.deadline else ""
    return f"[{duty.state_text}] {duty.title}{when}"


def _tree(lines: tuple[Line, ...], depth: int) -> Iterator[str]:
    for line in lines:
        yield f"{'  ' * depth}- {line.text}"
        yield from _tree(line.parts, depth + 1)
