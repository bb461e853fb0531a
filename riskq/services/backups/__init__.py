"""Backups, and the move into another database: what people gave the service, whole and compared."""

from riskq.services.backups.making import back_up
from riskq.services.backups.moving import migrate
from riskq.services.backups.parts import Backup, BackupError, Kept, KeptOnServer
from riskq.services.backups.restoring import check_backup, restore_backup

__all__ = [
    "Backup",
    "BackupError",
    "Kept",
    "KeptOnServer",
    "back_up",
    "check_backup",
    "migrate",
    "restore_backup",
]
