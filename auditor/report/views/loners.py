"""The articles that belong to no story, each with the reason why nothing was found.

Pure. It must not know HTML or stores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

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
    rows: tuple[str, ...]


def page_name(number: int) -> str:
    """The file of the n-th page."""
    return f"articles{f'-{number}' if number > 1 else ''}.html"


def loner(facts: ArticleFacts) -> Loner:
    """An article alone, with the reason."""
    reason = facts.verdict.reason if facts.verdict else ""
    if facts.derivations and not reason:
        reason = SHARES
    return Loner(facts.head, reason or NO_REASON)


def loner_pages(total: int, rows: Iterable[str]) -> Iterator[tuple[str, LonersPage]]:
    """The pages of so many lone articles with their names; the rows as they are set."""
    remaining = iter(rows)
    pages = -(-total // A_PAGE)
    for number in range(1, pages + 1):
        earlier = page_name(number - 1) if number > 1 else ""
        later = page_name(number + 1) if number < pages else ""
        yield page_name(number), LonersPage(number, earlier, later, tuple(islice(remaining, A_PAGE)))
