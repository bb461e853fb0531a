"""What the service has ready soon after its first start, before anybody asks for it."""

from __future__ import annotations

import multiprocessing
import os
import platform
import subprocess
import sys
from pathlib import Path

import granian._granian
import pytest

from riskq.cli.service import SERVER_MEMORY
from tests.service.served import running


def test_the_key_of_the_seal_is_made_at_the_first_start(tmp_path: Path) -> None:
    folder = tmp_path / "seal"
    with running(tmp_path / "riskq.db", RISKQ_SEAL_FOLDER=str(folder)) as served:
        served.until(lambda: served.answers("/en/verify/certificate.pem"))
    assert (folder / "key.pem").stat().st_mode & 0o777 == 0o600


def test_what_is_wrong_with_the_key_is_told_at_the_start(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seal" / "in-the-way").mkdir(parents=True)
    with running(tmp_path / "riskq.db", RISKQ_SEAL_FOLDER=str(tmp_path / "seal")) as served:
        served.until(lambda: "empty or move it" in capfd.readouterr().err)


def test_a_page_worker_that_was_killed_is_started_again(tmp_path: Path) -> None:
    with running(tmp_path / "riskq.db") as served:
        served.kill_page_worker()
        served.until(lambda: served.answers("/healthz"), seconds=20)
        assert served.process.poll() is None


@pytest.mark.slow
def test_page_workers_that_are_killed_again_and_again_come_back(tmp_path: Path) -> None:
    with running(tmp_path / "riskq.db", "--workers", "2") as served:
        for _ in range(4):
            served.kill_page_worker()
            served.until(lambda: served.count_page_workers() == 2, seconds=20)
            assert served.answers("/healthz")


@pytest.mark.slow
def test_a_small_machine_is_no_reason_to_warn(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    workers = str(multiprocessing.cpu_count() + 1)
    with running(tmp_path / "riskq.db", "--workers", workers, "--threads", "64") as served:
        assert served.answers("/healthz")
    told = capfd.readouterr()
    assert "WARNING" not in told.out + told.err


@pytest.mark.skipif(platform.machine() != "x86_64", reason="Elsewhere it may be another.")
def test_the_servers_allocator_is_the_one_that_is_told_what_to_keep() -> None:
    compiled = Path(granian._granian.__file__).read_bytes()
    assert SERVER_MEMORY.encode() in compiled


def test_a_service_that_is_half_set_up_does_not_start(tmp_path: Path) -> None:
    """It tells all that is missing, and makes nothing."""
    told = {"RISKQ_PRODUCTION": "1", "RISKQ_DATABASE": str(tmp_path / "riskq.db")}
    own = {name: value for name, value in os.environ.items() if not name.startswith("RISKQ_")}
    command = [str(Path(sys.executable).with_name("riskq")), "serve", "--port", "1"]
    done = subprocess.run(
        command, env={**own, **told}, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode != 0
    assert "RISKQ_ORIGIN" in done.stderr
    assert "RISKQ_SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
