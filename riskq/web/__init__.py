"""HTTP and nothing but HTTP: pages, forms, cookies, headers. What happens is in services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskq.web.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from flask import Flask

    from riskq.services import Desk, Documents

__all__ = ["Settings", "SettingsError", "create_app", "read_settings"]


def create_app(
    settings: Settings | None = None,
    *,
    desk: Desk | None = None,
    documents: Documents | None = None,
) -> Flask:
    """Make the application; what is not given comes from the environment.

    Raises what ``riskq.web.app.create_app`` raises. The pages are imported when they are wanted:
    the command that starts the workers only reads the settings.
    """
    from riskq.web.app import create_app as make

    return make(settings, desk=desk, documents=documents)
