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
