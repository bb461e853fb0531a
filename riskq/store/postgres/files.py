"""Files that people attached, in the database: where there is one, machines share no folder.

A file lies there in pieces, so that no machine has to hold it whole for the server.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from riskq.store.errors import NoSuchFile
from riskq.store.files import FILE_NAME
from riskq.store.postgres.database import Database, Share
from riskq.store.postgres.unit import Connection

__all__ = ["PostgresFiles"]

_PIECE = 256 * 1024
_IN_MEMORY = 1024 * 1024


class PostgresFiles:
    """``FileStore`` in the database; the protocol documents the methods."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Keep a new file, whole or not at all."""
        _refuse_others(name)

        def put(connection: Connection) -> None:
            now = int(time.time() * 1000)
            connection.execute("insert into stored_files values (%s, %s)", (name, now))
            sql = "insert into stored_pieces values (%s, %s, %s)"
            for number, piece in enumerate(_in_pieces(pieces)):
                connection.execute(sql, (name, number, piece))

        self._database.transact(put, Share.APART)

    def open(self, name: str) -> BinaryIO:
        """Open a copy of a file for reading."""
        _refuse_others(name)
        file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - The caller closes it.

        def copy(connection: Connection) -> bool:
            found = connection.execute("select 1 from stored_files where name = %s", (name,))
            if found.fetchone() is None:
                return False
            number = 0
            sql = "select piece from stored_pieces where name = %s and number = %s"
            while row := connection.execute(sql, (name, number)).fetchone():
                file.write(row[0])
                number += 1
            return True

        if not self._database.transact(copy, Share.SNAPSHOT):
            file.close()
            raise NoSuchFile(name)
        file.seek(0)
        return cast("BinaryIO", file)

    def remove(self, name: str) -> None:
        """Remove a file."""
        sql = "delete from stored_files where name = %s"
        self._database.transact(lambda one: one.execute(sql, (name,)), Share.APART)

    def list(self, older_than: timedelta) -> Iterator[str]:
        """The names of files that were put longer ago; there are no unfinished ones."""
        latest = int((time.time() - older_than.total_seconds()) * 1000)
        sql = "select name from stored_files where put_at < %s order by name"
        rows = self._database.look(lambda one: one.execute(sql, (latest,)).fetchall())
        return (name for (name,) in rows)


def _refuse_others(name: str) -> None:
    if not FILE_NAME.fullmatch(name):
        raise NoSuchFile(name)


def _in_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, in pieces of one size."""
    held = io.BytesIO()
    for piece in pieces:
        held.write(piece)
        while held.tell() >= _PIECE:
            whole = held.getvalue()
            yield whole[:_PIECE]
            held = io.BytesIO()
            held.write(whole[_PIECE:])
    if held.tell():
        yield held.getvalue()
