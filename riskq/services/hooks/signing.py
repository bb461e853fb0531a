"""Signs a message as "Standard Webhooks" has it, which libraries of many languages verify.

What is signed is the id of the message, the second at which it is sent, and the body, so that
nobody can forge one, change one, or send an old one again unnoticed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

__all__ = ["secret_of", "sign"]

_MARK = "whsec_"


def secret_of(secret: str, hook: str) -> str:
    """The secret of a hook: it follows from the service's own, so that it is nowhere stored."""
    key = hmac.digest(secret.encode(), f"hook:{hook}".encode(), hashlib.sha256)
    return _MARK + base64.b64encode(key).decode()


def sign(secret: str, message: str, second: int, body: str) -> dict[str, str]:
    """The headers of a message."""
    key = base64.b64decode(secret.removeprefix(_MARK))
    signed = f"{message}.{second}.{body}".encode()
    mark = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return {
        "webhook-id": message,
        "webhook-timestamp": str(second),
        "webhook-signature": f"v1,{mark}",
    }
