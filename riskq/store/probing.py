"""Whether a database of another part, such as the queue's, can be read and written."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from riskq.store.connections import Place, begin, connect_writer, probe_writing
from riskq.store.faults import FAULTS, unavailable

__all__ = ["probe"]


def probe(path: Path, *, patience: float = 1.0) -> None:
    """Read and write for trial; raises ``StoreUnavailable`` with the reason if it fails.

    Of a file that is yet to be made, its folder is looked at.
    """
    if not path.exists() and os.access(path.parent, os.W_OK):
        return
    try:
        with closing(connect_writer(Place(path.absolute(), patience, None))) as connection:
            begin(connection, patience)
            probe_writing(connection)
            connection.execute("commit")
    except FAULTS as error:
        raise unavailable(path, error) from error
