"""The image and its fellows, read as files: what goes in, who runs it, and what fences it in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.known_settings import ROOT

Service = dict[str, Any]
OURS = ("one", "web", "worker")
BUILD_TOOLS = {"python3-venv", "python3-pip", "python3-dev", "build-essential", "gcc", "git"}
SECRET = re.compile(r"SECRET|PASSWORD|PASSPHRASE|TOKEN|_KEY")


@cache
def stages() -> tuple[tuple[tuple[str, str], ...], ...]:
    """The instructions of the Dockerfile with what each is given, by the stage that they make."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    whole = re.sub(r"\\\n\s*", " ", "\n".join(lines)).splitlines()
    made: list[list[tuple[str, str]]] = []
    for line in whole:
        name, _, given = line.partition(" ")
        if name == "FROM":
            made.append([])
        made[-1].append((name, given.strip()))
    return tuple(tuple(stage) for stage in made)


def given_to(name: str, stage: int = -1) -> list[str]:
    """What an instruction is given in a stage, each time that it stands there."""
    return [given for instruction, given in stages()[stage] if instruction == name]


def is_let_in(path: str) -> bool:
    """Whether .dockerignore lets a path into the image."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    is_in = True
    for rule in rules:
        pattern = rule.removeprefix("!").strip("/")
        names = [path, *(str(above) for above in Path(path).parents)]
        inner = pattern.removeprefix("**/")
        deep = [Path(path).name] if pattern.startswith("**/") else []
        if any(fnmatch(name, pattern) for name in names) or any(fnmatch(n, inner) for n in deep):
            is_in = rule.startswith("!")
    return is_in


@cache
def compose() -> Service:
    """compose.yaml, with what its services have in common filled in."""
    found: Service = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return found


def services() -> dict[str, Service]:
    """Every service of compose.yaml."""
    found: dict[str, Service] = compose()["services"]
    return found


def test_no_key_of_the_file_stands_twice() -> None:
    """Compose refuses such a file, which the reader of these tests takes."""
    waiting: list[yaml.Node | None] = [yaml.compose((ROOT / "compose.yaml").read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), node.start_mark
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def test_everything_that_is_copied_is_there_and_let_in() -> None:
    for stage in range(len(stages())):
        for given in given_to("COPY", stage):
            if given.startswith("--from"):
                continue
            for source in given.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert is_let_in(source), source


@pytest.mark.parametrize(
    "path",
    [
        *("instance/secret-key", "instance/riskq.db", ".git/config", ".venv/bin/python"),
        *("deploy/secrets/secret-key", "deploy/riskq.env", "tests/conftest.py", ".env"),
        *("riskq/riskq.db", "riskq/web/riskq.db-wal", "static/key.pem", "riskq/__pycache__"),
    ],
)
def test_no_secret_and_no_data_goes_into_the_image(path: str) -> None:
    assert not is_let_in(path)


def test_the_image_runs_as_a_user_without_rights() -> None:
    (user,) = given_to("USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert [name for name, _ in stages()[-1]].index("USER") > max(
        number for number, (name, _) in enumerate(stages()[-1]) if name in ("RUN", "COPY")
    )
    assert given_to("VOLUME") == ["/var/lib/riskq"]


def test_the_image_is_made_from_hashes_and_keeps_no_build_tool() -> None:
    build, last = " ".join(given_to("RUN", 0)), " ".join(given_to("RUN"))
    assert "--require-hashes -r requirements.txt" in " ".join(build.split())
    assert "pip uninstall -q -y setuptools pip" in build
    assert not BUILD_TOOLS & set(last.split())
    for stage in range(len(stages())):
        assert re.match(r"[\w./-]+:[\w.-]+", given_to("FROM", stage)[0])


def test_the_image_has_the_libraries_that_the_setup_installs() -> None:
    setup = (ROOT / "dev").read_text("utf-8")
    wanted = setup.partition("find_missing_for_service() {")[2].partition("\n}")[0]
    libraries = {name for name in re.findall(r"need ([\w.+-]+)", wanted) if "venv" not in name}
    assert libraries
    assert libraries <= set(" ".join(given_to("RUN")).split())


def test_what_is_compiled_is_all_there_by_then() -> None:
    copied, has_compiled = [], False
    for instruction, given in stages()[0]:
        if instruction == "COPY":
            copied += given.split()[:-1]
        if "riskq compile" in given:
            has_compiled = True
            break
    assert has_compiled
    # It keeps the questionnaires as they were read.
    assert {"riskq", "questionnaires"} <= set(copied)
    assert not any("questionnaires" in given for given in given_to("COPY"))


def test_no_secret_stands_in_the_image() -> None:
    for stage in range(len(stages())):
        assert not SECRET.search(" ".join([*given_to("ENV", stage), *given_to("ARG", stage)]))


def test_the_health_is_asked_for_without_another_tool() -> None:
    (given,) = given_to("HEALTHCHECK")
    command = json.loads(given.partition("CMD ")[2])
    assert command[:2] == ["python3", "-c"]
    assert "/healthz" in command[2]
    compile(command[2], "HEALTHCHECK", "exec")


@pytest.mark.parametrize("name", services())
def test_every_container_is_fenced_in(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    # No temporary file is made by this test: it reads where a container may write.
    assert any(place.startswith("/tmp:") for place in service["tmpfs"])  # noqa: S108


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in services().items() if "ports" in service] == ["proxy"]
    assert compose()["networks"]["inside"]["internal"] is True
    for name in ("database", "jobs"):
        assert services()[name]["networks"] == ["inside"]


def test_everybody_who_is_waited_for_tells_its_health() -> None:
    for service in services().values():
        for name, wanted in service.get("depends_on", {}).items():
            assert wanted == {"condition": "service_healthy"}
            assert "healthcheck" in services()[name] or name in OURS


def test_secrets_are_files() -> None:
    known = {f"/run/secrets/{name}" for name in compose()["secrets"]}
    for service in services().values():
        mounted = {f"/run/secrets/{name}" for name in service.get("secrets", [])}
        for name, value in service.get("environment", {}).items():
            if SECRET.search(name):
                assert name.endswith("_FILE")
                assert value in mounted & known
    for secret in compose()["secrets"].values():
        assert secret["file"].startswith("deploy/secrets/")
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {"/deploy/secrets/", "/deploy/riskq.env"} <= set(ignored)


def test_every_file_that_is_mounted_is_there() -> None:
    for service in services().values():
        for mounted in service.get("volumes", []):
            source = mounted.partition(":")[0]
            if source.startswith("./"):
                assert (ROOT / source).exists()
            else:
                assert source in compose()["volumes"]


@pytest.mark.parametrize("profile", ["one", "several"])
def test_each_profile_has_one_service_that_the_proxy_finds(profile: str) -> None:
    found = {
        name: service for name, service in services().items() if profile in service["profiles"]
    }
    host, _, port = services()["proxy"]["environment"]["UPSTREAM"].partition(":")
    called = [
        name
        for name, service in found.items()
        if name == host
        or (
            isinstance(service["networks"], dict)
            and host in (service["networks"].get("inside") or {}).get("aliases", [])
        )
    ]
    assert len(called) == 1
    assert given_to("EXPOSE") == [port]


def commands() -> list[list[str]]:
    """Every command of riskq that the image and the services run."""
    own = [json.loads(given_to("CMD")[0])]
    own += [services()[name]["command"] for name in OURS if "command" in services()[name]]
    checks = [
        service["healthcheck"]["test"][1:]
        for service in services().values()
        if "healthcheck" in service
    ]
    return own + [check[1:] for check in checks if check[0] == "riskq"]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_the_commands_are_commands_of_riskq(command: list[str]) -> None:
    known = subprocess.run(
        [sys.executable, "-c", "from riskq.cli import main; main(None)", command[0], "--help"],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    for option in command[1:]:
        assert not option.startswith("-") or option in known.stdout
