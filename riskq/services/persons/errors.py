"""What keeps an account from being deleted."""

from __future__ import annotations

from collections.abc import Sequence

from riskq.errors import RiskqError
from riskq.store import Workspace

__all__ = ["OnlyOwnerError"]


class OnlyOwnerError(RiskqError):
    """A workspace always has an owner; of these, the person is the only one."""

    def __init__(self, workspaces: Sequence[Workspace]) -> None:
        self.workspaces = tuple(workspaces)
        names = ", ".join(f"“{one.name}”" for one in self.workspaces)
        told = f"The person is the only owner of {names}."
        super().__init__(f"{told} Make somebody else one first, or delete the workspace.")
