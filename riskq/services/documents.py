"""Documents: a submitted revision as a report, for the page and as a PDF that is ready in time.

A PDF takes a good part of a second, so it is made while the result page is being read, and kept in
memory for the click. Nothing is written to disk, and what is deleted is forgotten here too.
"""

from __future__ import annotations

import atexit
import contextlib
import weakref
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore, Lock

from riskq import metrics
from riskq.brand import NO_BRAND, Brand
from riskq.errors import RiskqError
from riskq.logs import request_id
from riskq.report import (
    AttachedFile,
    DocumentFacts,
    Renderer,
    RenderError,
    Report,
    Sealer,
    compose,
)
from riskq.services.issue import Issue, issue_of_snapshot
from riskq.services.opening import Opened
from riskq.services.report_figures import counted
from riskq.services.revisions import Submitted

__all__ = ["DocumentUnderWayError", "Documents", "report_of", "report_so_far"]

_Key = tuple[str, str, str, str, Brand]
_WORKERS = 2
_MOST_WAITING = 16
_MOST_PATIENT = 1
"""How many calls wait for their PDF at once: a page process has few threads, for all its pages."""


class DocumentUnderWayError(RiskqError):
    """The PDF is being made, and others are waited for already: it is to be asked for again."""


def issue_of(submitted: Submitted, origin: str = "", brand: Brand = NO_BRAND) -> Issue:
    """The document on a revision; ``origin`` is where the service can be asked about it."""
    record = submitted.record
    return issue_of_snapshot(record.snapshot, submitted.number, record.number, origin, brand)


def report_of(submitted: Submitted, language: str, origin: str = "") -> Report:
    """A revision as a report: what the result page and the PDF show."""
    return issue_of(submitted, origin).report(submitted.questionnaire, language)


def report_so_far(opened: Opened, language: str, files: Sequence[AttachedFile] = ()) -> Report:
    """The answers as they stand, and files attached to them, not submitted yet, as a report."""
    facts = DocumentFacts(opened.record.id.upper())
    about = (opened.questionnaire, opened.answers, opened.on, language)
    return compose(*about, document=facts, files=files)


class Documents:
    """Makes PDFs once and keeps the newest in memory, up to ``max_bytes``; for many threads.

    They are handed over in the name of ``brand``, unless another is asked for.
    """

    def __init__(
        self,
        sealer: Sealer,
        renderer: Renderer | None = None,
        *,
        max_bytes: int = 4_000_000,
        brand: Brand = NO_BRAND,
    ) -> None:
        self._renderer = renderer or Renderer()
        self._sealer = sealer
        self._max_bytes = max_bytes
        self._brand = brand
        self._lock = Lock()
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._under_way: dict[_Key, Future[bytes]] = {}
        self._patient = BoundedSemaphore(_MOST_PATIENT)
        self._workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="riskq-report")
        _open.add(self)

    @property
    def renderer(self) -> Renderer:
        """What makes the pages."""
        return self._renderer

    def warm_up(self) -> None:
        """Let the renderer and the seal get ready; returns at once."""
        self._renderer.start()
        self._sealer.start()

    def prepare(
        self, submitted: Submitted, language: str, origin: str = "", brand: Brand | None = None
    ) -> None:
        """Begin to make a PDF that will probably be asked for; returns at once."""
        key = self._key(submitted, language, origin, brand)
        with contextlib.suppress(RuntimeError):
            self._get(key, submitted, patient=False)

    def pdf(
        self, submitted: Submitted, language: str, origin: str = "", brand: Brand | None = None
    ) -> bytes:
        """The PDF of a revision; ``origin`` is where the service can be asked about it.

        ``brand`` is in whose name, None for the service's own. Raises ``RenderError`` and
        ``SealError`` when there is none, and ``DocumentUnderWayError`` when it is not ready and
        others are waited for.
        """
        key = self._key(submitted, language, origin, brand)
        found = self._get(key, submitted, patient=True)
        if found is None:
            metrics.count(metrics.REPORTS, "page", "busy")
            raise RenderError("busy", "Too many reports are being made. Try again in a minute.")
        return found if isinstance(found, bytes) else self._wait_for(found)

    def _wait_for(self, made: Future[bytes]) -> bytes:
        if made.done():
            return made.result()
        if not self._patient.acquire(blocking=False):
            raise DocumentUnderWayError("The report is being made. Ask for it again.")
        try:
            return made.result()
        finally:
            self._patient.release()

    def _key(self, submitted: Submitted, language: str, origin: str, brand: Brand | None) -> _Key:
        record = submitted.record
        return (record.assessment, record.sha256, language, origin, brand or self._brand)

    def _get(
        self, key: _Key, submitted: Submitted, *, patient: bool
    ) -> bytes | Future[bytes] | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            if key not in self._under_way:
                if len(self._under_way) >= _MOST_WAITING * (2 if patient else 1):
                    return None
                self._under_way[key] = self._workers.submit(
                    self._make, key, submitted, request_id.get()
                )
            return self._under_way[key]

    def _make(self, key: _Key, submitted: Submitted, request: str) -> bytes:
        request_id.set(request)
        try:
            pdf = counted("page", lambda: self._sealed(key, submitted))
        except BaseException:
            with self._lock:
                self._under_way.pop(key, None)
            raise
        with self._lock:
            # Whoever deleted the assessment meanwhile has taken the mark away.
            if self._under_way.pop(key, None) is not None:
                self._keep(key, pdf)
        return pdf

    def _sealed(self, key: _Key, submitted: Submitted) -> bytes:
        *_, language, origin, brand = key
        job = issue_of(submitted, origin, brand).job(submitted.questionnaire, language)
        return self._sealer.seal(self._renderer.render(job), job.seal_about)

    def _keep(self, key: _Key, pdf: bytes) -> None:
        self._kept[key] = pdf
        while sum(map(len, self._kept.values())) > self._max_bytes:
            self._kept.popitem(last=False)

    def forget(self, assessment: str) -> None:
        """Drop all PDFs of an assessment."""
        with self._lock:
            for held in (self._kept, self._under_way):
                for key in [key for key in held if key[0] == assessment]:
                    del held[key]

    def close(self) -> None:
        """Stop the renderer, the seal and the threads."""
        self._renderer.close()
        self._sealer.close()
        self._workers.shutdown(wait=False, cancel_futures=True)


_open: weakref.WeakSet[Documents] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for documents in list(_open):
        documents.close()
