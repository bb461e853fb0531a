"""The small forms that texts and numbers in a questionnaire's files must have.

Each form is written once: the decoder checks it, and the JSON Schema for editors repeats it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from msgspec import Struct

__all__ = [
    "ID_FORM",
    "Address",
    "Citation",
    "Form",
    "Id",
    "Keyed",
    "Low",
    "Point",
    "Provision",
    "Text",
    "WholeNumber",
    "id_like",
]


class Form(Struct, frozen=True):
    """A pattern that a text must match as a whole, and how to say so to a person."""

    name: str
    pattern: str
    hint: str

    def fits(self, text: str) -> bool:
        """Tell whether the whole text has this form."""
        return re.fullmatch(self.pattern, text) is not None


class WholeNumber(Struct, frozen=True):
    """The range of a whole number, both ends included."""

    min: int
    max: int


class Low(Struct, frozen=True):
    """The least number of items that a list must have."""

    items: int


class Keyed(Struct, frozen=True):
    """A mapping in the file that is read as a tuple: each key becomes the item's ``field``."""

    field: str = "id"


_ID = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
_PROVISION = r"[0-9]+(-[0-9]+)?(\.([0-9]+(-[0-9]+)?|part-[0-9]+))*"

ID_FORM = Form("id", _ID, "Write lower-case Latin letters, digits and hyphens.")
Id = Annotated[str, ID_FORM]


def id_like(text: str) -> str | None:
    """The id that a text comes nearest to, or ``None`` where it has no Latin letter to begin it."""
    near = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
    return near if ID_FORM.fits(near) else None


Provision = Annotated[
    str,
    Form(
        "provision",
        _PROVISION,
        "Write article.paragraph.sub-paragraph, such as 17.1.3 or 17.1.part-2.",
    ),
]
Citation = Annotated[
    str,
    Form(
        "citation",
        f"{_ID}(/{_PROVISION})?",
        "Write the act and the provision, such as kz-ai/17.1.3 or kz-ai/17.1.part-2.",
    ),
]
Address = Annotated[
    str, Form("address", r"https://[^\s<>\"]+", "Write an address that begins with https://.")
]
Text = Annotated[str, Form("text", r"(?s).*\S.*", "Write the text.")]
Point = Annotated[Decimal, "points"]
