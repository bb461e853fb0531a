"""The units for systemd: fenced in alike, and found sound by systemd itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.deploy.known_settings import ROOT

FOLDER = ROOT / "deploy" / "systemd"
UNITS = (".service", ".socket", ".timer")
SERVICES = sorted(path.name for path in FOLDER.glob("*.service"))
MOST_EXPOSED = 20
"""Tenths of what "systemd-analyze security" calls exposure: 100 is no fence at all."""


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The settings of a unit, as they stand."""
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return tuple(line for line in lines if re.match(r"[A-Z]\w+=", line))


def fence_of(name: str) -> list[str]:
    """What keeps a service from doing what it need not do."""
    lines = lines_of(name)
    begin = next(n for n, line in enumerate(lines) if line.startswith("UMask="))
    return [line for line in lines[begin:] if not line.startswith(("WantedBy=", "Also="))]


def test_there_are_pages_a_worker_and_backups() -> None:
    assert SERVICES == ["riskq-backup.service", "riskq-worker.service", "riskq.service"]
    assert (FOLDER / "riskq-backup.timer").exists()


def test_the_pages_listen_on_a_socket_that_outlives_them() -> None:
    assert "ListenStream=127.0.0.1:8000" in lines_of("riskq.socket")
    assert "Requires=riskq.socket" in lines_of("riskq.service")
    caddy = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    assert "{$UPSTREAM:127.0.0.1:8000}" in caddy


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_fenced_in_alike(name: str) -> None:
    fence = fence_of(name)
    assert fence == fence_of("riskq.service")
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes"} <= set(fence)
    assert "CapabilityBoundingSet=" in fence
    assert "User=riskq" in lines_of(name)


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_are_given_as_files_and_settings_stand_in_one_place(name: str) -> None:
    lines = lines_of(name)
    assert "LoadCredential=secret-key:/etc/riskq/secret-key" in lines
    assert any("RISKQ_SECRET_KEY_FILE=%d/secret-key" in line for line in lines)
    assert "EnvironmentFile=/etc/riskq/riskq.env" in lines


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_runs_is_a_command_of_riskq(name: str) -> None:
    (command,) = re.findall(r"/srv/riskq/\.venv/bin/riskq (\w+)", "\n".join(lines_of(name)))[:1]
    ran = [sys.executable, "-c", "from riskq.cli import main; main(None)", command, "--help"]
    subprocess.run(ran, check=True, capture_output=True, timeout=60)


def test_commands_of_an_operator_see_what_the_service_sees() -> None:
    command = (FOLDER / "riskq-command").read_text("utf-8")
    lines = "\n".join(lines_of("riskq.service"))
    for seen in (
        "RISKQ_SEAL_FOLDER=/var/lib/riskq/seal",
        "LoadCredential=secret-key:/etc/riskq/secret-key",
        "EnvironmentFile=/etc/riskq/riskq.env",
    ):
        assert seen in command
        assert seen in lines
    assert "--uid=riskq" in command
    subprocess.run(["sh", "-n", str(FOLDER / "riskq-command")], check=True, timeout=60)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with the program where it is on this machine."""
    here = Path(sys.executable).with_name("riskq")
    for path in FOLDER.iterdir():
        text = path.read_text("utf-8").replace("/srv/riskq/.venv/bin/riskq", str(here))
        (tmp_path / path.name).write_text(text, "utf-8")
    return tmp_path


def analyse(*command: str) -> subprocess.CompletedProcess[str]:
    """Have systemd look at units, which needs no systemd that runs."""
    tool = shutil.which("systemd-analyze")
    assert tool, "./dev check installs it"
    return subprocess.run(
        [tool, *command], check=False, capture_output=True, text=True, timeout=120
    )


@pytest.mark.slow
def test_systemd_finds_nothing_wrong_with_the_units(units: Path) -> None:
    paths = [str(path) for path in units.iterdir() if path.suffix in UNITS]
    done = analyse("verify", "--man=no", *paths)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")


@pytest.mark.slow
@pytest.mark.parametrize("name", SERVICES)
def test_systemd_calls_every_service_hardly_exposed(units: Path, name: str) -> None:
    threshold = f"--threshold={MOST_EXPOSED}"
    done = analyse("security", "--offline=yes", "--no-pager", threshold, str(units / name))
    assert done.returncode == 0, done.stdout
