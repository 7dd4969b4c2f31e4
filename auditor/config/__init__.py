"""Settings: what was said by flags, by the environment, by auditor.toml, or else by default.

This face is cheap to import; pydantic-settings is loaded only when settings are read. It must not know
what the settings are used for.
"""

from auditor.config.example import write_example
from auditor.config.loading import load_settings
from auditor.config.settings import FILE_NAME, STEPS, Nightly, Settings, Shown, masked

__all__ = ["FILE_NAME", "STEPS", "Nightly", "Settings", "Shown", "load_settings", "masked", "write_example"]
