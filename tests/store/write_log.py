"""What a process writes to a database, in its order, and the disk that a power cut would leave.

strace tells each write and each flush. Only what was flushed is sure to be on a disk; of what was
written after that, any part may be, in any order, and a part of a write too.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Change", "Disk", "Flush", "Line", "events_of"]

SECTOR = 512
_CALLS = "pwrite64,write,fdatasync,fsync,ftruncate"
_WATCH = ("strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "70000")
_CALL = re.compile(rb"(?P<who>\d+) +(?P<call>\w+)\((?P<number>\d+)<(?P<path>[^>]*)>(?P<rest>.*)")
_RESUMED = re.compile(rb"(?P<who>\d+) +<\.\.\. f(?:data)?sync resumed>")
_TEXT = re.compile(rb'^, "(?P<text>[^"]*)"(?P<rest>.*)')


@dataclass(frozen=True)
class Change:
    """Bytes written at a place of a file, or with no bytes its new size."""

    name: str
    place: int
    data: bytes | None


@dataclass(frozen=True)
class Flush:
    """All that was written to a file is on the disk now."""

    name: str


@dataclass(frozen=True)
class Line:
    """Something that was told by the process."""

    text: str


Event = Change | Flush | Line


def events_of(command: Sequence[str], folder: Path, log: Path) -> Iterator[Event]:
    """Run a process to its end, and tell what it did to the files of a folder."""
    watch = (*_WATCH, "-e", f"trace={_CALLS}", "-o", str(log))
    subprocess.run([*watch, *command], check=True, stdout=subprocess.PIPE)
    under_way: dict[bytes, Flush] = {}
    with log.open("rb") as lines:
        for line in lines:
            if resumed := _RESUMED.match(line):
                if flush := under_way.pop(resumed["who"], None):
                    yield flush
            elif called := _CALL.match(line):
                event = _event(called, folder)
                if isinstance(event, Flush) and b"<unfinished" in called["rest"]:
                    # It counts when it has ended; a write may be on the disk once it has begun.
                    under_way[called["who"]] = event
                elif event:
                    yield event


def _event(called: re.Match[bytes], folder: Path) -> Event | None:
    path, rest = Path(_plain(called["path"]).decode()), called["rest"]
    if called["call"] == b"write":
        text = _TEXT.match(rest)
        assert text
        return Line(_plain(text["text"]).decode()) if called["number"] == b"1" else None
    if path.parent != folder or path.name.endswith("-shm"):
        return None
    if called["call"] == b"pwrite64":
        text = _TEXT.match(rest)
        assert text
        length, place = re.findall(rb"\d+", text["rest"])[:2]
        data = _plain(text["text"])
        assert len(data) == int(length)
        return Change(path.name, int(place), data)
    if called["call"] == b"ftruncate":
        return Change(path.name, int(re.findall(rb"\d+", rest)[0]), None)
    return Flush(path.name)


def _plain(hexadecimal: bytes) -> bytes:
    return bytes.fromhex(hexadecimal.decode().replace("\\x", ""))


@dataclass
class Disk:
    """The files of a folder: what is on the disk for sure, and what is only written."""

    files: dict[str, bytearray]
    written: list[Change] = field(default_factory=list)

    def take(self, event: Change | Flush) -> None:
        """Let something happen to a file."""
        if isinstance(event, Change):
            self.written.append(event)
            return
        for change in self.written:
            if change.name == event.name:
                _apply(self.files, change)
        self.written = [change for change in self.written if change.name != event.name]

    def after_a_cut(self, rng: random.Random) -> dict[str, bytearray]:
        """The files as a power cut may leave them now."""
        files = {name: bytearray(data) for name, data in self.files.items()}
        share = rng.choice([0, 0.5, 0.9, 1])
        for change in self.written:
            if rng.random() < share:
                _apply(files, _torn(change, rng) if rng.random() < 0.1 else change)
        return files


def _torn(change: Change, rng: random.Random) -> Change:
    """A part of a write, in whole sectors."""
    if change.data is None:
        return change
    sectors = rng.randint(0, len(change.data) // SECTOR)
    return Change(change.name, change.place, change.data[: sectors * SECTOR])


def _apply(files: dict[str, bytearray], change: Change) -> None:
    file = files.setdefault(change.name, bytearray())
    if change.data is None:
        del file[change.place :]
        file.extend(bytes(change.place - len(file)))
        return
    file.extend(bytes(max(0, change.place - len(file))))
    file[change.place : change.place + len(change.data)] = change.data
