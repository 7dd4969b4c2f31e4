"""Where the files lie that the program needs and that aren't Python: templates, migrations, the example.

The only module that knows. A wheel carries them in ``auditor/_bundled/``, a checkout keeps them beside
the package; both are recognised by a marker file, so that some other folder of the same name is never
taken for ours. It must not know what the files are for.
"""

from __future__ import annotations

from pathlib import Path

from auditor.errors import AuditorError

MARKER = ".auditor-assets"
_PACKAGE = Path(__file__).resolve().parent


class AssetsMissing(AuditorError):
    """The installation lacks files that belong to it."""


def templates_dir() -> Path:
    """The folder of the pages' templates; raises AssetsMissing where the installation lacks it."""
    return _found("templates", _PACKAGE / "_bundled", _PACKAGE.parent)


def migrations_dir() -> Path:
    """The folder of the database's migrations; raises AssetsMissing where the installation lacks it."""
    return _found("migrations", _PACKAGE / "_bundled", _PACKAGE.parent)


def example_dir() -> Path:
    """The folder of the example collection; raises AssetsMissing where the installation lacks it."""
    return _found("example", _PACKAGE)


def _found(name: str, *homes: Path) -> Path:
    for home in homes:
        folder = home / name
        if (folder / MARKER).is_file():
            return folder
    looked = " and ".join(str(home / name) for home in homes)
    raise AssetsMissing(f"this installation lacks its {name}: looked in {looked}", "install auditor again")
