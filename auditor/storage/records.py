"""What the store says beyond the domain's words: a run, an article without its text, a check's answer.

Plain values, cheap to import; this module must not know of tables or engines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from auditor.domain import Disposition, Moment, Status


class RunStatus(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"  # killed: noted by the next run, since it couldn't itself


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
    revises: str | None = None
    is_removed: bool = False
    byline: str | None = None


class Head(NamedTuple):
    """Of an outline what tells when an article came out and from whom: of a whole store it costs half."""

    key: int
    id: str
    source: str | None
    published: Moment | None
    revision: int
    is_removed: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock. ``token`` is unique to one taking of it; ``machine`` is equal for two processes
    only where a process number means the same to both.
    """

    name: str
    token: str
    command: str
    host: str
    machine: str
    pid: int
    started: Moment
    heartbeat: Moment

    def sentence(self) -> str:
        """Who it is, since when, in one line."""
        return f"{self.command} on {self.host}, process {self.pid}, since {self.started}"


class InboxState(StrEnum):
    """What is to become of a file that lay in an inbox."""

    WAITING = "waiting"  # to be read, or to be tried again
    DONE = "done"  # all it holds is stored
    QUARANTINED = "quarantined"  # not tried again until someone says so


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file that lay in an inbox: by its path, with the SHA-256 of what it held, size and time (ns) as seen.

    ``counts`` are of its last reading, by disposition; ``tries`` how often it failed since it last changed.
    """

    path: str
    digest: bytes
    size: int
    modified: int
    state: InboxState = InboxState.WAITING
    tries: int = 0
    run: int | None = None
    counts: Mapping[Disposition, int] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article, in short: to be held against what is known of it later.

    ``parents`` are the articles it copied from, sorted; ``derives`` says whether any of it derives from
    anything; ``garbles`` marks each damage that first appears in it (see ``garble_mark``).
    """

    article: str
    story: str | None = None
    parents: tuple[str, ...] = ()
    derives: bool = False
    garbles: frozenset[bytes] = frozenset()
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far somebody has looked at what was written ("": not at all), and what else it remembers."""

    stamp: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Removal:
    """How many texts retention takes away: articles touched, captured texts of theirs, code points."""

    articles: int = 0
    texts: int = 0
    characters: int = 0
    garbles: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question about a database: what was asked, is it well, what was found."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


class LineStanding(StrEnum):
    """Who says of a line that it is page furniture."""

    LEARNT = "learnt"
    ADDED = "added"
    KEPT = "kept"  # it isn't: it stays text whatever is learnt


@dataclass(frozen=True, slots=True)
class Furnishing:
    """A line that is page furniture, or is said not to be.

    ``line`` is its hash, ``text`` what it says, ``source`` the key of the source that prints it, ``seen`` the
    ids of the unrelated articles in which it was met. Where several sources print it, ``source`` is the first
    of them by its key, ``also`` has the others, sorted.
    """

    line: int
    text: str
    standing: LineStanding
    source: str | None = None
    seen: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """All sources that are known to print it, sorted."""
        return (self.source, *self.also) if self.source is not None else ()
