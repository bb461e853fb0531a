"""One vendor of a screening: its state, its link, what it claims and what the reviewer accepts."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response as Answer
from flask import redirect, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response

from riskq.clock import local_time
from riskq.engine import Judge
from riskq.i18n import write_size
from riskq.questionnaire import Questionnaire
from riskq.services import evidence, letters, screenings
from riskq.web.answer_words import answer_in_words
from riskq.web.forms import FormFault
from riskq.web.letter_words import line_of_letter
from riskq.web.locale import language, web_words
from riskq.web.pages import render
from riskq.web.screenings.letters import link_of, mail_of, write_letter
from riskq.web.screenings.words import address_in, level_labels
from riskq.web.state import state
from riskq.web.workspaces.pages import Right, Seat, WorkspacePages

__all__ = ["look_as_seen", "show_vendor", "vendor"]

vendor = WorkspacePages("vendor")

_MOST_REASON = 2000


class ScaleRow(Struct, frozen=True):
    """One scale as claimed and as accepted; ``differs`` where the two are not the same."""

    title: str
    claimed: str
    accepted: str
    differs: bool


class FileRow(Struct, frozen=True):
    """A file that the vendor attached to an answer."""

    name: str
    size: str
    sha256: str
    url: str


class AnswerRow(Struct, frozen=True):
    """One answer of the newest submission, with what the reviewer said of it."""

    question: str
    ask: str
    answer: str
    because: str
    own: str
    comment: str
    asks: bool
    files: Sequence[FileRow]


def _scales(looked: screenings.Looked) -> list[ScaleRow]:
    submitted, accepted = looked.submitted, looked.accepted
    if submitted is None or accepted is None:
        return []
    titles = submitted.questionnaire.prose[language()].scales
    rows = []
    for scale in submitted.conclusion.scales:
        taken = accepted.conclusion.scale(scale.id)
        labels = [
            level_labels(submitted.questionnaire, " ".join(each.if_applies), scale.id)
            for each in (scale, taken)
        ]
        differs = scale.if_applies != taken.if_applies
        rows.append(ScaleRow(titles[scale.id].title, labels[0], labels[1], differs))
    return rows


def in_words(questionnaire: Questionnaire, judge: Judge, name: str) -> str:
    """The answer of a judged set in one text; "" where there is none."""
    answer = judge.answers.get(name)
    if answer is None:
        return ""
    words = answer_in_words(questionnaire, name, answer, language())
    return words if isinstance(words, str) else ", ".join(words)


def _files(looked: screenings.Looked) -> dict[str, list[FileRow]]:
    """The files of the newest submission, by question, as long as it lies with the buyer.

    Nothing can be attached or removed meanwhile; before and after that, files are the vendor's.
    """
    rows: dict[str, list[FileRow]] = {}
    if looked.opened is None or not looked.is_waiting:
        return rows
    here = looked.opened.record.id
    for file in evidence.files_of(state().desk, looked.opened):
        url = url_for("evidence.download", assessment=here, name=file.question, file=file.id)
        size = write_size(file.bytes, language())
        row = FileRow(file.name, size, file.sha256, url)
        rows.setdefault(file.question, []).append(row)
    return rows


def _answers(looked: screenings.Looked) -> list[AnswerRow]:
    submitted, accepted = looked.submitted, looked.accepted
    if submitted is None or accepted is None:
        return []
    questionnaire = submitted.questionnaire
    asks = questionnaire.prose[language()].questions
    claimed = Judge(questionnaire, submitted.answers, submitted.on)
    files, rows = _files(looked), []
    for name in claimed.journey.counted:
        review = looked.reviews.get(name)
        is_own = name in looked.own_values
        rows.append(
            AnswerRow(
                question=name,
                ask=asks[name].ask,
                answer=in_words(questionnaire, claimed, name),
                because=submitted.answers[name].because,
                own=in_words(questionnaire, accepted, name) if is_own else "",
                comment=review.comment if review else "",
                asks=review is not None and review.asks,
                files=files.get(name, ()),
            )
        )
    return rows


@vendor.get("/screenings/<screening>/vendors/<vendor>", Right.SEE)
def page(seat: Seat, screening: str, vendor: str) -> Response:
    """Show a vendor."""
    of = screenings.find_screening(state().desk, seat, screening)
    return show_vendor(of, vendor, 200)


def show_vendor(
    of: screenings.Round, vendor: str, status: int, *faults: FormFault, reason: str = ""
) -> Response:
    """The page of a vendor, with what is wrong with a form of it."""
    looked = screenings.look_at(state().desk, of, vendor)
    may_invite, _ = of.seat.may_edit, web_words()
    return render(
        "screenings/vendor.html",
        status,
        of=of,
        looked=looked,
        vendor=looked.vendor,
        scales=_scales(looked),
        answers=_answers(looked),
        faults=faults,
        reason=reason,
        url=link_of(of, looked.vendor) if may_invite else "",
        until=local_time(looked.vendor.link_until).date(),
        letters=[line_of_letter(one, _) for one in letters.letters_to(state().desk, vendor)],
        local_time=local_time,
    )


@vendor.post("/screenings/<screening>/vendors/<vendor>/renew", Right.EDIT)
def renew(seat: Seat, screening: str, vendor: str) -> Response:
    """Make a new link; the one before opens nothing any more."""
    of = screenings.find_screening(state().desk, seat, screening)
    screenings.renew_link(state().desk, of, state().settings.secret_key, vendor)
    return lead_to_vendor(of, vendor)


def look_as_seen(of: screenings.Round, vendor: str) -> screenings.Looked:
    """The vendor, if it still stands as the form that was sent saw it; raises ``MovedOnError``."""
    looked = screenings.look_at(state().desk, of, vendor)
    if request.form.get("seen") != looked.mark:
        raise screenings.MovedOnError("The form is about another state of the vendor.")
    return looked


def lead_to_vendor(of: screenings.Round, vendor: str) -> Response:
    """Lead to the page of a vendor."""
    return redirect(address_in(of, "vendor.page", vendor=vendor), 303)


@vendor.post("/screenings/<screening>/vendors/<vendor>/withdraw", Right.EDIT)
def withdraw(seat: Seat, screening: str, vendor: str) -> Response:
    """Let the link open nothing any more."""
    of = screenings.find_screening(state().desk, seat, screening)
    screenings.withdraw_link(state().desk, of, vendor)
    return lead_to_vendor(of, vendor)


@vendor.get("/screenings/<screening>/vendors/<vendor>/remove", Right.EDIT)
def confirm_removal(seat: Seat, screening: str, vendor: str) -> Response:
    """Ask once more before a vendor goes with its answers."""
    of = screenings.find_screening(state().desk, seat, screening)
    found = screenings.find_vendor(state().desk, of, vendor)
    return render("screenings/remove.html", of=of, vendor=found)


@vendor.post("/screenings/<screening>/vendors/<vendor>/remove", Right.EDIT)
def remove(seat: Seat, screening: str, vendor: str) -> Response:
    """Remove a vendor with its answers."""
    of = screenings.find_screening(state().desk, seat, screening)
    screenings.remove_vendor(state().desk, of, vendor)
    return redirect(address_in(of, "vendors.table"), 303)


@vendor.get("/screenings/<screening>/vendors/<vendor>/letter", Right.EDIT)
def letter(seat: Seat, screening: str, vendor: str) -> Response:
    """Show the letter of the invitation, or of a reminder, to copy or to open as a mail."""
    of = screenings.find_screening(state().desk, seat, screening)
    found = screenings.find_vendor(state().desk, of, vendor)
    reminds = request.args.get("kind") == "reminder"
    written = write_letter(of, found, reminds=reminds)
    return render("screenings/letter.html", of=of, vendor=found, letter=written, reminds=reminds)


@vendor.get("/screenings/<screening>/vendors/<vendor>/letter.eml", Right.EDIT)
def letter_file(seat: Seat, screening: str, vendor: str) -> Answer:
    """Give the letter as a file that mail programs open."""
    of = screenings.find_screening(state().desk, seat, screening)
    found = screenings.find_vendor(state().desk, of, vendor)
    reminds = request.args.get("kind") == "reminder"
    body = mail_of(write_letter(of, found, reminds=reminds))
    response = Answer(body, content_type="message/rfc822")
    response.headers["Content-Disposition"] = 'attachment; filename="riskq-letter.eml"'
    return response


@vendor.post("/screenings/<screening>/vendors/<vendor>/reminded", Right.EDIT)
def reminded(seat: Seat, screening: str, vendor: str) -> Response:
    """Note that the vendor was reminded."""
    of = screenings.find_screening(state().desk, seat, screening)
    screenings.remind(state().desk, of, [vendor])
    return lead_to_vendor(of, vendor)


@vendor.post("/screenings/<screening>/vendors/<vendor>/decide", Right.REVIEW)
def decide(seat: Seat, screening: str, vendor: str) -> Response:
    """Accept or return what the vendor submitted, with a reason."""
    of, _ = screenings.find_screening(state().desk, seat, screening), web_words()
    decision, reason = request.form.get("decision", ""), request.form.get("reason", "").strip()
    faults = []
    if decision not in ("accepted", "returned"):
        faults.append(FormFault("decision", _("Choose a decision")))
    if not reason:
        faults.append(FormFault("reason", _("Give a reason: it stays beside the decision")))
    elif len(reason) > _MOST_REASON:
        told = _("The reason may have at most %(most)s characters", most=_MOST_REASON)
        faults.append(FormFault("reason", told))
    if faults:
        return show_vendor(of, vendor, 422, *faults, reason=reason)
    screenings.decide(state().desk, of, look_as_seen(of, vendor), decision, reason)
    return lead_to_vendor(of, vendor)


@vendor.post("/screenings/<screening>/vendors/<vendor>/ask", Right.REVIEW)
def ask_again(seat: Seat, screening: str, vendor: str) -> Response:
    """Open the marked questions to the vendor again."""
    of = screenings.find_screening(state().desk, seat, screening)
    screenings.ask_again(state().desk, of, look_as_seen(of, vendor))
    return lead_to_vendor(of, vendor)
