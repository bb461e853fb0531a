"""What the process that judges a foreign table says when it fails itself."""

from __future__ import annotations

import logging

import pytest

from riskq.services import TableRefused, write_template_apart
from tests.builders import Folder


def test_where_the_process_failed_is_logged(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(TableRefused):
        write_template_apart(folder.load(), "no-such-language", {})
    assert "table_process.py" in caplog.text
    assert "in _template" in caplog.text
