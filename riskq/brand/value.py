"""What a brand is: values that were checked before anybody could make one."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from riskq.errors import Problem, ProblemsError

__all__ = ["NO_BRAND", "Brand", "BrandError", "Logo", "LogoType", "refuse"]

LogoType = Literal["image/png", "image/svg+xml"]


class BrandError(ProblemsError):
    """A part of a brand cannot be used; ``problems`` names every fault."""


class Logo(Struct, frozen=True):
    """A picture that was cleaned: its type, its bytes, and how wide it is for its height."""

    type: LogoType
    body: bytes
    ratio: float

    @property
    def suffix(self) -> str:
        """How the name of its file ends."""
        return ".png" if self.type == "image/png" else ".svg"


class Brand(Struct, frozen=True):
    """Who offers the service; what is not set is empty. Without a name there is no logo.

    ``colour`` is written as "#rrggbb"; ``footer`` is one line of text.
    """

    name: str = ""
    footer: str = ""
    colour: str = ""
    logo: Logo | None = None

    @property
    def line(self) -> str:
        """What runs along the foot of documents."""
        return self.footer or self.name


NO_BRAND = Brand()
"""What a service has whose operator sets nothing."""


def refuse(where: str, what: str, mend: str) -> BrandError:
    """The error of one fault."""
    return BrandError([Problem("brand", where, what, mend)])
