"""Makes the reports of bundles, one after the other, as a worker of its own does."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from msgspec import Struct

from riskq.brand import NO_BRAND, Brand, read_brand
from riskq.clock import now
from riskq.engine import read_answers
from riskq.errors import AnswersError, QuestionnaireError, UnknownQuestionnaireError
from riskq.questionnaire import Catalogue, Questionnaire
from riskq.report import PATIENT_SECONDS, Renderer, RenderError, Sealer, SealError
from riskq.services import encryption
from riskq.services.encryption import NO_KEYS, KeyRing
from riskq.services.issue import Issue, issue_of_answers, issue_of_snapshot
from riskq.services.report_figures import counted
from riskq.store import Bundle, BundleStore, Work

log = logging.getLogger("riskq.services.bundle_maker")

__all__ = ["LEASE", "BundleMaker"]

LEASE = timedelta(seconds=PATIENT_SECONDS + 30)
"""How long a report may take before somebody else may make it: as long as it is waited for, and
the time of its seal. It takes seconds where nothing else runs."""


class BundleMaker(Struct, frozen=True):
    """Makes reports for as long as some wait; any number may work on one bundle."""

    store: BundleStore
    catalogue: Catalogue
    renderer: Renderer
    sealer: Sealer
    clock: Callable[[], datetime] = now
    brand: Brand = NO_BRAND
    keys: KeyRing = NO_KEYS

    def make_next(self, bundle: str, turn: int) -> bool:
        """Make one report of a bundle; False if none is to be made in this turn.

        Raises ``StoreUnavailable``.

        What is done is never made again. A maker that is killed leaves its report to the next,
        once its time is over.
        """
        record = self.store.find(bundle)
        at = self.clock()
        if record is None or record.turn != turn:
            return False
        work = self.store.take(bundle, at, at + LEASE)
        if work is None:
            return False
        try:
            opened = encryption.decrypt_work(self.keys, work)
            made = counted("bundle", lambda: self._make(record, opened))
            pdf = encryption.encrypt_report(self.keys, work, made)
        except (AnswersError, UnknownQuestionnaireError, QuestionnaireError):
            self.store.fail(work, "edition-changed")
        except RenderError as error:
            log.error("A report could not be made (%s): %s", error.reason, error.text)  # noqa: TRY400 - The reason says it all.
            self.store.fail(work, error.reason)
        except SealError as error:
            log.error("A report could not be sealed: %s", error)  # noqa: TRY400 - The reason says it all.
            self.store.fail(work, "no-seal")
        except Exception:
            # Nothing is tried for ever.
            log.exception("A report could not be made")
            self.store.fail(work, "crashed")
        else:
            self.store.finish(work, pdf)
        return True

    def _make(self, record: Bundle, work: Work) -> bytes:
        issued = self._of_revision if record.kind == "revisions" else self._of_answers
        issue, questionnaire = issued(record, work)
        job = issue.job(questionnaire, record.language)
        return self.sealer.seal(self.renderer.render(job), job.seal_about)

    def _of_answers(self, record: Bundle, work: Work) -> tuple[Issue, Questionnaire]:
        """The document on answers that came in a file."""
        questionnaire = self._load(record.questionnaire, record.edition, record.digest)
        # What was accepted once stays accepted.
        answers = read_answers(questionnaire, json.loads(work.answers), date.max)
        language = record.language
        issue = issue_of_answers(questionnaire, answers, record.on, language, self.brand)
        return issue, questionnaire

    def _of_revision(self, record: Bundle, work: Work) -> tuple[Issue, Questionnaire]:
        """The document on a submitted state: the one that its own page gives."""
        told = json.loads(work.answers)
        brand = read_brand(json.loads(record.brand)) if record.brand else self.brand
        named = (told["snapshot"], told["number"], told["revision"])
        issue = issue_of_snapshot(*named, record.origin, brand)
        form = issue.form
        return issue, self._load(str(form["questionnaire"]), issue.edition, str(form["digest"]))

    def _load(self, name: str, edition: date, digest: str) -> Questionnaire:
        questionnaire = self.catalogue.load(name, edition)
        if questionnaire.digest != digest:
            raise UnknownQuestionnaireError("The files of the edition were changed.")
        return questionnaire
