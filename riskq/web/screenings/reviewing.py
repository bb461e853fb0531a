"""What a reviewer says of one answer: a comment, whether to ask again, a value of one's own."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms import Form

from riskq.engine import Answer, Judge, write_answer
from riskq.services import screenings
from riskq.web.forms import ANSWER, BECAUSE, FormFault, fill_form, make_form, read_form
from riskq.web.locale import language, web_words
from riskq.web.pages import render
from riskq.web.question_page import fixed_words
from riskq.web.screenings.vendor import in_words, lead_to_vendor
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["reviewing"]

reviewing = WorkspacePages("reviewing")

_MOST_COMMENT = 2000


def _look(
    seat: Seat, screening: str, vendor: str, name: str
) -> tuple[screenings.Round, screenings.Looked]:
    of = screenings.find_screening(state().desk, seat, screening)
    looked = screenings.look_at(state().desk, of, vendor)
    if looked.submitted is None or name not in looked.submitted.answers:
        raise NotFound
    return of, looked


@reviewing.get("/screenings/<screening>/vendors/<vendor>/answers/<name>", Right.REVIEW)
def look(seat: Seat, screening: str, vendor: str, name: str) -> Response:
    """Show one answer, and what was said of it."""
    of, looked = _look(seat, screening, vendor, name)
    questionnaire = of.questionnaire
    form = make_form(questionnaire, name, language(), _present(looked, name))
    review = looked.reviews.get(name)
    said = (review.comment, review.asks) if review else ("", False)
    return _show(of, looked, name, form, 200, said)


def _present(looked: screenings.Looked, name: str) -> Answer | None:
    """The answer as the reviewer takes it now, without the vendor's own words."""
    return None if looked.accepted is None else looked.accepted.answers.get(name)


def _show(
    of: screenings.Round,
    looked: screenings.Looked,
    name: str,
    form: Form,
    status: int,
    said: tuple[str, bool],
    *faults: FormFault,
) -> Response:
    submitted = looked.submitted
    if submitted is None:
        raise NotFound
    questionnaire = submitted.questionnaire
    judge = Judge(questionnaire, submitted.answers, submitted.on)
    return render(
        "screenings/review.html",
        status,
        of=of,
        looked=looked,
        vendor=looked.vendor,
        question=questionnaire.prose[language()].questions[name],
        fixed=fixed_words(questionnaire, name, language()),
        name=name,
        answer=form[ANSWER],
        because=None,
        claimed=in_words(questionnaire, judge, name),
        words=submitted.answers[name].because,
        errors={fault.field: fault.text for fault in faults},
        faults=faults,
        comment=said[0],
        asks=said[1],
    )


@reviewing.post("/screenings/<screening>/vendors/<vendor>/answers/<name>", Right.REVIEW)
def say(seat: Seat, screening: str, vendor: str, name: str) -> Response:
    """Keep what the reviewer says of the answer."""
    of, looked = _look(seat, screening, vendor, name)
    _, question = web_words(), of.questionnaire.by_id[name]
    comment, asks = request.form.get("comment", "").strip(), request.form.get("asks") == "yes"
    form = fill_form(of.questionnaire, name, language(), request.form)
    faults = []
    if len(comment) > _MOST_COMMENT:
        told = _("The comment may have at most %(most)s characters", most=_MOST_COMMENT)
        faults.append(FormFault("comment", told))
    given = read_form(question, form, state().desk.today(), _)
    if isinstance(given, tuple):
        # The vendor's own words are the vendor's: a reviewer need not write any.
        faults.extend(fault for fault in given if fault.field != BECAUSE)
    if faults:
        return _show(of, looked, name, form, 422, (comment, asks), *faults)
    value = None if isinstance(given, tuple) else _own_value(looked, name, given)
    said = screenings.Said(comment, asks, value)
    screenings.review_answer(state().desk, of, looked, name, said)
    return lead_to_vendor(of, vendor)


def _own_value(looked: screenings.Looked, name: str, given: Answer) -> Answer | None:
    """What the reviewer chose, if the vendor said otherwise; own words are left out of it."""
    submitted = looked.submitted
    if submitted is None:
        return None
    question, claimed = submitted.questionnaire.by_id[name], submitted.answers.get(name)
    if claimed is not None and write_answer(question, claimed) == write_answer(question, given):
        return None
    return given
