"""The barcode of two texts: the parent above, the child below, a ribbon between every pair of passages.

Crossing ribbons are reordered passages, bare stretches above are what was left out, below what is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.domain import Derivation
from auditor.report import naming, wording

WIDTH = 1000.0
BAR = 12.0
GAP = 44.0
HEIGHT = 2 * BAR + GAP
SMALLEST = 1.5


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A pair of passages: its two blocks and the shape between them."""

    anchor: str
    band: str
    shape: str
    above: tuple[float, float]  # x and width of the parent's block
    below: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ribbons:
    """The whole picture; lengths in units of its view box."""

    width: float
    height: float
    bar: float
    ribbons: tuple[Ribbon, ...]


def ribbons(derivations: Sequence[Derivation], parent_length: int, child_length: int) -> Ribbons:
    """The picture of these derivations from one parent; lengths are in code points."""
    above, below = WIDTH / max(1, parent_length), WIDTH / max(1, child_length)
    found = tuple(_ribbon(each, above, below) for each in derivations if each.parent)
    return Ribbons(WIDTH, HEIGHT, BAR, found)


def _ribbon(derivation: Derivation, above: float, below: float) -> Ribbon:
    assert derivation.parent  # callers pass only those that have one
    top, foot = derivation.parent.span, derivation.span
    x0, w0 = top.start * above, max(SMALLEST, top.length * above)
    x1, w1 = foot.start * below, max(SMALLEST, foot.length * below)
    y0, y1, middle = BAR, BAR + GAP, BAR + GAP / 2
    shape = (
        f"M{x0:.1f} {y0}C{x0:.1f} {middle} {x1:.1f} {middle} {x1:.1f} {y1}H{x1 + w1:.1f}"
        f"C{x1 + w1:.1f} {middle} {x0 + w0:.1f} {middle} {x0 + w0:.1f} {y0}Z"
    )
    return Ribbon(
        anchor=naming.place_anchor(foot),
        band=wording.BANDS[derivation.kind].key,
        shape=shape,
        above=(round(x0, 1), round(w0, 1)),
        below=(round(x1, 1), round(w1, 1)),
    )
