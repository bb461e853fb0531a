"""The small questionnaire of the builders, to make tables for."""

from __future__ import annotations

import pytest

from riskq.questionnaire import Questionnaire
from tests.builders import Folder


@pytest.fixture
def small(folder: Folder) -> Questionnaire:
    """Five questions, two scales."""
    return folder.load()
