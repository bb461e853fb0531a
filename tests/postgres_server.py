"""A PostgreSQL server of the tests' own, and databases on it.

It lies in a folder that is removed at the end, listens on a socket there alone, and belongs to a
user that may do nothing else. Nothing of it must outlive a power cut, so that it waits for no disk
unless it shall be ``durable``.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

__all__ = ["PostgresServer", "programs"]

_UNPRIVILEGED = "nobody"
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "32MB",
}
_DURABLE = {"fsync": "on", "full_page_writes": "on"}


def programs() -> Path | None:
    """Where the server's programs are; None on a machine without a server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return None if initdb is None else Path(initdb).parent


def _version(initdb: Path) -> int:
    return int(initdb.parts[-3])


class PostgresServer:
    """A server that runs until it is stopped; each test gets a database of its own."""

    def __init__(self, bins: Path, *, durable: bool = False) -> None:
        self._bins = bins
        self._settings = {**_SETTINGS, **(_DURABLE if durable else {})}
        # A socket's path may have 107 letters at most, which a test's own folder can exceed.
        self.folder = Path(tempfile.mkdtemp(prefix="riskq-pg-"))
        self._data = self.folder / "data"
        self._user = _UNPRIVILEGED if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self.folder, self._user)
        self._count = 0
        self._process: subprocess.Popen[bytes] | None = None
        command = [bins / "initdb", "-D", self._data, "-U", "riskq", "-A", "trust", "-E", "UTF8"]
        self._as_user([*map(str, command), "--locale=C.UTF-8", "--no-sync"])

    def _as_user(self, command: list[str]) -> None:
        user = self._user if os.geteuid() == 0 else None
        subprocess.run(
            command, check=True, user=user, cwd=self.folder, stdout=subprocess.DEVNULL, umask=0o077
        )

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = [f"-c{name}={value}" for name, value in self._settings.items()]
        command = [str(self._bins / "postgres"), "-D", str(self._data), "-k", str(self.folder)]
        log = (self.folder / "log").open("ab")
        self._process = subprocess.Popen(
            [*command, *options],
            user=self._user if os.geteuid() == 0 else None,
            cwd=self.folder,
            stdout=log,
            stderr=log,
        )
        log.close()
        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                # The server makes its socket as soon as it can; nothing but its end tells more.
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(0.02)
                    raise
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server as a restart does: whoever is connected is cut off."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        """Stop it for good."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, name: str) -> str:
        """The address of a database, as an operator would write it."""
        return f"postgresql://riskq@/{name}?host={self.folder}"

    def make_copy(self, address: str) -> str:
        """Make a copy of a database to which nobody is connected, and give its address."""
        return self.make(_name_in(address))

    def make(self, template: str = "template0") -> str:
        """Make a database, an empty one unless another is named, and give its address."""
        self._count += 1
        name = f"test_{os.getpid()}_{self._count}"
        with self._admin() as connection:
            connection.execute(f'create database "{name}" template "{template}"')
        return self.address(name)

    def drop(self, address: str) -> None:
        """Remove a database, whoever is still connected."""
        with self._admin() as connection:
            connection.execute(f'drop database if exists "{_name_in(address)}" with (force)')

    @contextlib.contextmanager
    def _admin(self) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            yield connection


def _name_in(address: str) -> str:
    return address.removeprefix("postgresql://riskq@/").partition("?")[0]
