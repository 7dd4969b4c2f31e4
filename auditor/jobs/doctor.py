"""Looks at what a run needs: store, disk, clock, write access, assets, inboxes, lock, last night."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from auditor import assets
from auditor.config import Settings
from auditor.errors import AuditorError
from auditor.jobs.locking import LOCK, is_dead, now
from auditor.storage import InboxState, RunStatus

if TYPE_CHECKING:
    from auditor.storage import Store

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
        *_rooms(settings),
        *_folders(settings),
        *_nights(settings),
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


def _rooms(settings: Settings) -> Iterator[Checked]:
    """The disk of each place that a night writes to, once."""
    places = [settings.report, settings.nightly.exports, *settings.nightly.inbox]
    if settings.database.startswith("sqlite:///"):
        places.append(Path(settings.database.removeprefix("sqlite:///")))
    disks = {place.stat().st_dev: place for place in map(_existing, reversed(places))}
    for folder in sorted(disks.values()):
        free = shutil.disk_usage(folder).free
        well = free >= ROOM_BYTES
        detail = f"{free / 1e9:.1f} GB free at {folder}"
        yield Checked("disk", well, detail, "" if well else "free some space")


def _folders(settings: Settings) -> Iterator[Checked]:
    rules = settings.nightly
    yield _writable("report folder", settings.report, "choose another")
    yield _writable("exports folder", rules.exports, "choose another in nightly.exports")
    for inbox in rules.inbox:
        if inbox.exists() and not inbox.is_dir():
            yield Checked("inbox", False, f"{inbox} isn't a folder", "name the folder in nightly.inbox")
        elif rules.done == "move":
            yield _writable("inbox", inbox, 'make it writable, or write done = "mark"')
        else:
            well = os.access(_existing(inbox), os.R_OK | os.X_OK)
            yield Checked(
                "inbox", well, f"{inbox} can{'' if well else 'not'} be read", "" if well else "chmod"
            )


def _writable(what: str, folder: Path, remedy: str) -> Checked:
    well = os.access(_existing(folder), os.W_OK | os.X_OK)
    return Checked(what, well, f"{folder} can{'' if well else 'not'} be written", "" if well else remedy)


def _nights(settings: Settings) -> Iterator[Checked]:
    """Who is at work, what the inboxes hold, how the last night ended; nothing where there is no store."""
    from auditor.storage import open_store

    try:
        with open_store(settings.database, create=False) as store:
            yield _lock(store, settings.nightly.stale_after)
            yield _inbox(store)
            yield from _last_night(store)
    except AuditorError:
        return  # told already, by the checks of the store


def _lock(store: Store, stale_after: int) -> Checked:
    holder = store.holder(LOCK)
    if holder is None:
        return Checked("lock", True, "nobody is at work")
    told = f"{holder.sentence()}, last heard of {holder.heartbeat}"
    if is_dead(holder, now(), stale_after):
        return Checked("lock", False, f"a dead job's: {told}", "the next job takes it over")
    return Checked("lock", True, told)


def _inbox(store: Store) -> Checked:
    counts = store.inbox_counts()
    told = ", ".join(f"{count} {state.value}" for state, count in counts.items())
    aside = counts[InboxState.QUARANTINED]
    return Checked("inbox files", not aside, told, "see auditor inbox status" if aside else "")


def _last_night(store: Store) -> Iterator[Checked]:
    nights = [run for run in store.runs() if run.command == "nightly"]
    if nights:
        last = nights[-1]
        well = last.status in {RunStatus.DONE, RunStatus.RUNNING}
        remedy = "" if well else f"see its log, then run auditor nightly again (run {last.key})"
        yield Checked("last night", well, f"run {last.key}, {last.started}: {last.status}", remedy)
