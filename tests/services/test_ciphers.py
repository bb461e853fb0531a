"""The cipher that everything encrypted stands on: as published, and the same by both libraries."""

from __future__ import annotations

import secrets

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from riskq.services.encryption import UnreadableError, ciphers, libcrypto, texts

KEY = bytes(range(32))
PLACE = ("answer", "abc", "name", "1")


def test_the_cipher_gives_what_its_authors_published() -> None:
    # McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 13, 14 and 16.
    zeros, nonce = bytes(32), bytes(12)
    assert libcrypto.encrypt(zeros, nonce, b"", b"").hex() == "530f8afbc74536b9a963b4f1c4cb738b"
    assert libcrypto.encrypt(zeros, nonce, bytes(16), b"").hex() == (
        "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    )
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    content = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    about = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = libcrypto.encrypt(key, bytes.fromhex("cafebabefacedbaddecaf888"), content, about)
    assert sealed[-16:].hex() == "76fc6ece0f4e1768cddf8853bb2d551b"


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_both_libraries_read_one_another(content: bytes, about: bytes) -> None:
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
    ours, theirs = libcrypto.encrypt(key, nonce, content, about), AESGCM(key)
    assert ours == theirs.encrypt(nonce, content, about)
    assert libcrypto.decrypt(key, nonce, ours, about) == content


@given(st.binary(min_size=1, max_size=60), st.data())
def test_nothing_opens_that_was_changed(content: bytes, data: st.DataObject) -> None:
    sealed = bytearray(ciphers.encrypt_at(PLACE, KEY, content))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(UnreadableError):
        ciphers.decrypt_at(PLACE, KEY, bytes(sealed))


@pytest.mark.parametrize("short", [b"", b"1", bytes(12), bytes(27)])
def test_nothing_opens_that_was_cut(short: bytes) -> None:
    with pytest.raises(UnreadableError):
        ciphers.decrypt_at(PLACE, KEY, short)


def test_no_other_place_and_no_other_key_opens_it() -> None:
    sealed = ciphers.encrypt_at(PLACE, KEY, b"yes")
    for place in (("answer", "abc", "name", "2"), ("answer", "abcname", "", "1"), PLACE[:3]):
        with pytest.raises(UnreadableError):
            ciphers.decrypt_at(place, KEY, sealed)
    with pytest.raises(UnreadableError):
        ciphers.decrypt_at(PLACE, bytes(32), sealed)


def test_without_the_loaded_library_the_other_one_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = ciphers.encrypt_at(PLACE, KEY, b"yes")
    monkeypatch.setattr(libcrypto, "_LIBRARY", None)
    assert ciphers.decrypt_at(PLACE, KEY, ours) == b"yes"
    theirs = ciphers.encrypt_at(PLACE, KEY, b"no")
    with pytest.raises(UnreadableError):
        ciphers.decrypt_at(PLACE, KEY, ours[:-1])
    monkeypatch.undo()
    assert ciphers.decrypt_at(PLACE, KEY, theirs) == b"no"


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        libcrypto.encrypt(KEY[:16], bytes(12), b"", b"")


@given(st.binary(min_size=16, max_size=64), st.text(max_size=20))
def test_keys_follow_as_the_standard_says(secret: bytes, purpose: str) -> None:
    info = f"riskq {purpose}".encode()
    assert ciphers.derive(secret, purpose) == HKDF(hashes.SHA256(), 32, None, info).derive(secret)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back(text: str) -> None:
    stored = texts.encrypt_text(PLACE, KEY, text)
    assert texts.is_encrypted(stored)
    assert texts.decrypt_text(PLACE, KEY, stored) == text


def test_short_texts_are_not_told_apart_by_their_length() -> None:
    lengths = {len(texts.encrypt_text(PLACE, KEY, "x" * length)) for length in range(60)}
    assert len(lengths) == 1


@pytest.mark.parametrize("stored", ["", '"yes"', "\x1a1.", "\x1a1.!!!", "\x1a1.AAAA"])
def test_no_other_text_is_taken_for_an_encrypted_one(stored: str) -> None:
    with pytest.raises(UnreadableError):
        texts.decrypt_text(PLACE, KEY, stored)
