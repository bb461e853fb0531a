"""What an operator sets, read once from the environment; every fault is told at once.

Everything has a value that is right for a single machine. ``RISKQ_PRODUCTION`` refuses to start
with values that would be wrong for a service on the Internet.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from msgspec import Struct

from riskq.brand import NO_BRAND, Brand, brand_of
from riskq.crowd_settings import USUAL, CrowdSettings, crowd_of
from riskq.database_settings import database_of, is_server, problems_of_sharing
from riskq.errors import Problem, ProblemsError
from riskq.hook_reach import Reach
from riskq.instance import INSTANCE_FOLDER, own_database
from riskq.key_settings import keys_of
from riskq.mail_settings import MailSettings, mail_of
from riskq.setting_names import misspelt
from riskq.sign_in_settings import ProviderSettings, is_on_production, provider_of
from riskq.watch_settings import UNWATCHED, WatchSettings, watch_of

__all__ = [
    "INSTANCE_FOLDER",
    "MOST_REPORTS",
    "Issuer",
    "SealSettings",
    "Settings",
    "SettingsError",
    "read_brand_settings",
    "read_issuer",
    "read_seal_settings",
    "read_settings",
]

T = TypeVar("T")

_SEAL_FILES = ("FOLDER", "KEY", "CERTIFICATE", "PKCS12", "PASSPHRASE", "KNOWN", "STAMPERS")
_MOST_DAYS = 3650
MOST_REPORTS = 1000
"""How many reports a bundle may ever hold."""


class SettingsError(ProblemsError):
    """The environment asks for what cannot be; ``problems`` names everything."""


class SealSettings(Struct, frozen=True):
    """With which key reports are sealed, and which other seals are known.

    Without a ``key`` (PEM, with ``certificate``: PEM, the signer's first, then its chain) and
    without ``pkcs12`` a key is made in ``folder`` at the first start. ``passphrase`` is a file that
    opens either. ``timestamper`` is the address of a time-stamp authority, "" for none. ``known``
    is a folder of certificates (PEM) of other sealers, or of their authorities, that are trusted
    here; ``stampers`` one of the authorities whose time stamps are.
    """

    folder: Path
    key: Path | None = None
    certificate: Path | None = None
    pkcs12: Path | None = None
    passphrase: Path | None = None
    timestamper: str = ""
    known: Path | None = None
    stampers: Path | None = None


class Issuer(Struct, frozen=True):
    """Who makes reports: the seal on them, and the brand in whose name they are handed over."""

    seal: SealSettings
    brand: Brand = NO_BRAND


@dataclass(frozen=True)
class Settings:
    """The settings of one service.

    ``database`` is a path, or the address of a server. ``origin`` is scheme, host and port by which
    people reach the service ("" on one's own machine); ``keep_days`` after the last change an
    assessment is removed. ``queue`` is the address of the Redis by which several machines share
    their jobs; "" is a queue in the shared database, or in a file of this machine.
    A bundle may hold ``most_reports``; with 0 the pages take none. ``brand`` is who
    offers the service; ``provider`` knows people who may sign in by it, and ``mail`` takes letters;
    None where there is none. ``hooks`` is how far webhooks reach; ``watch`` how it is watched,
    ``crowd`` what many may ask. ``master_keys`` encrypt what workspaces keep, the newest first.
    """

    database: str = field(repr=False)
    secret_key: str = field(repr=False)
    origin: str = ""
    keep_days: int = 400
    seal: SealSettings = field(default_factory=lambda: SealSettings(INSTANCE_FOLDER / "seal"))
    queue: str = field(default="", repr=False)
    most_reports: int = MOST_REPORTS
    brand: Brand = NO_BRAND
    provider: ProviderSettings | None = None
    mail: MailSettings | None = None
    hooks: Reach = Reach.PUBLIC
    watch: WatchSettings = UNWATCHED
    crowd: CrowdSettings = USUAL
    master_keys: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_shared(self) -> bool:
        """Whether the database is a server's, which several machines work with."""
        return is_server(self.database)

    @property
    def database_file(self) -> Path:
        """Where the database is, if it is a file."""
        return Path(self.database.removeprefix("sqlite:///"))

    @property
    def bundles(self) -> str | Path:
        """Where bundles are kept: in a shared database, or in a file beside the other one."""
        return self.database if self.is_shared else self._beside("bundles")

    @property
    def queue_file(self) -> Path:
        """Where the embedded queue is, beside the database."""
        return self._beside("queue")

    @property
    def evidence(self) -> str | Path:
        """Where files lie that were attached to answers: in a shared database, or in a folder."""
        return self.database if self.is_shared else self._beside("evidence").with_suffix("")

    @property
    def metrics_folder(self) -> Path:
        """Where the processes of this machine keep their figures."""
        if self.is_shared:
            return self.seal.folder.with_name("metrics")
        return self._beside("metrics").with_suffix("")

    def _beside(self, what: str) -> Path:
        return self.database_file.with_name(f"{self.database_file.stem}-{what}.db")

    @property
    def is_https(self) -> bool:
        """Whether people reach the service by https, so that cookies can be bound to it."""
        return self.origin.startswith("https://")

    @property
    def cookie_name(self) -> str:
        """The name of the session cookie; browsers bind a ``__Host-`` one to this very host."""
        return "__Host-riskq" if self.is_https else "riskq"


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings, and make the instance folder and the secret where they are missing.

    Raises ``SettingsError`` with every fault.
    """
    reading = _Reading(environ)
    reading.problems.extend(misspelt(environ))
    origin = reading.origin()
    keep_days = reading.number("RISKQ_KEEP_DAYS", 400, range(1, _MOST_DAYS + 1))
    most_reports = reading.number("RISKQ_MOST_REPORTS", MOST_REPORTS, range(MOST_REPORTS + 1))
    seal, queue, brand = reading.seal(), reading.queue(), reading.take(brand_of)
    provider, mail, hooks = reading.take(provider_of), reading.take(mail_of), reading.hooks()
    watch, crowd = reading.take(watch_of), reading.take(crowd_of)
    database = reading.database()
    reading.require_for_production(origin)
    secret_key, master_keys = reading.keys()
    if reading.problems:
        raise SettingsError(reading.problems)
    return Settings(
        *(database or own_database(), secret_key, origin, keep_days, seal, queue, most_reports),
        *(brand, provider, mail, hooks, watch, crowd, master_keys),
    )


def read_seal_settings(environ: Mapping[str, str] = os.environ) -> SealSettings:
    """Read the settings of the seal alone, and make nothing; raises ``SettingsError``."""
    reading = _Reading(environ)
    return reading.sound(reading.seal())


def read_issuer(environ: Mapping[str, str] = os.environ) -> Issuer:
    """Read the settings of seal and brand, and make nothing; raises ``SettingsError``."""
    reading = _Reading(environ)
    return reading.sound(Issuer(reading.seal(), reading.take(brand_of)))


def read_brand_settings(environ: Mapping[str, str] = os.environ) -> Brand:
    """Read the settings of the brand alone, and make nothing; raises ``SettingsError``."""
    reading = _Reading(environ)
    return reading.sound(reading.take(brand_of))


class _Reading:
    """Reads one variable after the other and keeps what is wrong."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[Problem] = []

    def refuse(self, name: str, what: str, mend: str) -> None:
        self.problems.append(Problem("setting", name, what, mend))

    def sound(self, value: T) -> T:
        """The value that was read, unless something was wrong with it."""
        if self.problems:
            raise SettingsError(self.problems)
        return value

    def origin(self) -> str:
        text = self.environ.get("RISKQ_ORIGIN", "").rstrip("/")
        parts = urlsplit(text)
        if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path):
            mend = "Write scheme and host alone, such as https://riskq.example.kz."
            self.refuse("RISKQ_ORIGIN", f'"{text}" is no origin', mend)
        return text

    def number(self, name: str, usual: int, allowed: range) -> int:
        text = self.environ.get(name, str(usual))
        if text.isascii() and text.isdigit() and len(text) < 9 and int(text) in allowed:
            return int(text)
        mend = f"Write a number from {allowed[0]} to {allowed[-1]}."
        self.refuse(name, f'"{text}" cannot be taken', mend)
        return 0

    def queue(self) -> str:
        text = self.environ.get("RISKQ_QUEUE", "")
        if text and urlsplit(text).scheme not in ("redis", "rediss", "unix"):
            mend = "Write the address of a Redis, such as redis://jobs.example.kz:6379/0."
            self.refuse("RISKQ_QUEUE", "it is no address of a queue", mend)
        return text

    def hooks(self) -> Reach:
        text = self.environ.get("RISKQ_WEBHOOKS", Reach.PUBLIC.value)
        if text in list(Reach):
            return Reach(text)
        mend = 'Write "public", "any" for addresses of your own network too, or "none".'
        self.refuse("RISKQ_WEBHOOKS", f'"{text}" cannot be taken', mend)
        return Reach.NONE

    def seal(self) -> SealSettings:
        """The settings of the seal; which files there are is seen when the key is read."""
        given = {name: self.environ.get(f"RISKQ_SEAL_{name}", "") for name in _SEAL_FILES}
        if given["KEY"] and given["PKCS12"]:
            self.refuse("RISKQ_SEAL_KEY", "a PKCS#12 file is named as well", "Name one of them.")
        if bool(given["KEY"]) != bool(given["CERTIFICATE"]):
            mend = "Name the key and its certificate, both in PEM."
            self.refuse("RISKQ_SEAL_KEY", "a key and its certificate belong together", mend)
        address = self.environ.get("RISKQ_TIMESTAMPER", "")
        if address and urlsplit(address).scheme not in ("http", "https"):
            mend = "Write the http or https address of a time-stamp authority (RFC 3161)."
            self.refuse("RISKQ_TIMESTAMPER", f'"{address}" is no address', mend)
        files = {name.lower(): Path(path) for name, path in given.items() if path}
        folder = files.pop("folder", INSTANCE_FOLDER / "seal")
        return SealSettings(folder, timestamper=address, **files)

    def take(self, read: Callable[[Mapping[str, str]], tuple[T, Sequence[Problem]]]) -> T:
        """Settings that belong together, as their own module reads them."""
        value, problems = read(self.environ)
        self.problems.extend(problems)
        return value

    def keys(self) -> tuple[str, tuple[str, ...]]:
        """The service's secret, and the master keys; made if missing and all else is well."""
        found, problems = keys_of(self.environ, makes=not self.problems)
        self.problems.extend(problems)
        return found

    def require_for_production(self, origin: str) -> None:
        if not is_on_production(self.environ):
            return
        if not origin.startswith("https://"):
            mend = "Write the https address by which people reach the service."
            self.refuse("RISKQ_ORIGIN", "production needs an https origin", mend)
        if not {"RISKQ_SECRET_KEY", "RISKQ_SECRET_KEY_FILE"} & self.environ.keys():
            mend = "Give a random text of 32 characters or more, or a file that holds it."
            self.refuse("RISKQ_SECRET_KEY", "production needs a secret of its own", mend)

    def database(self) -> str:
        address = self.take(database_of)
        if is_server(address):
            self.problems.extend(problems_of_sharing(self.environ))
        return address
