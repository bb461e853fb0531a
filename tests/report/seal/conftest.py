"""Sealed and unsealed documents, and what is seen of them without starting a process for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace

from riskq.report import Inspection, Renderer, Sealer
from riskq.report.seal.files import trusted_certificates
from riskq.report.seal.inspection import inspect, read_certificates
from riskq.settings import SealSettings
from tests.report.documents import sample_job

Look = Callable[[bytes], Inspection]


@pytest.fixture(scope="session")
def plain() -> bytes:
    """A document with data inside, before it is sealed."""
    job = replace(sample_job("kk"), data='{"format": "test"}', data_about="Деректер")
    with Renderer() as renderer:
        return renderer.render(job)


@pytest.fixture(scope="session")
def sealed(plain: bytes, sealer: Sealer) -> bytes:
    """The document with the seal of the tests."""
    return sealer.seal(plain, "Электрондық мөр")


@pytest.fixture(scope="session")
def look(sealed: bytes, seal_folder: Path) -> Iterator[Look]:
    """Looks into a file in this process, with the certificates of the tests."""
    assert sealed
    certificates = trusted_certificates(SealSettings(seal_folder))
    trusted = read_certificates(json.dumps(certificates).encode())
    # The library starts an event loop, and browser tests may have one in the thread of the tests.
    with ThreadPoolExecutor(1) as thread:
        yield lambda pdf: thread.submit(inspect, pdf, trusted).result()


@pytest.fixture
def seal_settings(seal_folder: Path) -> SealSettings:
    """The settings of the seal of the tests."""
    return SealSettings(seal_folder)
