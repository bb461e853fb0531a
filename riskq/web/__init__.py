"""HTTP and nothing but HTTP: pages, forms, cookies, headers. What happens is in services."""

from riskq.web.app import create_app
from riskq.web.settings import Settings, SettingsError, read_settings

__all__ = ["Settings", "SettingsError", "create_app", "read_settings"]
