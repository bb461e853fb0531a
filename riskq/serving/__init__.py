"""How requests come to the pages: the server, its socket, and whose turn it is.

What the pages are is not known here: a WSGI application answers.
"""

from typing import TYPE_CHECKING

from riskq.late import handing_out
from riskq.serving.told import BODY_FAULT, GIVE_WAY

if TYPE_CHECKING:
    from riskq.serving.gateway import Gateway
    from riskq.serving.page_server import NoAdvice, PageServer, take_socket

__getattr__ = handing_out(
    "riskq.serving",
    {"gateway": ("Gateway",), "page_server": ("NoAdvice", "PageServer", "take_socket")},
)

__all__ = ["BODY_FAULT", "GIVE_WAY", "Gateway", "NoAdvice", "PageServer", "take_socket"]
