"""AES-256-GCM by the libcrypto that Python's own hashes come from, which every process has loaded.

A library of its own would cost each page worker eight megabytes (docs/adr/0045). Nothing is done
here but calling OpenSSL's EVP interface, step by step, and looking at what each step says.
"""

from __future__ import annotations

import _hashlib
import ctypes
from ctypes import POINTER, Array, byref, c_char, c_char_p, c_int, c_void_p, string_at
from functools import cache
from typing import Any

__all__ = ["TAG", "decrypt", "encrypt", "is_there"]

TAG = 16
"""How many bytes the mark has by which a change is noticed."""

_GET_TAG, _SET_TAG = 0x10, 0x11
_INIT = [c_void_p, c_void_p, c_void_p, c_char_p, c_char_p]
_UPDATE = [c_void_p, c_char_p, POINTER(c_int), c_char_p, c_int]
_FINISH = [c_void_p, c_char_p, POINTER(c_int)]
_STEPS: dict[str, tuple[Any, list[Any]]] = {
    "EVP_CIPHER_CTX_new": (c_void_p, []),
    "EVP_CIPHER_CTX_free": (None, [c_void_p]),
    "EVP_CIPHER_CTX_ctrl": (c_int, [c_void_p, c_int, c_int, c_char_p]),
    "EVP_aes_256_gcm": (c_void_p, []),
    "EVP_EncryptInit_ex": (c_int, _INIT),
    "EVP_EncryptUpdate": (c_int, _UPDATE),
    "EVP_EncryptFinal_ex": (c_int, _FINISH),
    "EVP_DecryptInit_ex": (c_int, _INIT),
    "EVP_DecryptUpdate": (c_int, _UPDATE),
    "EVP_DecryptFinal_ex": (c_int, _FINISH),
}


def _load() -> Any:
    """The library, or None where Python was built without one that can be reached."""
    file = getattr(_hashlib, "__file__", None)
    if file is None:
        return None
    try:
        # Looks through what the module was linked to; the steps are too quick to let others run.
        found = ctypes.PyDLL(file)
        for name, (gives, takes) in _STEPS.items():
            step = getattr(found, name)
            step.restype, step.argtypes = gives, takes
    except (AttributeError, OSError):
        return None
    return found


_LIBRARY = _load()


def is_there() -> bool:
    """Whether this process can encrypt by that library."""
    return _LIBRARY is not None


class _Context:
    """What OpenSSL keeps while it works on one text; freed whatever happens."""

    def __enter__(self) -> int:
        self._at = _LIBRARY.EVP_CIPHER_CTX_new()
        if not self._at:
            raise MemoryError("OpenSSL has no room.")
        return int(self._at)

    def __exit__(self, *_: object) -> None:
        _LIBRARY.EVP_CIPHER_CTX_free(self._at)


def _done(*results: int) -> None:
    if any(result != 1 for result in results):
        raise ValueError("OpenSSL did not do it.")


def encrypt(key: bytes, nonce: bytes, content: bytes, about: bytes) -> bytes:
    """The content encrypted, with the mark behind it; ``key`` has 32 bytes, ``nonce`` 12."""
    _refuse_odd(key, nonce)
    out, mark, count = _room(len(content)), _room(TAG), c_int(0)
    with _Context() as at:
        _done(
            _LIBRARY.EVP_EncryptInit_ex(at, _LIBRARY.EVP_aes_256_gcm(), None, key, nonce),
            _LIBRARY.EVP_EncryptUpdate(at, None, byref(count), about, len(about)),
            _LIBRARY.EVP_EncryptUpdate(at, out, byref(count), content, len(content)),
        )
        written = count.value
        _done(
            _LIBRARY.EVP_EncryptFinal_ex(at, mark, byref(count)),
            _LIBRARY.EVP_CIPHER_CTX_ctrl(at, _GET_TAG, TAG, mark),
        )
    if written != len(content):
        raise ValueError("OpenSSL did not encrypt all of it.")
    return string_at(out, written) + string_at(mark, TAG)


def decrypt(key: bytes, nonce: bytes, sealed: bytes, about: bytes) -> bytes:
    """What was encrypted; raises ``ValueError`` if anything of it is not as it was."""
    _refuse_odd(key, nonce)
    content, mark = sealed[:-TAG], sealed[-TAG:]
    if len(mark) != TAG:
        raise ValueError("It is too short.")
    out, count = _room(len(content) + TAG), c_int(0)
    with _Context() as at:
        _done(
            _LIBRARY.EVP_DecryptInit_ex(at, _LIBRARY.EVP_aes_256_gcm(), None, key, nonce),
            _LIBRARY.EVP_DecryptUpdate(at, None, byref(count), about, len(about)),
            _LIBRARY.EVP_DecryptUpdate(at, out, byref(count), content, len(content)),
        )
        written = count.value
        # Nothing is given before this has said that the mark is right.
        _done(
            _LIBRARY.EVP_CIPHER_CTX_ctrl(at, _SET_TAG, TAG, mark),
            _LIBRARY.EVP_DecryptFinal_ex(at, _room(TAG), byref(count)),
        )
    if written != len(content):
        raise ValueError("OpenSSL did not decrypt all of it.")
    return string_at(out, written)


def _room(least: int) -> Any:
    """Room for at least so many bytes; of few sizes, since ctypes makes a class of each."""
    return _room_of(max(64, 1 << (least - 1).bit_length()))()


@cache
def _room_of(size: int) -> type[Array[c_char]]:
    return c_char * size


def _refuse_odd(key: bytes, nonce: bytes) -> None:
    if len(key) != 32 or len(nonce) != 12:
        raise ValueError("A key has 32 bytes, and a nonce 12.")
