"""HTTP and nothing but HTTP: pages, forms, cookies, headers. What happens is in services."""

from riskq.web.app import create_app
from riskq.web.settings import Settings, SettingsError

__all__ = ["Settings", "SettingsError", "create_app"]
