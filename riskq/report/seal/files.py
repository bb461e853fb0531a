"""Where the files of the seal lie; reading certificates and checking rights needs no library."""

from __future__ import annotations

import contextlib
import re
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from riskq.report.seal.errors import SealError
from riskq.report.seal.facts import Role
from riskq.settings import SealSettings

__all__ = [
    "CERTIFICATE",
    "KEY",
    "OWN_CERTIFICATE",
    "USED",
    "check_files",
    "public_certificate",
    "read_secret",
    "trusted_certificates",
]

KEY, OWN_CERTIFICATE = "key.pem", "key-certificate.pem"
"""The key that was made here, and its certificate."""

CERTIFICATE = "certificate.pem"
"""The certificate in use, wherever its key lies; it may be given to anybody."""

USED = "used"
"""The folder of the certificates of all keys that were in use here."""

_BLOCK = re.compile(
    "-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]+-----END CERTIFICATE-----", re.ASCII
)


def read_secret(path: Path) -> bytes:
    """The content of a file that only its owner may read; raises ``SealError``."""
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SealError(f"{path} can be read by others: run chmod 600 on it.")
        return path.read_bytes()
    except OSError as error:
        raise SealError(f"{path} cannot be read ({error.strerror}).") from error


def check_files(settings: SealSettings) -> None:
    """See that every file named can be read, and secrets by nobody else; raises ``SealError``."""
    own = settings.folder / KEY
    for path in (settings.key, settings.pkcs12, settings.passphrase, own if own.exists() else None):
        if path is not None:
            read_secret(path)
    if settings.certificate is not None and not _read(settings.certificate):
        raise SealError(f"{settings.certificate} holds no certificate in PEM.")
    for folder in (settings.known, settings.stampers):
        if folder is not None and not folder.is_dir():
            raise SealError(f"{folder} is no folder.")


def trusted_certificates(
    settings: SealSettings, also: Sequence[Path] = ()
) -> Mapping[Role, list[str]]:
    """The certificates (PEM) that are trusted here, by what for; ``also`` are files of known ones.

    Files that cannot be read are left out. No key is read: whoever verifies has no business
    with it.
    """
    files: Mapping[Role, list[Path]] = {
        "own": _files(settings.folder / USED),
        "known": [*_files(settings.known), *also],
        "stampers": _files(settings.stampers),
    }
    return {role: [text for path in paths for text in _read(path)] for role, paths in files.items()}


def _files(folder: Path | None) -> list[Path]:
    return [] if folder is None else sorted(folder.glob("*.pem"))


def public_certificate(settings: SealSettings) -> bytes | None:
    """The certificate in use (PEM), which anybody may have; ``None`` before the first seal."""
    with contextlib.suppress(OSError):
        return (settings.folder / CERTIFICATE).read_bytes()
    return None


def _read(path: Path) -> list[str]:
    """The certificates in a file."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return _BLOCK.findall(path.read_text("ascii"))
    return []
