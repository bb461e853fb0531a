"""Webhooks: addresses that are told, signed, of what happens in a workspace."""

from typing import TYPE_CHECKING

from riskq.late import handing_out
from riskq.services.hooks.errors import HookError
from riskq.services.hooks.keeping import (
    MOST_HOOKS,
    add_hook,
    hook_secret,
    list_hooks,
    newest_deliveries,
    remove_hook,
    send_again,
    send_trial,
)

if TYPE_CHECKING:
    from riskq.services.hooks.carrying import Courier
else:
    # Only workers carry messages.
    __getattr__ = handing_out(__name__, {"carrying": ("Courier",)})

__all__ = [
    "MOST_HOOKS",
    "Courier",
    "HookError",
    "add_hook",
    "hook_secret",
    "list_hooks",
    "newest_deliveries",
    "remove_hook",
    "send_again",
    "send_trial",
]
