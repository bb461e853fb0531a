"""Encryption at rest: keys, and what is encrypted by them on its way into the store and back.

The database alone tells nobody what people answered (docs/encryption.md). The store keeps
ciphertexts as it keeps every other text, and no key that would open them.
"""

from riskq.services.encryption import ciphers, libcrypto, texts
from riskq.services.encryption.answers import (
    decrypt_by_code,
    decrypt_detail,
    decrypt_record,
    decrypt_revision,
    decrypt_snapshot,
    encrypt_change,
    encrypt_record,
    encrypt_revision,
)
from riskq.services.encryption.ciphers import UnreadableError
from riskq.services.encryption.data_keys import (
    DataKey,
    key_by_link,
    key_for_link,
    key_for_workspace,
    key_in,
    workspace_key_of,
)
from riskq.services.encryption.files import (
    PIECE,
    decrypt_file,
    decrypt_file_row,
    encrypt_file,
    encrypt_file_row,
    encrypt_name,
)
from riskq.services.encryption.master_keys import NO_KEYS, KeyMissingError, KeyRing, key_ring
from riskq.services.encryption.rotating import (
    KeyCounts,
    Rotated,
    count_keys,
    rotate_master,
    rotate_workspaces,
)
from riskq.services.encryption.waiting import decrypt, encrypt
from riskq.services.encryption.workspace_keys import workspace_key

__all__ = [
    "NO_KEYS",
    "PIECE",
    "DataKey",
    "KeyCounts",
    "KeyMissingError",
    "KeyRing",
    "Rotated",
    "UnreadableError",
    "ciphers",
    "count_keys",
    "decrypt",
    "decrypt_by_code",
    "decrypt_detail",
    "decrypt_file",
    "decrypt_file_row",
    "decrypt_record",
    "decrypt_revision",
    "decrypt_snapshot",
    "encrypt",
    "encrypt_change",
    "encrypt_file",
    "encrypt_file_row",
    "encrypt_name",
    "encrypt_record",
    "encrypt_revision",
    "key_by_link",
    "key_for_link",
    "key_for_workspace",
    "key_in",
    "key_ring",
    "libcrypto",
    "rotate_master",
    "rotate_workspaces",
    "texts",
    "workspace_key",
    "workspace_key_of",
]
