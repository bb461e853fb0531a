"""Where the files of the seal lie; reading certificates and checking rights needs no library."""

from __future__ import annotations

import contextlib
import re
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from riskq.report.seal.errors import SealError
from riskq.report.seal.facts import Trust
from riskq.settings import SealSettings

__all__ = [
    "CERTIFICATE",
    "KEY",
    "OWN_CERTIFICATE",
    "USED",
    "check_files",
    "known_certificates",
    "public_certificate",
    "read_secret",
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
    if settings.known is not None and not settings.known.is_dir():
        raise SealError(f"{settings.known} is no folder.")


def known_certificates(
    settings: SealSettings, also: Sequence[Path] = ()
) -> Mapping[Trust, list[str]]:
    """The certificates (PEM) that are trusted here: those of one's own keys, and those known.

    Files that cannot be read are left out. No key is read: whoever verifies has no business
    with it.
    """
    known = [] if settings.known is None else sorted(settings.known.glob("*.pem"))
    known += also
    own = sorted((settings.folder / USED).glob("*.pem"))
    return {
        "own": [text for path in own for text in _read(path)],
        "known": [text for path in known for text in _read(path)],
    }


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
