"""The file in which one process keeps its figures, where whoever is scraped finds those of all.

Each process writes into memory that is a file too, so that counting needs no system call, and what
a process that was killed had counted stays. Its file, which the kernel lets go of with it, is gone
on with by the next one: sums never fall.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from riskq.metrics.families import FAMILIES, NOT_COUNTED, Family

__all__ = ["FileOfFigures", "is_kept", "records_of"]

_SIZE = 128 * 1024
_MOST_PROCESSES = 256
_HEAD = struct.Struct("<8sQ")
"""What the file is, and how many of its bytes are used."""

_RECORD = struct.Struct("<HH4x")
"""How long the key is, and how many numbers follow it."""

_MARK = b"rskq" + struct.pack("<I", crc32(repr(FAMILIES).encode()))
"""A file that a release with other figures wrote is no file of ours."""

_SEPARATOR = "\x00"


class FileOfFigures:
    """The file that this process alone writes. Its caller sees to it that one thread does so."""

    def __init__(self, folder: Path) -> None:
        """Take the first file that nobody keeps. Raises ``OSError``."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = _take_one(folder)
        self.memory = mmap.mmap(self._file, _SIZE)
        mark, self._used = _HEAD.unpack_from(self.memory)
        if mark != _MARK:
            self._used = _HEAD.size
            _HEAD.pack_into(self.memory, 0, _MARK, self._used)
        self.numbers = memoryview(self.memory).cast("d")
        self._head = memoryview(self.memory).cast("Q")
        self._places = {key: at for key, at, _ in _walk(self.memory, self._used)}
        self.dropped = self.place(NOT_COUNTED, ())

    def place(self, family: Family, labels: tuple[str, ...]) -> int | None:
        """The index of the first of its numbers; None if there is no room for them."""
        key = (family.name, *labels)
        found = self._places.get(key)
        return self._make_place(family, key) if found is None else found

    def add(self, family: Family, labels: tuple[str, ...], amount: float) -> None:
        """Let a counter grow."""
        at = self.place(family, labels)
        at = self.dropped if at is None else at
        if at is not None:
            self.numbers[at] += amount

    def put(self, family: Family, labels: tuple[str, ...], value: float) -> None:
        """Set a gauge."""
        at = self.place(family, labels)
        if at is not None:
            self.numbers[at] = value

    def observe(self, family: Family, labels: tuple[str, ...], seconds: float) -> None:
        """Put a duration into a histogram: the sum of all stands before the buckets."""
        at = self.place(family, labels)
        if at is not None:
            self.numbers[at] += seconds
            self.numbers[at + 1 + bisect_left(family.bounds, seconds)] += 1

    def let_go(self) -> None:
        """Leave the file to whoever comes next. A forked child does it with its parent's."""
        # Another thread may hold some of it just as the process forks, and does so for good then.
        with suppress(BufferError):
            self.numbers.release()
            self._head.release()
            self.memory.close()
        os.close(self._file)

    def _make_place(self, family: Family, key: tuple[str, ...]) -> int | None:
        name = _SEPARATOR.join(key).encode()
        count: int = len(family.bounds) + 2 if family.bounds else 1
        at: int = self._used + _RECORD.size + -(-len(name) // 8) * 8
        end: int = at + 8 * count
        if end > _SIZE:
            return None
        _RECORD.pack_into(self.memory, self._used, len(name), count)
        self.memory[self._used + _RECORD.size : at] = name.ljust(at - self._used - _RECORD.size)
        self.memory[at:end] = bytes(8 * count)
        # Only now does it count: whoever is killed before has written nothing.
        self._used = end
        self._head[1] = end
        self._places[key] = at // 8
        return at // 8


def _take_one(folder: Path) -> int:
    for number in range(_MOST_PROCESSES):
        file = os.open(folder / f"{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            # The kernel ends this hold with the process, however that ends.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Memory of a file with holes would kill the process on a full disk.
            os.ftruncate(file, _SIZE)
            os.posix_fallocate(file, 0, _SIZE)
        except BlockingIOError:
            os.close(file)
        except BaseException:
            os.close(file)
            raise
        else:
            return file
    raise OSError(f"{folder}: {_MOST_PROCESSES} processes count there already.")


def is_kept(path: Path) -> bool:
    """Whether a process that lives keeps this file."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def records_of(path: Path) -> Iterator[tuple[tuple[str, ...], tuple[float, ...]]]:
    """Every key of a file, with its numbers as they are; nothing of a file that is not ours."""
    data = path.read_bytes()
    if len(data) != _SIZE:
        return
    mark, used = _HEAD.unpack_from(data)
    if mark == _MARK:
        for key, at, count in _walk(data, used):
            yield key, struct.unpack_from(f"<{count}d", data, 8 * at)


def _walk(data: bytes | mmap.mmap, used: int) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Each key, the index of its first number, and how many it has."""
    start = _HEAD.size
    while start < min(used, _SIZE):
        length, count = _RECORD.unpack_from(data, start)
        name = start + _RECORD.size
        at = name + -(-length // 8) * 8
        yield tuple(bytes(data[name : name + length]).decode().split(_SEPARATOR)), at // 8, count
        start = at + 8 * count
