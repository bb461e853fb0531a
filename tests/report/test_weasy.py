"""What the typesetter does to the machine that it is started on."""

from __future__ import annotations

import os
import subprocess
import sys

IMPORT = """
import sys

def refuse(event, arguments):
    if event in {"subprocess.Popen", "os.posix_spawn", "os.fork"}:
        raise AssertionError(arguments)

sys.addaudithook(refuse)
import riskq.report.typeset
"""


def test_its_import_starts_no_program_and_reads_no_fonts_of_the_machine() -> None:
    told = {**os.environ, "FC_DEBUG": "1024"}  # Fontconfig names the files that it reads.
    done = subprocess.run(
        [sys.executable, "-c", IMPORT], env=told, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "riskq-fonts-" in done.stdout
    assert "/etc/fonts" not in done.stdout
