"""Bundles: many reports made in the background and handed over as one ZIP.

A bundle belongs to whoever holds its private link, as an assessment does. Its answers are
forgotten as each report is made, and everything is removed some days later.
"""

from __future__ import annotations

import hmac
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import PurePosixPath

from msgspec import Struct

from riskq.brand import NO_BRAND, Brand, brand_form
from riskq.clock import local_time, now
from riskq.questionnaire import Catalogue
from riskq.services import encryption
from riskq.services.assessments import Started, new_names
from riskq.services.bundle_faults import BundleFilesError, NoBundleError
from riskq.services.bundle_files import GivenFile, new_items, unpacked
from riskq.services.encryption import NO_KEYS, KeyRing
from riskq.services.packing import Packed, pack
from riskq.services.unguessable import hash_of
from riskq.settings import MOST_REPORTS
from riskq.store import Bundle, BundleItem, BundleStore, NewItem

__all__ = ["MOST_WAITING", "BundleDesk", "OpenedBundle"]

_KEEP = timedelta(days=7)
MOST_WAITING = 20
"""How many bundles may wait; whoever brings another is asked to come back."""

_LONGEST_STEM = 160


class OpenedBundle(Struct, frozen=True, dict=True):
    """A bundle as it stands."""

    record: Bundle
    items: tuple[BundleItem, ...]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many items stand where, by state; a state that none has counts 0."""
        return Counter(item.state for item in self.items)

    @property
    def settled(self) -> int:
        """How many items nothing is to be done for any more."""
        return len(self.items) - self.counts["waiting"] - self.counts["working"]

    @property
    def can_retry(self) -> bool:
        """Whether something was stopped, or failed for a reason that may be gone."""
        return any(item.can_retry for item in self.items)

    @property
    def is_under_way(self) -> bool:
        """Whether something is still to be made."""
        return self.settled < len(self.items)


class BundleDesk(Struct, frozen=True):
    """What bundles are worked with.

    ``enqueue`` tells a worker that a bundle has work; ``most`` reports may be in one. ``keys`` are
    the master keys, under which answers and reports wait.
    """

    store: BundleStore
    catalogue: Catalogue
    enqueue: Callable[[str, int], None]
    clock: Callable[[], datetime] = now
    most: int = MOST_REPORTS
    keys: KeyRing = NO_KEYS

    def start(self, questionnaire: str, language: str, files: Iterable[GivenFile]) -> Started:
        """Begin to make a report of each file, by the edition in force today.

        Raises ``BundleFilesError``, ``UnknownQuestionnaireError`` and ``StoreUnavailable``.
        """
        at = self.clock()
        on = local_time(at).date()
        loaded = self.catalogue.load(questionnaire, self.catalogue.in_force(questionnaire, on))
        items = tuple(new_items(loaded, unpacked(files, self.most), on))
        started = new_names()
        bundle = Bundle(
            *(started.id, hash_of(started.secret), loaded.id, loaded.edition, loaded.digest),
            *(language, on, at, at + _KEEP),
        )
        self._begin(bundle, items)
        return started

    def start_revisions(
        self, items: Sequence[NewItem], language: str, origin: str, brand: Brand
    ) -> Started:
        """Begin to make reports of submitted states, each by its own edition.

        ``brand`` is in whose name, ``NO_BRAND`` for the service's own. Raises ``BundleFilesError``
        and ``StoreUnavailable``.
        """
        at, started = self.clock(), new_names()
        on = local_time(at).date()
        name = "" if brand == NO_BRAND else json.dumps(brand_form(brand), ensure_ascii=False)
        bundle = Bundle(
            *(started.id, hash_of(started.secret), "", on, "", language, on, at, at + _KEEP),
            *(0, "revisions", origin, name),
        )
        self._begin(bundle, items)
        return started

    def _begin(self, bundle: Bundle, items: Sequence[NewItem]) -> None:
        # Somebody who brings new ones is the occasion to remove old ones.
        self.store.purge(bundle.created_at)
        kept = encryption.encrypt_items(self.keys, bundle.id, tuple(items))
        if not self.store.create(bundle, kept, MOST_WAITING):
            raise BundleFilesError("busy")
        self.enqueue(bundle.id, bundle.turn)

    def open(self, bundle: str, secret: str) -> OpenedBundle:
        """Open a bundle by its private link; raises ``NoBundleError``."""
        record = self.store.find(bundle)
        if record is None or record.expires_at <= self.clock():
            raise NoBundleError("There is no such bundle.")
        if not hmac.compare_digest(record.key_hash, hash_of(secret)):
            raise NoBundleError("There is no such bundle.")
        return OpenedBundle(record, self.store.items(bundle))

    def cancel(self, opened: OpenedBundle) -> None:
        """Let nothing more be made; what is done stays."""
        self.store.cancel(opened.record.id)

    def retry(self, opened: OpenedBundle) -> None:
        """Try again what failed or was cancelled, unless too much is waiting."""
        if self.store.retry(opened.record.id, MOST_WAITING):
            self.enqueue(opened.record.id, opened.record.turn + 1)

    def delete(self, opened: OpenedBundle) -> None:
        """Remove everything."""
        self.store.delete(opened.record.id)

    def zip(self, opened: OpenedBundle) -> Iterator[bytes]:
        """The reports that are done as a ZIP, piece by piece."""
        return pack(self._reports(opened))

    def _reports(self, opened: OpenedBundle) -> Iterator[Packed]:
        record = opened.record
        digits = len(str(len(opened.items)))
        for item in opened.items:
            if item.state != "done":
                continue
            stored = self.store.report(record.id, item.number)
            if stored is None:
                # Breaks the answer off: a ZIP that is short must not look whole.
                raise NoBundleError("The bundle was deleted while it was packed.")
            pdf = encryption.decrypt_report(self.keys, record.id, item.number, stored)
            name = f"{item.number:0{digits}}-{_stem(item.name)}-{record.language}.pdf"
            yield Packed(name, pdf, local_time(record.created_at))


def _stem(name: str) -> str:
    """What a file is called without its ending, so that every system can write it."""
    stem = re.sub(r'[<>:"|?*]', "_", PurePosixPath(name).stem)
    return stem.encode()[:_LONGEST_STEM].decode(errors="ignore").rstrip(". ")
