"""HTTP and nothing but HTTP: pages, forms, cookies, headers. What happens is in services."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask
    from jinja2 import Environment

    from riskq.services import Desk, Documents, letters
    from riskq.settings import Settings

__all__ = ["create_app", "largest_body", "page_templates", "password_letter"]


def create_app(
    settings: Settings | None = None,
    *,
    desk: Desk | None = None,
    documents: Documents | None = None,
) -> Flask:
    """Make the application; what is not given comes from the environment.

    Raises what ``riskq.web.app.create_app`` raises. The pages are imported when they are wanted.
    """
    from riskq.web.app import create_app as make

    return make(settings, desk=desk, documents=documents)


def largest_body() -> int:
    """The most bytes that any page takes at once."""
    from riskq.web.security import LARGEST_BODY

    return LARGEST_BODY


def password_letter(to: str, link: str, language: str) -> letters.Letter:
    """The letter with the link by which somebody sets a password, for the command line."""
    from riskq.web.letter_words import password_letter as write

    return write(to, link, language)


def page_templates() -> Environment:
    """The templates of all pages, without a service, to be compiled."""
    from riskq.web.pages import page_templates as find

    return find()
