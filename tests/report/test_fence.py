"""The kernel keeps a fenced process to its limits; each test fences a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

SETUP = "import os, socket, sys\nfrom riskq.report import fence\n"
ENCLOSE = SETUP + "fence.enclose_child(os.getppid())\n"


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Runs the code in a process of its own."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_a_process_without_an_end_is_ended() -> None:
    shortened = SETUP + "fence.enclose_child(os.getppid(), 0.2)\n"
    assert run(shortened + "while True: pass").returncode == -14


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("bytearray(600_000_000)", "MemoryError"),
        ("[open('/dev/null') for _ in range(99)]", "Too many open files"),
        ("os.write(os.open('written', os.O_CREAT | os.O_WRONLY), b'x')", "File too large"),
    ],
)
def test_what_a_document_never_needs_is_refused(code: str, error: str, tmp_path: Path) -> None:
    done = run(f"{ENCLOSE}os.chdir({str(tmp_path)!r})\n{code}")
    assert done.returncode
    assert error in done.stderr


def test_the_limits_leave_room_for_a_document() -> None:
    assert run(ENCLOSE + "bytearray(200_000_000)").returncode == 0


def test_other_work_may_have_other_limits(tmp_path: Path) -> None:
    given = "fence.Limits(memory=300_000_000, written=3)"
    limited = f"{SETUP}fence.enclose_child(os.getppid(), 9, {given})\nos.chdir({str(tmp_path)!r})\n"
    write = "file = os.open('written', os.O_CREAT | os.O_WRONLY)\n"
    assert run(f"{limited}{write}sys.exit(os.write(file, b'abcd'))").returncode == 3
    assert "MemoryError" in run(f"{limited}bytearray(300_000_000)").stderr
    # What was refused once is not given back.
    regained = f"{limited}fence.keep_within(fence.Limits())\nbytearray(300_000_000)"
    assert "MemoryError" in run(regained).stderr


def test_a_child_whose_parent_is_gone_does_nothing() -> None:
    assert run(SETUP + "fence.enclose_child(1 << 22)\nprint('working')").stdout == ""


@pytest.mark.skipif(
    run(SETUP + "sys.exit(not fence.leave_network())").returncode != 0,
    reason="the kernel gives no empty network here",
)
def test_the_empty_network_has_not_even_a_loopback() -> None:
    code = "fence.leave_network()\nsocket.create_connection(('127.0.0.1', 9))"
    assert "Network is unreachable" in run(SETUP + code).stderr
