"""Looks a deployment over: what is wrong with it, and how to mend that.

Nothing is changed, but that an older database is brought up to date, as every start does. Each part
is looked at by itself, so that what is wrong with one hides nothing of the others.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from riskq.errors import RiskqError
from riskq.i18n import LANGUAGES
from riskq.questionnaire import Catalogue
from riskq.report import Renderer, RenderError, check_files, public_certificate
from riskq.services.desk import Desk
from riskq.services.doctor_data import (
    look_at_database,
    look_at_evidence,
    look_at_keys,
    look_at_room,
    look_at_waiting,
)
from riskq.services.finding import Check, Finding
from riskq.services.letters import SendError, try_line
from riskq.services.samples import sample_report
from riskq.settings import Settings
from riskq.store import StoreUnavailable, open_store

__all__ = ["PARTS", "Finding", "look_over"]

_EXPIRES_SOON = timedelta(days=60)
_SLOW_SECONDS = 10.0


def look_over(settings: Settings, at: datetime, parts: Collection[str]) -> Iterator[Finding]:
    """Look at one part after the other, of ``PARTS``; ``at`` is the present moment."""
    for part, check in _CHECKS.items():
        if part not in parts:
            continue
        try:
            yield from check(settings, at)
        except StoreUnavailable as error:
            yield Finding(part, "fault", str(error), "See docs/backups.md for how to restore.")
        except (RiskqError, OSError) as error:
            yield Finding(part, "fault", str(error), "Mend what it names, and look again.")


def _settings(settings: Settings, at: datetime) -> Iterator[Finding]:
    del at
    if settings.is_https:
        yield Finding("settings", "well", f"People reach the service at {settings.origin}.")
        return
    mend = "Set RISKQ_ORIGIN to its https address and RISKQ_PRODUCTION=1, unless only you use it."
    yield Finding("settings", "look", "The service is not set up for the internet.", mend)


def _questionnaires(settings: Settings, at: datetime) -> Iterator[Finding]:
    del settings
    catalogue = Catalogue()
    for name in catalogue.names():
        edition = catalogue.load(name, catalogue.in_force(name, at.date())).edition
        yield Finding("questionnaires", "well", f"{name}: the edition of {edition} is in force.")


def _seal(settings: Settings, at: datetime) -> Iterator[Finding]:
    check_files(settings.seal)
    found = public_certificate(settings.seal)
    if found is None:
        mend = "Nothing is to be done: the first start makes a key."
        yield Finding("seal", "look", "There is no certificate yet.", mend)
        return
    from cryptography import x509

    until = x509.load_pem_x509_certificate(found).not_valid_after_utc
    told = f"The certificate is valid until {until:%Y-%m-%d}."
    if until < at + _EXPIRES_SOON:
        mend = "Get another, or remove the key that was made here: the next start makes one."
        yield Finding("seal", "fault" if until < at else "look", told, mend)
    else:
        yield Finding("seal", "well", told)


def _reports(settings: Settings, at: datetime) -> Iterator[Finding]:
    del at
    took = {}
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        renderer = stack.enter_context(Renderer(children=1))
        # The example needs no store; a desk has one.
        store = open_store(Path(folder) / "empty.db")
        stack.callback(store.close)
        for language in LANGUAGES:
            began = time.monotonic()
            try:
                sample_report(Desk(store, Catalogue()), renderer, settings.brand, language)
            except RenderError as error:
                mend = "Install libpango-1.0-0 and libpangoft2-1.0-0, and look into the log."
                yield Finding("reports", "fault", f"No report can be made: {error.text}", mend)
                return
            took[language] = time.monotonic() - began
    # The first takes the time of starting with it.
    seconds = min(took.values())
    if not _cuts_fonts_quickly():
        mend = "Install the package libharfbuzz-subset0: reports take less time then."
        yield Finding("reports", "look", "harfbuzz-subset is missing.", mend)
    elif seconds > _SLOW_SECONDS:
        mend = "Give the machine more processors, or the service fewer neighbours."
        yield Finding("reports", "look", f"A report takes {seconds:.1f} s.", mend)
    else:
        yield Finding("reports", "well", f"A report takes {seconds:.1f} s.")


def _cuts_fonts_quickly() -> bool:
    try:
        ctypes.CDLL("libharfbuzz-subset.so.0")
    except OSError:
        return False
    return True


def _mail(settings: Settings, at: datetime) -> Iterator[Finding]:
    del at
    if settings.mail is None:
        what = "No mail server is set: links are shown to be copied and sent by hand."
        yield Finding("mail", "well", what)
        return
    reasons = {
        "login": "It does not take the user and the password: look at RISKQ_SMTP.",
        "tls": "It does not encrypt, or its certificate is not valid for this name.",
        "connection": "Nobody answers there: look at RISKQ_SMTP and the firewall.",
    }
    try:
        try_line(settings.mail)
    except SendError as error:
        mend = reasons.get(error.reason, "Ask whoever runs the mail server.")
        what = f"{settings.mail.host}:{settings.mail.port} takes no letters ({error.reason})."
        yield Finding("mail", "fault", what, mend)
    else:
        told = f"{settings.mail.host}:{settings.mail.port} takes letters."
        yield Finding("mail", "well", told)


_CHECKS: dict[str, Check] = {
    "settings": _settings,
    "room": look_at_room,
    "database": look_at_database,
    "keys": look_at_keys,
    "evidence": look_at_evidence,
    "questionnaires": _questionnaires,
    "seal": _seal,
    "reports": _reports,
    "mail": _mail,
    "worker": look_at_waiting,
}
PARTS = tuple(_CHECKS)
"""What is looked at, in this order."""
