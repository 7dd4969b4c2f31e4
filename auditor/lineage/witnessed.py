"""Readings and cuts that speak for a parent, in words: what both have or lack and the other relatives don't.

A misprint that only one of the earlier texts has is the strongest sign there is of a copy's copy. This
module must not decide anything: it puts into words what the choice has weighed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from auditor.domain import Evidence
from auditor.lineage.candidates import Candidate
from auditor.lineage.parameters import Parameters
from auditor.lineage.readings import PASSAGE, SAME
from auditor.lineage.witness import Witness

_MOST_RIVALS = 8
_MOST_COUNTED = 5
_LEAST = 0.5  # nats


def shared_readings(
    child: Witness,
    chosen: Candidate,
    found: Sequence[Candidate],
    tokens: tuple[int, int],
    parameters: Parameters,
) -> tuple[Evidence, ...]:
    """One item for the words of a passage that the child shares with its parent against another relative."""
    first, last = tokens
    same = chosen.reading.state[first:last] == SAME
    best: tuple[int, Candidate, int] | None = None
    for rival in _rivals(chosen, found):
        against = same & (rival.reading.otherwise[first:last])
        count = int(against.sum())
        if count and (best is None or count > best[0]):
            best = count, rival, first + int(against.argmax())
    if best is None:
        return ()
    count, rival, at = best
    ours = child.document.tokens.span(at, at + 1).of(child.article.text)
    there = int(rival.reading.partner[at])
    theirs = rival.witness.document.tokens.span(there, there + 1).of(rival.witness.article.text)
    more = f" and {count - 1} more such readings" if count > 1 else ""
    detail = f"has “{ours}” as the other does{more}, where {rival.witness.article.id} has “{theirs}”"
    weight = (parameters.same_word + parameters.other_word) * min(count, _MOST_COUNTED)
    return (Evidence("shared_reading", detail, weight),)


def shared_cuts(
    chosen: Candidate, found: Sequence[Candidate], tokens: tuple[int, int]
) -> tuple[Evidence, ...]:
    """One item for what another relative has beside a passage, and child and parent leave out."""
    first, last = tokens
    passed = chosen.reading.passed
    clean = (passed[first:last] < PASSAGE) & (passed[first + 1 : last + 1] < PASSAGE)
    best: tuple[float, Candidate] | None = None
    for rival in _rivals(chosen, found):
        weight = float(rival.variants.cuts[first:last][clean].sum())
        if weight >= _LEAST and (best is None or weight > best[0]):
            best = weight, rival
    if best is None:
        return ()
    weight, rival = best
    detail = f"leaves out, as the other does, what {rival.witness.article.id} has beside it"
    return (Evidence("shared_cut", detail, weight),)


def _rivals(chosen: Candidate, found: Sequence[Candidate]) -> list[Candidate]:
    """The relatives that have most of the text, without the chosen one."""
    others = [candidate for candidate in found if candidate is not chosen]
    if len(others) <= _MOST_RIVALS:
        return others
    order = np.argsort([-candidate.reading.extent for candidate in others], kind="stable")
    return [others[index] for index in order[:_MOST_RIVALS].tolist()]
