"""Makes the reports of bundles, one after the other, as a worker of its own does."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from msgspec import Struct

from riskq.brand import NO_BRAND, Brand
from riskq.clock import now
from riskq.engine import read_answers
from riskq.errors import AnswersError, QuestionnaireError, UnknownQuestionnaireError
from riskq.questionnaire import Catalogue
from riskq.report import Renderer, RenderError, Sealer, SealError
from riskq.services.issue import issue_of_answers
from riskq.store import Bundle, BundleStore, Work

log = logging.getLogger("riskq.services.bundle_maker")

__all__ = ["LEASE", "BundleMaker"]

LEASE = timedelta(minutes=2)
"""How long a report may take before somebody else may make it; it takes seconds."""


class BundleMaker(Struct, frozen=True):
    """Makes reports for as long as some wait; any number may work on one bundle."""

    store: BundleStore
    catalogue: Catalogue
    renderer: Renderer
    sealer: Sealer
    clock: Callable[[], datetime] = now
    brand: Brand = NO_BRAND

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
            pdf = self._make(record, work)
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
        questionnaire = self.catalogue.load(record.questionnaire, record.edition)
        if questionnaire.digest != record.digest:
            raise UnknownQuestionnaireError("The files of the edition were changed.")
        # What was accepted once stays accepted.
        answers = read_answers(questionnaire, json.loads(work.answers), date.max)
        language = record.language
        issue = issue_of_answers(questionnaire, answers, record.on, language, self.brand)
        job = issue.job(questionnaire, language)
        return self.sealer.seal(self.renderer.render(job), job.seal_about)
