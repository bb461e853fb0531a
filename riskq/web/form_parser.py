"""Reads forms of no more fields than a page has: each costs much more to read than a letter."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

__all__ = ["MOST_FIELDS", "BoundedParser"]

MOST_FIELDS = 10_000
"""Many more than any page has, and read in a moment."""


class BoundedParser(FormDataParser):
    """The framework's parser, which bounds the parts of a form that has files, and no others."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Any:
        """Read a form. Raises ``RequestEntityTooLarge`` for one of too many fields, unread."""
        if mimetype == "application/x-www-form-urlencoded":
            body = stream.read()
            if body.count(b"&") >= MOST_FIELDS:
                raise RequestEntityTooLarge
            stream = BytesIO(body)
        return super().parse(stream, mimetype, content_length, options)
