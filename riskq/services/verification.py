"""Verifies a document that somebody received: its seal, its data, and what they come to today.

The seal is looked at in a process with limits. The answers inside are judged again by the edition
that is named there, and by the one in force; and the pages are made again where that can prove that
they say what the data say.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from riskq.engine import Answer, AnswerFault, Answers, read_answer
from riskq.errors import AnswersError, QuestionnaireError, UnknownQuestionnaireError
from riskq.i18n import LANGUAGES
from riskq.questionnaire import Catalogue, Questionnaire
from riskq.report import (
    Agreement,
    Inspection,
    Inspector,
    Renderer,
    RenderError,
    Subject,
    Verified,
)
from riskq.services.desk import Desk
from riskq.services.encryption import decrypt_by_code
from riskq.services.issue import Issue, issue_of_snapshot, plain_code
from riskq.services.json_form import conclusion_form
from riskq.services.received import read_issue

__all__ = ["Verifier", "find_issued", "taken_answers"]

_NUMBER = re.compile(r"([a-z0-9]{12})-([0-9]{1,6})", re.ASCII)
_COMPARED = ("scales", "duties", "notices", "requirements", "journey", "decides")


class Verifier(Struct, frozen=True):
    """Verifies files; ``renderer`` makes pages again, and without one that is not tried."""

    catalogue: Catalogue
    inspector: Inspector
    renderer: Renderer | None = None

    def verify(self, pdf: bytes, today: date, language: str) -> Verified:
        """What is found out about a file; ``language`` is that of the words to come."""
        seen = self.inspector.inspect(pdf)
        if seen.refusal or seen.data is None:
            return Verified(seen, Agreement.NO_DATA)
        try:
            issue = read_issue(seen.data)
        except ValueError:
            return Verified(seen, Agreement.UNUSABLE)
        verified = self.judge(seen, issue, today, language)
        if verified.agreement is not Agreement.SAME or verified.is_bad or verified.then is None:
            return verified
        questionnaire = verified.then.questionnaire
        return replace(verified, is_printed_so=self._prints(issue, questionnaire, seen, pdf))

    def judge(self, seen: Inspection, issue: Issue, today: date, language: str) -> Verified:
        """A document's answers judged again, whatever was seen of its file."""
        told = Verified(
            seen,
            Agreement.UNKNOWN_EDITION,
            number=issue.number,
            edition=issue.edition,
            submitted_at=issue.submitted_at,
            brand=issue.brand.name,
        )
        name = str(issue.form["questionnaire"])
        try:
            questionnaire = self.catalogue.load(name, issue.edition)
            newest = self.catalogue.in_force(name, today)
            present = self.catalogue.load(name, newest)
        except (UnknownQuestionnaireError, QuestionnaireError):
            return told
        if questionnaire.digest != issue.form["digest"]:
            return replace(told, agreement=Agreement.OTHER_EDITION)
        try:
            answers = issue.answers(questionnaire)
        except AnswersError:
            return replace(told, agreement=Agreement.UNUSABLE)
        then = Subject(questionnaire, answers, issue.on, language)
        now = None
        if newest > issue.edition:
            now = Subject(present, taken_answers(present, issue.raw_answers), today, language)
        given = cast("Mapping[str, object]", issue.form["conclusion"])
        is_same = _is_said(given, questionnaire, then)
        agreement = Agreement.SAME if is_same else Agreement.DIFFERS
        return replace(told, agreement=agreement, then=then, now=now, files=issue.files)

    def _prints(
        self, issue: Issue, questionnaire: Questionnaire, seen: Inspection, pdf: bytes
    ) -> bool:
        """Whether riskq makes exactly these pages of the data, up to the seal."""
        if self.renderer is None or seen.language not in LANGUAGES:
            return False
        try:
            pages = self.renderer.render(issue.job(questionnaire, seen.language))
        except RenderError:
            return False
        return pdf == pages or (seen.only_sealed and pdf.startswith(pages))


def _is_said(given: Mapping[str, object], questionnaire: Questionnaire, then: Subject) -> bool:
    """Whether a conclusion says nothing but what judging gives, and all that matters of it."""
    form = json.loads(json.dumps(conclusion_form(questionnaire, then.conclusion), default=str))
    scales = given.get("scales")
    if not all(key in given for key in _COMPARED) or not isinstance(scales, Mapping):
        return False
    return set(scales) == set(form["scales"]) and _agrees(
        {key: given[key] for key in _COMPARED}, form
    )


def _agrees(given: object, found: object) -> bool:
    """Whether everything given is found; later versions may find more than earlier ones told."""
    if isinstance(given, Mapping):
        return isinstance(found, Mapping) and all(
            key in found and _agrees(value, found[key]) for key, value in given.items()
        )
    if isinstance(given, list):
        return (
            isinstance(found, list) and len(given) == len(found) and all(map(_agrees, given, found))
        )
    return type(given) is type(found) and given == found


def taken_answers(questionnaire: Questionnaire, raw: Mapping[str, object]) -> Answers:
    """Those of the answers that an edition takes; they may have been given under another."""
    found: dict[str, Answer] = {}
    for name, value in raw.items():
        question = questionnaire.by_id.get(name)
        if question is not None:
            try:
                found[name] = read_answer(question, value, date.max)
            except AnswerFault:
                continue
    return found


def find_issued(desk: Desk, number: str, code: str) -> Issue | None:
    """The document of this number and code; ``None`` alike where either is wrong.

    Both are taken as people type them, in capitals or not, with blanks or without.
    """
    match = _NUMBER.fullmatch(number.strip().lower())
    record = desk.store.find(match[1]) if match else None
    if match is None or record is None or record.expires_at <= desk.clock():
        return None
    stored = desk.store.revision(record.id, int(match[2]))
    typed = plain_code(code)
    revision = None if stored is None else decrypt_by_code(typed, stored)
    if revision is None:
        return None
    printed = f"{revision.assessment.upper()}-{revision.number}"
    issue = issue_of_snapshot(revision.snapshot, printed, revision.number, "")
    is_right = hmac.compare_digest(typed.encode(), plain_code(issue.code).encode())
    return issue if is_right else None
