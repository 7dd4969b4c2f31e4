"""The made-up sites and wires that stories pass through, each with its habits."""

from __future__ import annotations

import random
from dataclasses import dataclass

from auditor.domain import Source, SourceKind
from auditor.registry import Registry
from tests.simulator.changes import Change, british, curly, house_style

WIRES = (
    Source("ap", "AP", SourceKind.WIRE, aliases=("Associated Press",), datelines=("AP",)),
    Source("reuters", "Reuters", SourceKind.WIRE, aliases=("Reuter",), datelines=("Reuters", "Reuter")),
    Source("afp", "AFP", SourceKind.WIRE, aliases=("Agence France-Presse",), datelines=("AFP",)),
)
_FIRST = ("Harbour", "Vale", "Ridge", "Quay", "Moor", "Lowland", "Summit", "Delta", "Orchard", "Granite")
_SECOND = ("Post", "Herald", "Echo", "Today", "Courier", "Ledger")


@dataclass(frozen=True)
class Site:
    """A site: its source, the house style it applies to all it runs, and how it goes about copying."""

    source: Source
    style: tuple[Change, ...]
    keeps_credit: float
    edits: float
    least: int
    litters: bool


def make_sites(dice: random.Random) -> list[Site]:
    """Sixty sites with habits drawn by the dice."""
    sites = []
    for first in _FIRST:
        for second in _SECOND:
            name = f"{first} {second}"
            style = tuple(
                change
                for change, chance in ((house_style, 0.5), (british, 0.2), (curly, 0.5))
                if dice.random() < chance
            )
            source = Source(name.lower().replace(" ", "-"), name, SourceKind.PUBLISHER)
            sites.append(
                Site(
                    source,
                    style,
                    dice.choice((0.2, 0.5, 0.8)),
                    dice.uniform(0.03, 0.3),
                    3,
                    dice.random() < 0.3,
                )
            )
    return sites


def make_registry(sites: list[Site]) -> Registry:
    """The wires and sites as registered sources."""
    return Registry([*WIRES, *(site.source for site in sites)])
