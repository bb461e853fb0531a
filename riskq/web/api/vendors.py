"""Calls about the vendors of a screening: links, reviews, decisions."""

from __future__ import annotations

from flask import request

from riskq.engine import Conclusion, read_answers
from riskq.services import conclusion_form, screenings
from riskq.store import ORDERS, VENDOR_STATES, Vendor, VendorLine, Wanted
from riskq.web.api import shapes
from riskq.web.api.assessments import answers_of
from riskq.web.api.calls import PAGES, Asked, Call, Right, Seat, call, page_of
from riskq.web.api.problems import ProblemError
from riskq.web.screenings.letters import link_of
from riskq.web.screenings.words import scale_of
from riskq.web.state import state

__all__: list[str] = []

_ONE = "/screenings/{screening}"
_VENDOR = "/screenings/{screening}/vendors/{vendor}"


def _find(seat: Seat, screening: str) -> screenings.Round:
    return screenings.find_screening(state().desk, seat, screening)


@call(
    Call(
        *("GET", f"{_ONE}/vendors", Right.SEE),
        "The vendors of a screening.",
        gives=shapes.VendorList,
        asks=(
            Asked("state", "only in this state", {"enum": [*VENDOR_STATES, "late"]}),
            Asked("level", "only at this level of the scale by which vendors are listed"),
            Asked("text", "words of the name, the e-mail or the reference"),
            Asked("order", "how they are sorted", {"enum": list(ORDERS)}),
            *PAGES,
        ),
    )
)
def vendors(seat: Seat, screening: str) -> shapes.VendorList:
    """A page of vendors."""
    of = _find(seat, screening)
    scale, (first, most) = scale_of(of.questionnaire), page_of()
    asked = {name: request.args.get(name, "") for name in ("state", "level", "text", "order")}
    allowed = {
        "state": (*VENDOR_STATES, "late", ""),
        "level": (*scale.levels, ""),
        "order": (*ORDERS, ""),
    }
    for name, known in allowed.items():
        if asked[name] not in known:
            told = ", ".join(word for word in known if word)
            raise ProblemError(400, name, f'"{name}" is one of: {told}.')
    wanted = Wanted(
        scale.id,
        scale.levels,
        asked["state"],
        asked["level"],
        asked["text"][:100],
        asked["order"] or "name",
        first,
        most,
    )
    page = screenings.list_vendors(state().desk, of, wanted)
    return shapes.VendorList([_line(line) for line in page.lines], page.total)


def _line(line: VendorLine) -> shapes.VendorLineGiven:
    return shapes.VendorLineGiven(
        id=line.id,
        name=line.name,
        email=line.email,
        reference=line.reference,
        state=line.state,
        is_late=line.is_late,
        answers=line.answers,
        revision=line.last_revision,
        submitted_at=line.submitted_at,
        claimed=line.claimed.split(),
        accepted=line.accepted.split(),
    )


@call(
    Call(
        *("POST", f"{_ONE}/vendors", Right.EDIT),
        "Invite vendors, each with a link of its own.",
        takes=shapes.VendorsSent,
        gives=shapes.VendorsAdded,
        status=201,
    )
)
def invite(seat: Seat, screening: str, sent: shapes.VendorsSent) -> shapes.VendorsAdded:
    """Invite vendors."""
    of = _find(seat, screening)
    text = screenings.write_vendor_text(
        screenings.NewVendor(one.name, one.email, one.reference) for one in sent.vendors
    )
    lines = screenings.read_vendor_text(text)
    faults = [
        {"number": number, "fault": line.fault}
        for number, line in enumerate(lines, 1)
        if line.fault not in ("", "twice")
    ]
    if faults or len(lines) != len(sent.vendors):
        raise ProblemError(422, "vendors", "Some vendors cannot be invited.", problems=faults)
    sound = [line.vendor for line in lines if not line.fault]
    key = state().settings.secret_key
    return shapes.VendorsAdded(screenings.add_vendors(state().desk, of, key, sound))


@call(
    Call(
        *("GET", _VENDOR, Right.SEE),
        "A vendor: its link, what it claims, what was said of it, what is accepted.",
        gives=shapes.VendorGiven,
    )
)
def vendor(seat: Seat, screening: str, vendor: str) -> shapes.VendorGiven:
    """One vendor."""
    of = _find(seat, screening)
    return _vendor(of, screenings.look_at(state().desk, of, vendor))


def _vendor(of: screenings.Round, looked: screenings.Looked) -> shapes.VendorGiven:
    one: Vendor = looked.vendor
    submitted, accepted = looked.submitted, looked.accepted
    return shapes.VendorGiven(
        id=one.id,
        name=one.name,
        email=one.email,
        reference=one.reference,
        link=link_of(of, one) if of.seat.may_edit else "",
        link_until=one.link_until,
        answers={} if looked.opened is None else answers_of(looked.opened),
        claimed=_conclusion(of, None if submitted is None else submitted.conclusion),
        accepted=_conclusion(of, None if accepted is None else accepted.conclusion),
        reviews=[_review(looked, name) for name in looked.reviews],
        decision=one.decision if looked.is_decided else "",
        reason=one.reason if looked.is_decided else "",
    )


def _conclusion(of: screenings.Round, found: Conclusion | None) -> dict[str, object] | None:
    return None if found is None else conclusion_form(of.questionnaire, found)


def _review(looked: screenings.Looked, name: str) -> shapes.ReviewGiven:
    review = looked.reviews[name]
    value = screenings.own_value(looked, name)
    return shapes.ReviewGiven(name, review.comment, review.asks, value)


@call(
    Call(
        *("DELETE", _VENDOR, Right.EDIT),
        "Remove a vendor with its answers, for good.",
        status=204,
    )
)
def remove(seat: Seat, screening: str, vendor: str) -> None:
    """Remove a vendor."""
    screenings.remove_vendor(state().desk, _find(seat, screening), vendor)


@call(
    Call(
        *("POST", f"{_VENDOR}/link", Right.EDIT),
        "Make a new link for a vendor; the one before opens nothing any more.",
        gives=shapes.LinkGiven,
        status=201,
    )
)
def renew(seat: Seat, screening: str, vendor: str) -> shapes.LinkGiven:
    """Make a new link."""
    of, desk = _find(seat, screening), state().desk
    screenings.renew_link(desk, of, state().settings.secret_key, vendor)
    found = screenings.find_vendor(desk, of, vendor)
    return shapes.LinkGiven(link_of(of, found), found.link_until)


@call(
    Call(
        *("DELETE", f"{_VENDOR}/link", Right.EDIT),
        "Let a vendor's link open nothing any more.",
        status=204,
    )
)
def withdraw(seat: Seat, screening: str, vendor: str) -> None:
    """Withdraw a link."""
    screenings.withdraw_link(state().desk, _find(seat, screening), vendor)


@call(
    Call(
        *("PUT", f"{_VENDOR}/reviews/{{question}}", Right.REVIEW),
        "Say something of an answer: a comment, whether to ask again, a value of one's own.",
        takes=shapes.ReviewSent,
        gives=shapes.VendorGiven,
    )
)
def review(
    seat: Seat, screening: str, vendor: str, question: str, sent: shapes.ReviewSent
) -> shapes.VendorGiven:
    """Keep what is said of an answer."""
    of, desk = _find(seat, screening), state().desk
    looked = screenings.look_at(desk, of, vendor)
    if looked.submitted is None or question not in looked.submitted.answers:
        raise ProblemError(404, "no-answer", "The vendor has submitted no such answer.")
    value = None
    if sent.value is not None:
        value = read_answers(of.questionnaire, {question: sent.value}, desk.today())[question]
    said = screenings.Said(sent.comment.strip(), sent.asks, value)
    screenings.review_answer(desk, of, looked, question, said)
    return _vendor(of, screenings.look_at(desk, of, vendor))


@call(
    Call(
        *("POST", f"{_VENDOR}/ask", Right.REVIEW),
        "Open the marked questions to the vendor again.",
        gives=list[str],
    )
)
def ask(seat: Seat, screening: str, vendor: str) -> list[str]:
    """Ask the vendor to clarify."""
    of, desk = _find(seat, screening), state().desk
    return list(screenings.ask_again(desk, of, screenings.look_at(desk, of, vendor)))


@call(
    Call(
        *("POST", f"{_VENDOR}/decision", Right.REVIEW),
        "Accept or return what a vendor submitted.",
        takes=shapes.DecisionSent,
        gives=shapes.VendorGiven,
    )
)
def decide(
    seat: Seat, screening: str, vendor: str, sent: shapes.DecisionSent
) -> shapes.VendorGiven:
    """Decide about a vendor."""
    of, desk = _find(seat, screening), state().desk
    looked = screenings.look_at(desk, of, vendor)
    screenings.decide(desk, of, looked, sent.decision, sent.reason.strip())
    return _vendor(of, screenings.look_at(desk, of, vendor))
