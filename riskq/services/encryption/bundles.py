"""What bundles keep for some days, under a key that follows from the master key.

A worker makes the reports with nobody there, so that no link could open what it reads.
"""

from __future__ import annotations

from msgspec.structs import replace

from riskq.services.encryption.ciphers import decrypt_at, derive, encrypt_at
from riskq.services.encryption.master_keys import KeyRing, MasterKey
from riskq.services.encryption.texts import decrypt_text, encrypt_text, is_encrypted
from riskq.store import NewItem, Work

__all__ = ["decrypt_report", "decrypt_work", "encrypt_items", "encrypt_report"]

_MARK = b"\x1a"
"""Begins no PDF."""

_NAME_BYTES = 16
_STEP = 4096


def encrypt_items(ring: KeyRing, bundle: str, items: tuple[NewItem, ...]) -> tuple[NewItem, ...]:
    """New items as they are stored, numbered from 1; as they are without a master key."""
    if not ring.masters:
        return items
    master = ring.newest
    key = _key(master)

    def kept(number: int, item: NewItem) -> NewItem:
        if item.answers is None:
            return item
        place = ("item", bundle, str(number))
        return replace(
            item, answers=f"{encrypt_text(place, key, item.answers, _STEP)}.{master.name}"
        )

    return tuple(kept(number, item) for number, item in enumerate(items, 1))


def decrypt_work(ring: KeyRing, work: Work) -> Work:
    """What is to be made; raises ``UnreadableError``."""
    if not is_encrypted(work.answers):
        return work
    text, _, name = work.answers.rpartition(".")
    place = ("item", work.bundle, str(work.number))
    return replace(work, answers=decrypt_text(place, _key(ring.find(name)), text))


def encrypt_report(ring: KeyRing, work: Work, pdf: bytes) -> bytes:
    """A report as it is stored; as it is without a master key."""
    if not ring.masters:
        return pdf
    master = ring.newest
    place = ("report", work.bundle, str(work.number))
    return _MARK + master.name.encode() + encrypt_at(place, _key(master), pdf)


def decrypt_report(ring: KeyRing, bundle: str, number: int, stored: bytes) -> bytes:
    """A report; raises ``UnreadableError``."""
    if not stored.startswith(_MARK):
        return stored
    name, sealed = stored[1 : 1 + _NAME_BYTES], stored[1 + _NAME_BYTES :]
    key = _key(ring.find(name.decode("ascii", "replace")))
    return decrypt_at(("report", bundle, str(number)), key, sealed)


def _key(master: MasterKey) -> bytes:
    return derive(master.secret, "bundles")
