"""What a reader gives for each input: an article, or a problem, never both and never nothing.

Knows nothing of formats and stores.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.domain import Article, Disposition, Outcome, Source
from auditor.errors import AuditorError


@dataclass(frozen=True, slots=True)
class Item:
    """One input: its name (a path, or path:line) and either its article or what was wrong with it.

    ``source`` is the article's source where the registry doesn't know it yet: to be registered
    before the article is stored. ``raw`` are the bytes it was read from, where they were asked for.
    """

    name: str
    article: Article | None = None
    problem: Outcome | None = None
    source: Source | None = None
    raw: bytes | None = None


def rejected(name: str, error: AuditorError | str) -> Item:
    """An input that can't be read, now or later."""
    return Item(name, problem=Outcome(name, Disposition.REJECTED, reason=str(error)))


def failed(name: str, reason: str) -> Item:
    """An input that couldn't be read this time, and may be when it is tried again."""
    return Item(name, problem=Outcome(name, Disposition.FAILED, reason=reason))


def unreadable(name: str, error: OSError) -> Item:
    """An input that the system doesn't let us read: tried again later."""
    return failed(name, f"can't be read: {error.strerror or type(error).__name__}")
