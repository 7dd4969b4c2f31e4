"""What the store says beyond the domain's words: a run, an article without its text, a check's answer.

Plain values, cheap to import; this module must not know of tables or engines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from auditor.domain import Moment, Status


class RunStatus(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One call of a job on this store. ``ended`` is None while it runs, or where it was killed."""

    key: int
    command: str
    parameters: Mapping[str, Any]
    started: Moment
    ended: Moment | None = None
    status: str = RunStatus.RUNNING
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of an article's current revision without reading its text.

    ``key`` is the store's number for the article, ``length`` its text's code points, ``digest`` the
    SHA-256 of its text in UTF-8, as hexadecimal.
    """

    key: int
    id: str
    source: str | None
    title: str | None
    published: Moment | None
    captured: Moment | None
    status: Status
    revision: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question about a database: what was asked, is it well, what was found."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
