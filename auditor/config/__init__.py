"""Settings: what was said by flags, by the environment, by auditor.toml, or else by default.

This face is cheap to import; pydantic-settings is loaded only when settings are read. It must not know
what the settings are used for.
"""

from auditor.config.settings import (
    FILE_NAME,
    Settings,
    Shown,
    load_settings,
    masked,
)

__all__ = ["FILE_NAME", "Settings", "Shown", "load_settings", "masked"]
