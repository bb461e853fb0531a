"""Clients of a workspace: those for whom its members assess."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from riskq.services.desk import Desk
from riskq.services.encryption import decrypt_client_note, encrypt_client_note, workspace_key
from riskq.services.unguessable import new_id
from riskq.services.workspaces.errors import (
    ChangedElsewhereError,
    ClientExistsError,
    NoClientError,
    TooManyClientsError,
)
from riskq.services.workspaces.seats import Seat, record
from riskq.store import CLIENTS, Client, ListedClient, Taken, Unit, fold, list_clients

__all__ = [
    "MOST_CLIENTS",
    "ClientFacts",
    "add_client",
    "change_client",
    "client_in",
    "clients_of",
    "facts_of",
    "find_client",
    "remove_client",
]

MOST_CLIENTS = 1000
"""How many clients a workspace can have: one list holds them all."""


class ClientFacts(Struct, frozen=True):
    """What members write about a client; the note is for them alone."""

    name: str
    note: str

    @property
    def digest(self) -> str:
        """By which it shows whether somebody else has changed them meanwhile."""
        told = json.dumps([self.name, self.note])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def facts_of(client: Client) -> ClientFacts:
    """What is written about a client."""
    return ClientFacts(client.name, client.note)


def clients_of(desk: Desk, seat: Seat) -> Sequence[ListedClient]:
    """The clients of the workspace by their names."""
    return desk.store.read(lambda unit: list_clients(unit, seat.workspace.id))


def find_client(desk: Desk, seat: Seat, client: str) -> Client:
    """One client; raises ``NoClientError``."""
    return desk.store.read(lambda unit: _with_note(desk, unit, client_in(unit, seat, client)))


def _with_note(desk: Desk, unit: Unit, stored: Client) -> Client:
    """A client with the note as it was written."""
    return replace(stored, note=decrypt_client_note(unit, desk.keys, stored))


def client_in(unit: Unit, seat: Seat, client: str) -> Client:
    """The same inside of a unit of work, with the note as it is stored."""
    found = CLIENTS.one(unit, "where id = ? and workspace = ?", client, seat.workspace.id)
    if found is None:
        raise NoClientError("The workspace has no such client.")
    return found


def add_client(desk: Desk, seat: Seat, name: str) -> Client:
    """Write down a new client; raises ``ClientExistsError`` and ``TooManyClientsError``."""
    now, name = desk.clock(), name.strip()
    client = Client(new_id(), seat.workspace.id, name, fold(name), "", now)

    def change(unit: Unit) -> None:
        if CLIENTS.count(unit, "where workspace = ?", seat.workspace.id) >= MOST_CLIENTS:
            raise TooManyClientsError(f"A workspace has at most {MOST_CLIENTS} clients.")
        record(unit, seat, now, "client-added", client.id, title=name)
        CLIENTS.add(unit, client)

    _unless_taken(desk, change)
    return client


def change_client(desk: Desk, seat: Seat, client: str, facts: ClientFacts, seen: str) -> None:
    """Write otherwise about a client, over what the person saw: ``seen`` is its digest.

    The history tells that a note was changed, and not what is in it. Raises ``NoClientError``,
    ``ClientExistsError`` and ``ChangedElsewhereError``.
    """
    find_client(desk, seat, client)
    facts = replace(facts, name=facts.name.strip(), note=facts.note.strip())

    def change(unit: Unit) -> None:
        old, now = _with_note(desk, unit, client_in(unit, seat, client)), desk.clock()
        if facts_of(old).digest not in (seen, facts.digest):
            raise ChangedElsewhereError("Somebody has changed the client meanwhile.")
        columns: dict[str, object] = {
            "name": facts.name,
            "found_by": fold(facts.name),
            "note": _stored_note(desk, unit, seat, client, facts.note),
        }
        CLIENTS.change(unit, columns, "where id = ?", client)
        if old.name != facts.name:
            record(unit, seat, now, "client-renamed", client, old=old.name, new=facts.name)
        if old.note != facts.note:
            record(unit, seat, now, "client-note", client, title=facts.name)

    # A note that is replaced is to vanish from the files too.
    _unless_taken(desk, change, erases=True)


def _stored_note(desk: Desk, unit: Unit, seat: Seat, client: str, note: str) -> str:
    if not note:
        return note
    key = workspace_key(unit, desk.keys, seat.workspace.id, desk.clock())
    return encrypt_client_note(key, client, note)


def _unless_taken(desk: Desk, change: Callable[[Unit], None], *, erases: bool = False) -> None:
    try:
        desk.store.change(change, erases=erases)
    except Taken as error:
        raise ClientExistsError("The workspace has a client of this name.") from error


def remove_client(desk: Desk, seat: Seat, client: str) -> None:
    """Remove a client with the note; its assessments stay, without one.

    Raises ``NoClientError``.
    """
    # A change that erases rewrites the files, which nobody without the client may bring about.
    find_client(desk, seat, client)

    def change(unit: Unit) -> None:
        old = client_in(unit, seat, client)
        CLIENTS.remove(unit, "where id = ?", client)
        record(unit, seat, desk.clock(), "client-removed", client, title=old.name)

    desk.store.change(change, erases=True)
