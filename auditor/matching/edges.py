"""The ends of a match: a copied sentence that was changed near its end is still copied to its end.

Exact runs stop short of the last words where an edit stands just before them. It must not know how matches
are found.
"""

from __future__ import annotations

import numpy as np

from auditor.matching.edits import as_characters, common
from auditor.matching.parameters import PARAMETERS
from auditor.matching.passages import Passage, Range, length, overlap
from auditor.matching.views import View


def finish(a: View, b: View, passages: list[Passage]) -> list[Passage]:
    """The passages stretched to the ends of their sentences, where little is missing and much alike."""
    done: list[Passage] = []
    for at, passage in enumerate(passages):
        others = done + passages[at + 1 :]
        head = Passage(_before(a, passage.a), _before(b, passage.b))
        tail = Passage(_after(a, passage.a), _after(b, passage.b))
        start = (head.a[0], head.b[0]) if _alike(a, b, head, others) else (passage.a[0], passage.b[0])
        end = (tail.a[1], tail.b[1]) if _alike(a, b, tail, others) else (passage.a[1], passage.b[1])
        done.append(Passage((start[0], end[0]), (start[1], end[1])))
    return done


def _before(view: View, tokens: Range) -> Range:
    """From the beginning of the sentence to the range."""
    return int(view.units[np.searchsorted(view.units, tokens[0], side="right") - 1]), tokens[0]


def _after(view: View, tokens: Range) -> Range:
    """From the range to the end of the sentence."""
    return tokens[1], int(view.units[np.searchsorted(view.units, tokens[1], side="left")])


def _alike(a: View, b: View, rest: Passage, others: list[Passage]) -> bool:
    """Are the missing ends short and half equal, and no other passage's?"""
    longer = max(length(rest.a), length(rest.b))
    if rest.size == 0 or longer > PARAMETERS.edge_tokens:
        return False
    if any(overlap(rest.a, other.a) or overlap(rest.b, other.b) for other in others):
        return False
    left, right = as_characters(a.tokens.hashes[slice(*rest.a)], b.tokens.hashes[slice(*rest.b)])
    return common(left, right) >= PARAMETERS.edge_share * longer
