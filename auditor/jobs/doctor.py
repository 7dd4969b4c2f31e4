"""Looks at what a run needs: store, revision, disk, clock, write access, assets."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from auditor import assets
from auditor.config import Settings
from auditor.errors import AuditorError

# Below this a night's report and write-ahead log may not fit.
ROOM_BYTES = 1 << 30
# A clock before the day this program was written is wrong.
EARLIEST_YEAR = 2026


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing looked at."""

    what: str
    is_well: bool
    detail: str
    remedy: str = ""


def examine(settings: Settings) -> list[Checked]:
    """Every check, each on its own: one that fails never hides the next."""
    return [
        _guarded("settings", lambda: str(settings.file or "no auditor.toml, defaults in force")),
        _guarded("templates", lambda: _there(assets.templates_dir())),
        _guarded("migrations", lambda: _there(assets.migrations_dir())),
        *_store(settings),
        _clock(),
        _room(_existing(settings.report)),
        _writable(_existing(settings.report)),
    ]


def _guarded(what: str, look: Callable[[], str]) -> Checked:
    try:
        return Checked(what, True, look())
    except AuditorError as problem:
        return Checked(what, False, problem.message, problem.remedy)


def _there(folder: Path) -> str:
    return f"{sum(1 for _ in folder.rglob('*'))} files"


def _store(settings: Settings) -> Iterator[Checked]:
    from auditor.storage import examine as examine_store

    for finding in examine_store(settings.database):
        yield Checked(f"store: {finding.name}", finding.ok, finding.detail, finding.remedy)


def _clock() -> Checked:
    now = datetime.now(UTC)
    well = now.year >= EARLIEST_YEAR
    return Checked("clock", well, f"{now:%Y-%m-%d %H:%M} UTC", "" if well else "set this machine's clock")


def _existing(path: Path) -> Path:
    path = path.resolve()
    while not path.exists():
        path = path.parent
    return path


def _room(folder: Path) -> Checked:
    free = shutil.disk_usage(folder).free
    well = free >= ROOM_BYTES
    return Checked("disk", well, f"{free / 1e9:.1f} GB free at {folder}", "" if well else "free some space")


def _writable(folder: Path) -> Checked:
    well = os.access(folder, os.W_OK)
    return Checked(
        "report folder",
        well,
        f"{folder} can{'' if well else 'not'} be written",
        "" if well else "choose another",
    )
