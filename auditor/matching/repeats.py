"""Blocks of a text that stand twice in it.

It must not know of any other text.
"""

from __future__ import annotations

import numpy as np

from auditor.domain import Aligned, MatchKind
from auditor.matching import runs as running
from auditor.matching.parameters import PARAMETERS
from auditor.matching.views import Document, view_of


def self_repeats(document: Document) -> tuple[Aligned, ...]:
    """The blocks that stand twice: ``a`` is the earlier place, ``b`` the later; sorted, exact copies only."""
    view = view_of(document)
    runs = running.exact_runs(view, view)
    long = np.flatnonzero((runs.b >= runs.a + runs.length) & (runs.length >= PARAMETERS.repeat_tokens))
    tokens = document.tokens
    found = []
    for at_a, at_b, size in zip(
        runs.a[long].tolist(), runs.b[long].tolist(), runs.length[long].tolist(), strict=True
    ):
        one, two = tokens.span(at_a, at_a + size), tokens.span(at_b, at_b + size)
        found.append(Aligned(one, two, 1.0, MatchKind.VERBATIM))
    return tuple(found)
