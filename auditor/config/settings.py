"""The settings as one frozen value that remembers where each of its parts came from.

It must not know how they are read, nor what they are used for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from auditor.domain import Source

FILE_NAME = "auditor.toml"
# What a night does, in the order in which it does it.
STEPS = ("ingest", "audit", "findings", "changes", "prune", "report", "export")
DEFAULT = "default"

# the password of an address, up to the last @, since a password may itself hold one
_USERINFO = re.compile(r"(?<=://)([^:/?#@\s]*):(\S*)@")
_PASSWORD = re.compile(r"(?i)((?:password|passwd|pwd|secret|token)\s*=\s*)[^&;\s]+")


def masked(address: str) -> str:
    """The same address with every password in it replaced by ``***``."""
    return _PASSWORD.sub(r"\1***", _USERINFO.sub(r"\1:***@", address))


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting as ``config show`` prints it: no secret in ``value``, ``origin`` in plain words."""

    name: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Nightly:
    """What the nightly job does. ``steps`` are those it takes, in this order, the rest is left out.

    ``done`` says what becomes of inputs that are stored: "move" (into ``.done`` of their inbox) or
    "mark" (left where they are, and known from then on). ``tries`` is how often an input that failed is
    read before it is put aside; ``retention`` is how many days a source's texts are kept ("*": all
    others'), and none is removed where it is empty; ``stale_after`` is after how many seconds of
    silence the lock of a job that can't be asked counts as a dead one's.
    """

    steps: tuple[str, ...] = STEPS
    inbox: tuple[Path, ...] = (Path("inbox"),)
    done: str = "move"
    tries: int = 3
    exports: Path = Path("exports")
    export: tuple[str, ...] = ("articles", "matches", "lineage", "garbles")
    format: str = "jsonl"
    retention: Mapping[str, int] = field(default_factory=dict)
    fail_on: str | None = None
    stale_after: int = 900
    metrics: Path | None = None
    log: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is to work with. Paths are relative to the current folder.

    ``captures`` keeps the bytes that articles are read from; ``second_sign_off`` are the decisions on
    findings that a second reviewer must make too. ``sources`` are those that the file of settings adds to
    the shipped ones; ``origins`` says, by setting, where its value came from; ``file`` is the file that was
    read, None where there is none.
    """

    database: str
    report: Path
    processes: int
    time_zone: str
    licences: Path = Path("licences")
    captures: bool = False
    second_sign_off: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    nightly: Nightly = field(default_factory=Nightly)
    file: Path | None = None
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def zone(self) -> tzinfo:
        """The time zone itself. UTC needs no table of zones, which small machines lack."""
        return UTC if self.time_zone == "UTC" else ZoneInfo(self.time_zone)

    def shown(self) -> tuple[Shown, ...]:
        """Every setting with its value, secrets masked, and its origin."""
        return tuple(
            Shown(part.name, self._printed(part.name), self.origins.get(part.name, DEFAULT))
            for part in fields(self)
            if part.name not in {"nightly", "file", "origins"}
        ) + tuple(
            Shown(f"nightly.{part.name}", _told(getattr(self.nightly, part.name)), self._origin(part.name))
            for part in fields(self.nightly)
        )

    def _origin(self, name: str) -> str:
        return self.origins.get(f"nightly.{name}", DEFAULT)

    def _printed(self, name: str) -> str:
        if name == "sources":
            return ", ".join(source.key for source in self.sources) or "(none added)"
        if name == "second_sign_off":
            return _told(self.second_sign_off)
        if name == "captures":
            return str(self.captures).lower()
        return masked(str(getattr(self, name)))


def _told(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {each}" for name, each in value.items()) or "(none)"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "(none)"
    return "(none)" if value is None else masked(str(value))
