"""A figure of a page with what it counts and how it was calculated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stat:
    """``tone`` is "harm" where the figure is bad news."""

    value: str
    label: str
    how: str
    tone: str = ""
