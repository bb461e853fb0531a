"""The desk of the service, for commands that look after what it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from riskq.settings import Settings

if TYPE_CHECKING:
    from riskq.services import Desk

__all__ = ["open_desk"]


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """Open the store of these settings, beside a service that may be running; closed at the end."""
    from riskq.questionnaire import Catalogue
    from riskq.services import Desk, key_ring
    from riskq.store import open_files, open_store

    store = open_store(settings.database)
    try:
        files = open_files(settings.evidence)
        keys = key_ring(settings.master_keys)
        yield Desk(store, Catalogue(), keep_days=settings.keep_days, files=files, keys=keys)
    finally:
        store.close()
