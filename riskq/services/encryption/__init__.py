"""Encryption at rest: keys, and what is encrypted by them on its way into the store and back.

The database alone tells nobody what people answered (docs/encryption.md). The store keeps
ciphertexts as it keeps every other text, and no key that would open them.
"""

from typing import TYPE_CHECKING

from riskq.late import handing_out
from riskq.services.encryption import ciphers, libcrypto, texts
from riskq.services.encryption.answers import (
    decrypt_by_code,
    decrypt_detail,
    decrypt_event,
    decrypt_record,
    decrypt_revision,
    decrypt_snapshot,
    encrypt_change,
    encrypt_event,
    encrypt_record,
    encrypt_revision,
    encrypt_value,
)
from riskq.services.encryption.ciphers import UnreadableError, derive
from riskq.services.encryption.client_notes import decrypt_client_note, encrypt_client_note
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
    is_encrypted_file,
)
from riskq.services.encryption.master_keys import NO_KEYS, KeyMissingError, KeyRing, key_ring
from riskq.services.encryption.reviews import (
    decrypt_note,
    decrypt_review,
    decrypt_said,
    encrypt_note,
    encrypt_review,
)
from riskq.services.encryption.texts import is_encrypted
from riskq.services.encryption.waiting import decrypt, encrypt
from riskq.services.encryption.workspace_keys import workspace_key

if TYPE_CHECKING:
    from riskq.services.encryption.bundles import (
        decrypt_report,
        decrypt_work,
        encrypt_items,
        encrypt_report,
    )
    from riskq.services.encryption.rotating import (
        KeyCounts,
        Rotated,
        count_keys,
        rotate_master,
        rotate_workspaces,
    )
else:
    # Few pages need these, and no page worker is to carry them from its start.
    __getattr__ = handing_out(
        __name__,
        {
            "bundles": ("decrypt_report", "decrypt_work", "encrypt_items", "encrypt_report"),
            "rotating": (
                "KeyCounts",
                "Rotated",
                "count_keys",
                "rotate_master",
                "rotate_workspaces",
            ),
        },
    )

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
    "decrypt_client_note",
    "decrypt_detail",
    "decrypt_event",
    "decrypt_file",
    "decrypt_file_row",
    "decrypt_note",
    "decrypt_record",
    "decrypt_report",
    "decrypt_review",
    "decrypt_revision",
    "decrypt_said",
    "decrypt_snapshot",
    "decrypt_work",
    "derive",
    "encrypt",
    "encrypt_change",
    "encrypt_client_note",
    "encrypt_event",
    "encrypt_file",
    "encrypt_file_row",
    "encrypt_items",
    "encrypt_name",
    "encrypt_note",
    "encrypt_record",
    "encrypt_report",
    "encrypt_review",
    "encrypt_revision",
    "encrypt_value",
    "is_encrypted",
    "is_encrypted_file",
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
