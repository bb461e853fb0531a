"""Issuing a report: from the data that it carries to the document, in one way for everybody.

The pages of a report are made of its data alone. Whoever has the data can therefore make the pages
again, to the same bytes, and see whether a document says what its data say.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property
from typing import cast

from msgspec import Struct

from riskq.brand import NO_BRAND, Brand, brand_form
from riskq.clock import KAZAKHSTAN, local_time
from riskq.engine import Answers, Judge, read_answers
from riskq.questionnaire import Questionnaire
from riskq.report import AttachedFile, DocumentFacts, RenderJob, Report, compose, report_job
from riskq.services.json_form import FORMAT, Form, assessment_form

__all__ = ["Issue", "issue_of_answers", "issue_of_snapshot", "plain_code"]

_JUDGED = (
    *("format", "questionnaire", "edition", "digest", "language", "on", "created_at"),
    *("submitted_at", "answers", "conclusion", "evidence"),
    "salt",
)
"""What is told of an assessment; what else a report carries is about the document.
Evidence is there only if files were attached, and the salt in what was submitted: nobody
can guess what a code says of the answers."""

_CODE_LETTERS = 16
_NUMBER_LETTERS = 12


class Issue(Struct, frozen=True, dict=True):
    """A document to be handed over, or that was: an assessment, and the facts of the document.

    ``form`` is an assessment's JSON form. ``origin`` is the address of the service that can be
    asked about the document, "" if there is none. ``brand`` is who hands it over.
    """

    form: Form
    number: str
    revision: int | None
    origin: str
    made_by: str
    brand: Brand = NO_BRAND

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what was answered and concluded, and when."""
        told = {key: self.form[key] for key in _JUDGED if key in self.form}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def code(self) -> str:
        """What tells that the number was read off this very document."""
        digest = hashlib.sha256(f"{self.number}:{self.digest}".encode()).digest()
        letters = b32encode(digest).decode()[:_CODE_LETTERS]
        return "-".join(letters[place : place + 4] for place in range(0, _CODE_LETTERS, 4))

    @property
    def on(self) -> date:
        """The day as of which the answers were judged."""
        return date.fromisoformat(str(self.form["on"]))

    @property
    def edition(self) -> date:
        """The edition that judged."""
        return date.fromisoformat(str(self.form["edition"]))

    @property
    def submitted_at(self) -> datetime | None:
        """When it was submitted, by the clocks of Kazakhstan."""
        text = self.form["submitted_at"]
        return None if text is None else local_time(datetime.fromisoformat(str(text)))

    @property
    def raw_answers(self) -> Mapping[str, object]:
        """The answers as they are written."""
        return cast("Mapping[str, object]", self.form["answers"])

    def answers(self, questionnaire: Questionnaire) -> Answers:
        """The answers, read; raises ``AnswersError``."""
        # What was accepted once stays accepted: a date may not turn "future" by a clock set back.
        return read_answers(questionnaire, self.raw_answers, date.max)

    @property
    def files(self) -> tuple[AttachedFile, ...]:
        """The files attached to the answers when it was submitted."""
        told = cast("Sequence[Mapping[str, object]]", self.form.get("evidence") or ())
        return tuple(
            AttachedFile(
                *(str(one["question"]), str(one["name"]), str(one["type"])),
                *(cast("int", one["bytes"]), str(one["sha256"])),
            )
            for one in told
        )

    def data(self) -> str:
        """The text of the file that the document carries."""
        document = {"number": self.number, "revision": self.revision, "origin": self.origin}
        told = {key: self.form[key] for key in _JUDGED if key in self.form and key != "format"}
        brand = {} if self.brand == NO_BRAND else {"brand": brand_form(self.brand)}
        form = {"format": FORMAT, **document, "made_by": self.made_by, **brand, **told}
        return json.dumps(form, ensure_ascii=False, indent=1)

    def report(self, questionnaire: Questionnaire, language: str) -> Report:
        """The report in words; raises ``AnswersError``."""
        facts = DocumentFacts(
            self.number, self.submitted_at, self.revision, self.code, self.origin, self.brand
        )
        answers = self.answers(questionnaire)
        return compose(questionnaire, answers, self.on, language, document=facts, files=self.files)

    def job(self, questionnaire: Questionnaire, language: str) -> RenderJob:
        """What a renderer is asked for; the same issue always gives the same."""
        created = self.submitted_at or datetime.combine(self.on, time(), KAZAKHSTAN)
        report = self.report(questionnaire, language)
        return report_job(report, content=self.digest, created=created, data=self.data())


def plain_code(code: str) -> str:
    """The code of a document as people type it, in capitals or not, with blanks or without."""
    return "".join(code.upper().split()).replace("-", "")


def _made_by() -> str:
    # No page worker is to look through all that is installed before its first report.
    from importlib.metadata import version

    return f"riskq {version('riskq')}"


def issue_of_snapshot(
    snapshot: str, number: str, revision: int, origin: str, brand: Brand = NO_BRAND
) -> Issue:
    """The document on a submitted revision."""
    return Issue(json.loads(snapshot), number, revision, origin, _made_by(), brand)


def issue_of_answers(
    questionnaire: Questionnaire,
    answers: Answers,
    on: date,
    language: str,
    brand: Brand = NO_BRAND,
) -> Issue:
    """The document on answers that are nobody's stored assessment; its number is of the answers."""
    judge = Judge(questionnaire, answers, on)
    form = assessment_form(judge, created_at=None, submitted_at=None, language=language)
    # The number is the same in every language.
    told = {key: form[key] for key in ("digest", "on", "answers")}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    number = hashlib.sha256(text.encode()).hexdigest()[:_NUMBER_LETTERS].upper()
    return Issue(form, number, None, "", _made_by(), brand)
