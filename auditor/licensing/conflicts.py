"""Agreements that overlap or contradict each other, and names in them that nobody is registered under.

This module must not know how agreements are written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from auditor.licensing.evaluation import key_of
from auditor.licensing.terms import Agreement
from auditor.registry import Registry


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two agreements that hold for the same licensees at the same time; ``rules`` are those that differ."""

    one: str
    other: str
    licensees: tuple[str, ...]
    rules: tuple[str, ...]

    def __str__(self) -> str:
        who = ", ".join(self.licensees)
        what = f"contradict each other on {', '.join(self.rules)}" if self.rules else "overlap"
        return f"{self.one} and {self.other} {what} for {who}: an article is held against both"


def conflicts(agreements: Sequence[Agreement], registry: Registry) -> Iterator[Conflict]:
    """Every pair of agreements that overlaps."""
    for one, other in combinations(sorted(agreements, key=lambda each: each.id), 2):
        if key_of(one.licensor, registry) != key_of(other.licensor, registry) or not _meet(one, other):
            continue
        shared = _licensees(one, registry) & _licensees(other, registry)
        if shared:
            differing = tuple(
                rule.kind.value for rule in one.rules if (twin := other.rule(rule.kind)) and twin != rule
            )
            yield Conflict(one.id, other.id, tuple(sorted(shared)), differing)


def strangers(agreement: Agreement, registry: Registry) -> Iterator[tuple[str, str]]:
    """The key and the name of each licensor and licensee that no registered source has."""
    for key, names in (("licensor", (agreement.licensor,)), ("licensees", agreement.licensees)):
        for name in names:
            if registry.get(key_of(name, registry)) is None:
                yield key, name


def _licensees(agreement: Agreement, registry: Registry) -> set[str]:
    return {key_of(name, registry) for name in agreement.licensees}


def _meet(one: Agreement, other: Agreement) -> bool:
    """Is there a day on which both hold?"""
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start <= min(one.valid_until or date.max, other.valid_until or date.max)
