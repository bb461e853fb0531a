"""Papers on answers that are nobody's stored assessment: a text for a terminal, a PDF."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, time

from riskq.clock import KAZAKHSTAN
from riskq.engine import Answers
from riskq.questionnaire import Questionnaire
from riskq.report import DocumentFacts, Line, Renderer, Report, compose, report_job
from riskq.services.json_form import answers_form

__all__ = ["answers_pdf", "conclusion_text"]


def _report(questionnaire: Questionnaire, answers: Answers, on: date, language: str) -> Report:
    form = {"digest": questionnaire.digest, "on": on.isoformat()}
    form |= {"answers": dict(answers_form(questionnaire, answers))}  # type: ignore[dict-item]
    text = json.dumps(form, ensure_ascii=False, sort_keys=True)
    number = hashlib.sha256(text.encode()).hexdigest()[:12].upper()
    return compose(questionnaire, answers, on, language, document=DocumentFacts(number))


def answers_pdf(questionnaire: Questionnaire, answers: Answers, on: date, language: str) -> bytes:
    """The report on answers as a PDF; the same answers give the same bytes.

    Raises ``RenderError``.
    """
    report = _report(questionnaire, answers, on, language)
    created = datetime.combine(on, time(), KAZAKHSTAN)
    job = report_job(report, content=report.document.number, created=created)
    with Renderer() as renderer:
        return renderer.render(job)


def conclusion_text(questionnaire: Questionnaire, answers: Answers, on: date, language: str) -> str:
    """The conclusion with its reasons as plain text."""
    return "\n".join(_lines(_report(questionnaire, answers, on, language)))


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
    if report.notices or report.duties:
        yield ""
    for notice in report.notices:
        yield f"! {notice.title}. {notice.text}"
    for duty in report.duties:
        when = f" – {duty.deadline.text}" if duty.deadline else ""
        yield f"[{duty.state_text}] {duty.title}{when}"


def _tree(lines: tuple[Line, ...], depth: int) -> Iterator[str]:
    for line in lines:
        yield f"{'  ' * depth}- {line.text}"
        yield from _tree(line.parts, depth + 1)
