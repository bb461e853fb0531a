"""The one table of settings: each that the program knows stands in it, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskq.setting_names import SETTING_NAMES
from tests.deploy.known_settings import ROOT, asked_for, named_in

PAGE = ROOT / "docs" / "deploy.md"
FILES = [
    "compose.yaml",
    "Dockerfile",
    "README.md",
    *(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md")),
    "deploy/Caddyfile",
    "deploy/riskq.env.example",
    *(str(path.relative_to(ROOT)) for path in (ROOT / "deploy" / "systemd").iterdir()),
]


def test_the_table_holds_every_setting_once_and_no_other(tmp_path: Path) -> None:
    cells = [
        line.split("|")[1]
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith("| `RISKQ_")
    ]
    names = [name for cell in cells for name in sorted(named_in(cell))]
    assert len(names) == len(set(names))
    assert set(names) == asked_for(tmp_path / "riskq.db") == SETTING_NAMES


@pytest.mark.parametrize("file", FILES)
def test_files_of_a_deployment_name_settings_that_there_are(tmp_path: Path, file: str) -> None:
    named = named_in((ROOT / file).read_text("utf-8"))
    assert named - asked_for(tmp_path / "riskq.db") == set()
