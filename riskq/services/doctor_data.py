"""Looks over what a deployment keeps: its database, its files, and what waits for a worker."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from riskq.services.encryption import count_keys, key_ring
from riskq.services.finding import Finding
from riskq.settings import Settings
from riskq.store import DELIVERIES, OUTBOX, Unit, copying, moving, open_files, open_store

__all__ = [
    "look_at_database",
    "look_at_evidence",
    "look_at_keys",
    "look_at_room",
    "look_at_waiting",
]

_LITTLE_ROOM, _NO_ROOM = 1_000_000_000, 200_000_000
_AHEAD = timedelta(minutes=5)
_LATE = timedelta(hours=1)


def _is_there(settings: Settings) -> bool:
    """Whether there is a database yet; a server's is made with the first look at it."""
    return settings.is_shared or settings.database_file.exists()


def look_at_room(settings: Settings, at: datetime) -> Iterator[Finding]:
    """How much room there is for what is kept on this machine."""
    del at
    if settings.is_shared:
        return
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


def look_at_database(settings: Settings, at: datetime) -> Iterator[Finding]:
    """Whether the database is whole, how much is in it, and whether clocks agree."""
    return _server(settings, at) if settings.is_shared else _file(settings, at)


def _server(settings: Settings, at: datetime) -> Iterator[Finding]:
    store = open_store(settings.database)
    try:
        store.check()
        number, last = store.read(_count)
    finally:
        store.close()
    yield Finding("database", "well", f"The server reads and writes: {number} assessments.")
    yield _clock(last, at)


def _count(unit: Unit) -> tuple[int, int]:
    """How many assessments there are, and when one was last touched, in milliseconds."""
    (number, last) = unit.rows("select count(*), coalesce(max(touched_at), 0) from assessments")[0]
    return int(number), int(last)


def _file(settings: Settings, at: datetime) -> Iterator[Finding]:
    path = settings.database_file
    if not path.exists():
        mend = "Nothing is to be done: the first start makes it. If there was one, look for it."
        yield Finding("database", "look", f"{path}: there is none yet.", mend)
        return
    yield from _rights(path)
    copying.check_copy(path)
    store = open_store(path)
    try:
        number, last = store.read(_count)
    finally:
        store.close()
    size = path.stat().st_size / 1e6
    yield Finding("database", "well", f"{path}: whole, {number} assessments, {size:.1f} MB.")
    yield _clock(last, at)


def _clock(last: int, at: datetime) -> Finding:
    """Whether anybody saved, by the clock of a machine, at a time that is yet to come."""
    if last > (at + _AHEAD).timestamp() * 1000:
        day = datetime.fromtimestamp(last / 1000, UTC)
        what = f"Somebody saved at {day:%Y-%m-%d %H:%M} UTC, which is yet to come."
        return Finding("clock", "fault", what, "Set the clock of the machine, best by NTP.")
    return Finding("clock", "well", f"It is {at:%Y-%m-%d %H:%M} UTC.")


def _rights(path: Path) -> Iterator[Finding]:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        what = f"{path} can be read by others on this machine."
        yield Finding("rights", "fault", what, f"Run: chmod 600 {path}")


def look_at_keys(settings: Settings, at: datetime) -> Iterator[Finding]:
    """Whether everything is encrypted, under keys that are here."""
    del at
    if not _is_there(settings):
        return
    store = open_store(settings.database)
    try:
        counts = count_keys(store, key_ring(settings.master_keys))
    finally:
        store.close()
    if counts.unknown:
        what = f"Keys of workspaces stand under master keys that are not here: {counts.unknown}."
        mend = "Add them to the file that RISKQ_OLD_MASTER_KEYS_FILE names (docs/encryption.md)."
        yield Finding("keys", "fault", what, mend)
    elif counts.plain:
        what = f"{counts.plain} assessments are not encrypted: they are older than the keys."
        yield Finding("keys", "look", what, "Run riskq keys encrypt; private ones wait for a save.")
    else:
        yield Finding(
            "keys", "well", f"All {counts.private + counts.held} assessments are encrypted."
        )


def look_at_evidence(settings: Settings, at: datetime) -> Iterator[Finding]:
    """Whether every file that a row knows is there."""
    del at
    if not _is_there(settings):
        return
    store, files = open_store(settings.database), open_files(settings.evidence)
    try:
        known = store.read(lambda unit: unit.rows("select id from evidence order by id"))
    finally:
        store.close()
    there = set(files.list(moving.EVER))
    lost = [name for (name,) in known if name not in there]
    if lost:
        what = f"{len(lost)} of {len(known)} attached files are not there, such as {lost[0]}."
        mend = "Put them back from a backup."
        yield Finding("evidence", "fault", what, mend)
        return
    yield Finding("evidence", "well", f"All {len(known)} attached files are there.")


def look_at_waiting(settings: Settings, at: datetime) -> Iterator[Finding]:
    """Letters and messages that wait for longer than a worker would let them."""
    if not _is_there(settings):
        return
    store = open_store(settings.database)
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
