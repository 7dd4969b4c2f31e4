"""How a job tells how far it is, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how many of a stage's items are done; ``total`` is None where it isn't known."""

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Take note."""


class Silent:
    """Nobody listens."""

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Do nothing."""
