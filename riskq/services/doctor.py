"""Looks a deployment over: what is wrong with it, and how to mend that.

Nothing is changed, but that an older database is brought up to date, as every start does. Each part
is looked at by itself, so that what is wrong with one hides nothing of the others.
"""

from __future__ import annotations

import ctypes
import os
import stat
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from msgspec import Struct

from riskq.errors import RiskqError
from riskq.i18n import LANGUAGES
from riskq.questionnaire import Catalogue
from riskq.report import Renderer, RenderError, check_files, public_certificate
from riskq.services.desk import Desk
from riskq.services.letters import SendError, try_line
from riskq.services.samples import sample_report
from riskq.settings import Settings
from riskq.store import DELIVERIES, OUTBOX, StoreUnavailable, copying, open_store

__all__ = ["PARTS", "Finding", "look_over"]

State = Literal["well", "look", "fault"]
"""All is well; something to look at, though the service works; something that must be mended."""

_LITTLE_ROOM, _NO_ROOM = 1_000_000_000, 200_000_000
_EXPIRES_SOON = timedelta(days=60)
_AHEAD = timedelta(minutes=5)
_LATE = timedelta(hours=1)
_SLOW_SECONDS = 10.0


class Finding(Struct, frozen=True):
    """What was found of a part of the deployment; ``mend`` is "" where all is well."""

    part: str
    state: State
    what: str
    mend: str = ""


Check = Callable[[Settings, datetime], Iterator[Finding]]


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


def _room(settings: Settings, at: datetime) -> Iterator[Finding]:
    del at
    folder = settings.database_file.absolute().parent
    if not folder.is_dir():
        mend = f"Make it: mkdir -m 700 {folder}. Or look at RISKQ_DATABASE."
        yield Finding("room", "fault", f"{folder}: there is no such folder.", mend)
        return
    if not os.access(folder, os.W_OK):
        mend = "Make the folder writable for the user of the service."
        yield Finding("room", "fault", f"{folder} cannot be written to.", mend)
    state = os.statvfs(folder)
    free = state.f_bavail * state.f_frsize
    told = f"{free / 1e9:.1f} GB are free at {folder}."
    if free < _NO_ROOM:
        mend = "Free space: no file can be attached now, and soon no answer be saved."
        yield Finding("room", "fault", told, mend)
    elif free < _LITTLE_ROOM:
        yield Finding("room", "look", told, "Free space before it becomes little.")
    else:
        yield Finding("room", "well", told)


def _database(settings: Settings, at: datetime) -> Iterator[Finding]:
    path = settings.database_file
    if not path.exists():
        mend = "Nothing is to be done: the first start makes it. If there was one, look for it."
        yield Finding("database", "look", f"{path}: there is none yet.", mend)
        return
    yield from _rights(path)
    copying.check_copy(path)
    store = open_store(path)
    try:
        newest = store.read(lambda unit: unit.rows("select max(touched_at) from assessments"))
        number = copying.count_rows(path, "assessments")
    finally:
        store.close()
    size = path.stat().st_size / 1e6
    yield Finding("database", "well", f"{path}: whole, {number} assessments, {size:.1f} MB.")
    last = newest[0][0] or 0
    if last > (at + _AHEAD).timestamp() * 1000:
        day = datetime.fromtimestamp(last / 1000, UTC)
        what = f"Somebody saved at {day:%Y-%m-%d %H:%M} UTC, which is yet to come."
        yield Finding("clock", "fault", what, "Set the clock of the machine, best by NTP.")
    else:
        yield Finding("clock", "well", f"It is {at:%Y-%m-%d %H:%M} UTC.")


def _rights(path: Path) -> Iterator[Finding]:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        what = f"{path} can be read by others on this machine."
        yield Finding("rights", "fault", what, f"Run: chmod 600 {path}")


def _evidence(settings: Settings, at: datetime) -> Iterator[Finding]:
    del at
    if not settings.database_file.exists():
        return
    store = open_store(settings.database_file)
    try:
        known = store.read(lambda unit: unit.rows("select id from evidence order by id"))
    finally:
        store.close()
    lost = [name for (name,) in known if not (settings.evidence_folder / name).exists()]
    if lost:
        what = f"{len(lost)} of {len(known)} attached files are not there, such as {lost[0]}."
        mend = f"Put them back into {settings.evidence_folder} from a backup."
        yield Finding("evidence", "fault", what, mend)
        return
    yield Finding("evidence", "well", f"All {len(known)} attached files are there.")


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


def _waiting(settings: Settings, at: datetime) -> Iterator[Finding]:
    """Letters and messages that wait for longer than a worker would let them."""
    if not settings.database_file.exists():
        return
    store = open_store(settings.database_file)
    where = "where state = 'queued' and tries = 0 and reason = '' and next_at <= ?"
    try:
        late = store.read(
            lambda unit: sum(each.count(unit, where, at - _LATE) for each in (OUTBOX, DELIVERIES))
        )
    finally:
        store.close()
    if late:
        what = f"{late} letters or messages to webhooks have waited for more than an hour."
        mend = (
            "Start a worker: riskq serve has one unless --no-worker is given; riskq worker is one."
        )
        yield Finding("worker", "fault", what, mend)
    else:
        yield Finding("worker", "well", "Nothing has waited for a worker for an hour.")


_CHECKS: dict[str, Check] = {
    "settings": _settings,
    "room": _room,
    "database": _database,
    "evidence": _evidence,
    "questionnaires": _questionnaires,
    "seal": _seal,
    "reports": _reports,
    "mail": _mail,
    "worker": _waiting,
}
PARTS = tuple(_CHECKS)
"""What is looked at, in this order."""
