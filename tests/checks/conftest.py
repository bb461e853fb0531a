"""A small sound questionnaire in a folder of its own."""

from pathlib import Path

import pytest

from tests.builders import Folder, make_folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Gives a sound edition, for a test to break."""
    return make_folder(tmp_path)
