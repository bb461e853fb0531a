"""Which database an address means. An operator writes the address; nobody else chooses."""

from __future__ import annotations

from pathlib import Path

from riskq.store.connections import Place
from riskq.store.protocol import Store
from riskq.store.sqlite import SqliteStore

__all__ = ["open_store"]

_SQLITE = "sqlite:///"


def open_store(
    url_or_path: str | Path, *, patience: float = 5.0, max_bytes: int | None = None
) -> Store:
    """Open the store at a path, or at ``sqlite:///relative`` or ``sqlite:////absolute``.

    A file that is missing is made, its folder is not; an older schema is brought up to date.
    ``patience``: for how many seconds to wait for other processes before "locked" is told.
    ``max_bytes``: the size at which the file counts as full.
    Raises ``StoreUnavailable``, or ``ValueError`` for an address that means no store.
    """
    path = Path(str(url_or_path).removeprefix(_SQLITE))
    if "://" in str(path) or ":/" in str(path) or str(url_or_path) in {"", ":memory:", _SQLITE}:
        raise ValueError(
            f'"{url_or_path}" is no address of a store.'
            f' Write the path of a file, or "{_SQLITE}" and the path.'
        )
    return SqliteStore(Place(path.absolute(), patience, max_bytes))
