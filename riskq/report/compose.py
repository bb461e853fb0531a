"""Composes a report: everything a reader sees, read off one conclusion and worded in one language.

There is no second computation here: levels, duties and reasons come from the judge; this package
chooses their words, their order and what to leave out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from riskq.engine import Answers, Truth
from riskq.questionnaire import ActReading, Cited, Questionnaire
from riskq.report.answered import document_kind, section_views, set_aside_views, system_view
from riskq.report.attached import evidence_views
from riskq.report.duties import duty_views
from riskq.report.duty_views import NoticeView
from riskq.report.evidence_views import AttachedFile
from riskq.report.listing import documents_view, listing_view
from riskq.report.qr import draw_qr
from riskq.report.scales import scale_views
from riskq.report.steps import next_steps
from riskq.report.subject import Subject, paragraphs
from riskq.report.verdict import top_reasons, verdict_view
from riskq.report.views import ActView, DocumentFacts, LimitView, Report, VerifyView
from riskq.report.what_if import hangs_views

__all__ = ["compose"]


def compose(
    questionnaire: Questionnaire,
    answers: Answers,
    on: date,
    language: str,
    *,
    document: DocumentFacts,
    files: Sequence[AttachedFile] = (),
) -> Report:
    """The report on answers as of a day, and on the files attached to them.

    Raises ``KeyError`` for a language there is no text in.
    """
    subject = Subject(questionnaire, answers, on, language)
    report = _uncited(subject, document)
    cited = tuple(_cited(report))
    return replace(
        report,
        evidence=evidence_views(subject, files),
        acts=_acts(subject, cited),
        has_unconfirmed=any(citation.unconfirmed for citation in cited),
    )


def _uncited(subject: Subject, document: DocumentFacts) -> Report:
    """The report without its files, and what is only known once every citation in it is."""
    scales, duties, notices = scale_views(subject), duty_views(subject), _notices(subject)
    listing, sections = listing_view(subject), section_views(subject)
    return Report(
        language=subject.language,
        questionnaire=subject.questionnaire.id,
        title=subject.prose.title,
        edition=subject.questionnaire.edition,
        edition_text=subject.day(subject.questionnaire.edition),
        digest=subject.questionnaire.digest,
        on=subject.on,
        on_text=subject.day(subject.on),
        document=document,
        verify=_verify(subject, document),
        kind=document_kind(subject),
        standing=_standing(subject, document),
        submitted_text=_submitted(subject, document),
        interpretation=paragraphs(subject.prose.interpretation),
        system=system_view(subject),
        verdict=verdict_view(subject, scales, notices),
        top_reasons=top_reasons(subject, scales),
        next_steps=next_steps(subject, notices, duties, listing, sections),
        scales=scales,
        hangs=hangs_views(subject),
        notices=notices,
        duties=duties,
        documents=documents_view(subject),
        listing=listing,
        sections=sections,
        set_aside=set_aside_views(subject),
        evidence=(),
        limits=_limits(subject),
        acts=(),
        has_unconfirmed=False,
    )


def _submitted(subject: Subject, document: DocumentFacts) -> str:
    return subject.moment(document.submitted_at) if document.submitted_at else ""


def _standing(subject: Subject, document: DocumentFacts) -> str:
    """How far the document may be relied upon, in a line."""
    moment = _submitted(subject, document)
    if not moment:
        return subject.say("Not submitted: answers so far, checked by nobody.")
    return subject.say("Submitted %(moment)s. The answers were checked by nobody.", moment=moment)


def _verify(subject: Subject, document: DocumentFacts) -> VerifyView:
    if not document.origin:
        return VerifyView(code=document.code)
    page = f"{document.origin}/{subject.language}/verify"
    if document.revision is None:
        return VerifyView(page, document.code)
    address = f"{page}/{document.number}/{document.code}"
    return VerifyView(page, document.code, address, draw_qr(address))


def _notices(subject: Subject) -> tuple[NoticeView, ...]:
    """What holds before what may hold, and grave warnings before others."""
    known = {notice.id: notice for notice in subject.questionnaire.rulebook.notices}
    views = [
        NoticeView(
            id=result.id,
            title=subject.prose.notices[result.id].title,
            text=subject.prose.notices[result.id].text,
            cites=subject.cites(known[result.id].cites),
            is_grave=known[result.id].grave,
            is_open=result.holds is Truth.OPEN,
        )
        for result in subject.conclusion.notices
    ]
    return tuple(sorted(views, key=lambda view: (view.is_open, not view.is_grave)))


def _limits(subject: Subject) -> tuple[LimitView, ...]:
    texts = subject.prose.limits
    return tuple(
        LimitView(limit.id, texts[limit.id].title, texts[limit.id].text, subject.cites(limit.cites))
        for limit in subject.questionnaire.rulebook.limits
    )


def _cited(report: Report) -> Iterable[Cited]:
    """Every citation in the report, in the order in which it is met."""
    for scale in report.scales:
        for reason in scale.reasons:
            yield from reason.cites
    yield from (cited for notice in report.notices for cited in notice.cites)
    for duty in report.duties:
        yield from duty.cites
        yield from duty.fine.cites if duty.fine else ()
    yield from report.documents.cites if report.documents else ()
    yield from (cited for item in report.listing.requirements for cited in item.cites)
    yield from report.listing.bodies.cites if report.listing.bodies else ()
    yield from (cited for limit in report.limits for cited in limit.cites)


def _acts(subject: Subject, cited: Iterable[Cited]) -> tuple[ActView, ...]:
    """The acts that are cited, each once, in the order in which they are met."""
    known = (subject.questionnaire.law.act(citation.citation) for citation in cited)
    acts = {act.id: act for act in known}.values()
    return tuple(
        ActView(
            id=act.id,
            short=act.short[subject.language],
            title=act.title[subject.language],
            address=act.address[subject.language] if act.address else "",
            read_text=_read_text(subject, act.read),
        )
        for act in acts
    )


def _read_text(subject: Subject, reading: ActReading) -> str:
    texts = {
        ActReading.FULL: subject.say("official text read"),
        ActReading.FIRST_EDITION: subject.say("official text of the first edition read"),
        ActReading.SECOND_HAND: subject.say("known second-hand, text not read"),
        ActReading.DRAFT: subject.say("known from a draft, final text not read"),
        ActReading.TITLE_ONLY: subject.say("only the title is known"),
    }
    return texts[reading]
