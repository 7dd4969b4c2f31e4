"""The articles that belong to no story, each with the reason why nothing was found.

Pure. It must not know HTML or stores.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head

A_PAGE = 300
SHARES = "shares a passage with another text, but nothing says that either was taken from the other"
NO_REASON = "no reason is on record; it may not have been examined yet"


@dataclass(frozen=True, slots=True)
class Loner:
    """An article alone, and why."""

    head: Head
    reason: str


@dataclass(frozen=True, slots=True)
class LonersPage:
    """A page of them."""

    number: int
    earlier: str
    later: str
    rows: tuple[Loner, ...]


def page_name(number: int) -> str:
    """The file of the n-th page."""
    return f"articles{f'-{number}' if number > 1 else ''}.html"


@dataclass(slots=True)
class Loners:
    """Lone articles on their way to pages; ``put`` is called with each that is full."""

    put: Callable[[str, LonersPage], None]
    total: int = 0
    _waiting: list[Loner] = field(default_factory=list)
    _pages: int = 0

    def add(self, facts: ArticleFacts) -> None:
        """Take an article."""
        if len(self._waiting) == A_PAGE:
            self._put(more=True)
        self.total += 1
        reason = facts.verdict.reason if facts.verdict else ""
        if facts.derivations and not reason:
            reason = SHARES
        self._waiting.append(Loner(facts.head, reason or NO_REASON))

    def close(self) -> None:
        """Set what waits."""
        if self._waiting:
            self._put(more=False)

    def _put(self, *, more: bool) -> None:
        self._pages += 1
        earlier = page_name(self._pages - 1) if self._pages > 1 else ""
        later = page_name(self._pages + 1) if more else ""
        self.put(page_name(self._pages), LonersPage(self._pages, earlier, later, tuple(self._waiting)))
        self._waiting = []
