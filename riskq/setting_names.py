"""The names of all settings, and a look at the environment for one that was misspelt.

Whoever leaves a letter out of one would run without what it asks for, and not know it.
Names that resemble none of ours are somebody else's, such as those of an image or a deployment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riskq.errors import Problem

__all__ = ["SETTING_NAMES", "misspelt"]

_PREFIX = "RISKQ_"
_LIKENESS, _LETTERS = 0.8, 2

SETTING_NAMES = frozenset(
    f"{_PREFIX}{name}"
    for name in (
        *("ALLOWANCE", "BRAND_COLOUR", "BRAND_FOOTER", "BRAND_LOGO", "BRAND_NAME", "DATABASE"),
        *("DATABASE_PASSWORD", "DATABASE_PASSWORD_FILE", "DATABASE_URL", "KEEP_DAYS", "LOG"),
        *("MAIL_FROM", "MASTER_KEY", "MASTER_KEY_FILE", "METRICS", "METRICS_FILE"),
        *("MOST_REPORTS", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_CLIENT_SECRET_FILE"),
        *("OIDC_ISSUER", "OIDC_NAME", "OLD_MASTER_KEYS_FILE", "ORIGIN", "PRODUCTION", "PROXIES"),
        *("QUEUE", "SEAL_CERTIFICATE", "SEAL_FOLDER", "SEAL_KEY", "SEAL_KNOWN", "SEAL_PASSPHRASE"),
        *("SEAL_PKCS12", "SEAL_STAMPERS", "SECRET_KEY", "SECRET_KEY_FILE", "SMTP"),
        *("SMTP_PASSWORD", "SMTP_PASSWORD_FILE", "TIMESTAMPER", "WEBHOOKS"),
    )
)


def misspelt(environ: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with each name that is none of ours but nearly one."""
    for name in sorted(name for name in environ if name.startswith(_PREFIX)):
        if name not in SETTING_NAMES and (meant := _nearest(name.removeprefix(_PREFIX))):
            mend = f"Did you mean {_PREFIX}{meant}?"
            yield Problem("setting", name, "there is no such setting", mend)


def _nearest(word: str) -> str:
    # Seldom needed, and slow to import beside all that a start needs.
    from difflib import get_close_matches

    names = sorted(name.removeprefix(_PREFIX) for name in SETTING_NAMES)
    known = [name for name in names if abs(len(name) - len(word)) <= _LETTERS]
    return next(iter(get_close_matches(word, known, n=1, cutoff=_LIKENESS)), "")
