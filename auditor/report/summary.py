"""What the writing of a report comes to, for whoever asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """Where to begin reading, and how much was written. ``changed`` counts the files written anew."""

    index: Path
    stories: int
    pickups: int
    articles: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How far reviewers are with the cases: licensing's findings on one article's use of one licensor's text.

    ``waiting`` are decided once and need a second sign-off, ``stale`` were decided on what has changed since;
    both are open too. ``false`` are cases that a false match set aside.
    """

    open: int
    decided: int
    waiting: int = 0
    stale: int = 0
    false: int = 0
