"""Letters: kept until they are sent, sent by a worker, and what became of each."""

from typing import TYPE_CHECKING

from riskq.late import handing_out
from riskq.services.letters.outbox import (
    NewLetter,
    Standing,
    letters_to,
    newest_letters,
    queue_letters,
)
from riskq.services.letters.sealing import Letter

if TYPE_CHECKING:
    from riskq.services.letters.line import SendError, try_line
    from riskq.services.letters.posting import Postman
else:
    # Only workers send letters.
    __getattr__ = handing_out(
        __name__, {"line": ("SendError", "try_line"), "posting": ("Postman",)}
    )

__all__ = [
    "Letter",
    "NewLetter",
    "Postman",
    "SendError",
    "Standing",
    "letters_to",
    "newest_letters",
    "queue_letters",
    "try_line",
]
