"""The master key under which tests keep what belongs to workspaces."""

from riskq.services import key_ring

__all__ = ["KEYS", "MASTER"]

MASTER = "m" * 48
KEYS = key_ring([MASTER])
