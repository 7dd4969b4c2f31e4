"""Two reports of one thing, each told in its own words: is what they share more than was said and done?

Reporters who heard one speech quote the same sentences of it, and their texts agree in names, titles and
figures; forms of news (a bond's terms, a poll) are always written alike. A copy shows in what the writer put
together himself: words that run on, outside all quotation marks, as they do in the other text. Where few do,
and the shared passages are a small part of the article or mostly read otherwise, nothing speaks for a copy.
This module must not know times, sources or other relatives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Evidence
from auditor.lineage.parameters import Parameters
from auditor.lineage.readings import SAME, STYLED, Reading
from auditor.lineage.witness import Witness

STATEMENTS, TOLD_APART = "shares_statements", "told_apart"


def from_telling(
    child: Witness, other: Witness, reading: Reading, *, is_wire: bool, parameters: Parameters
) -> Iterator[Evidence]:
    """The evidence that both tell one thing by themselves; none where enough words run on alike.

    ``is_wire`` says whether the other is a wire's, which writes to be taken over: that the article was
    written from it then stays possible, and the relation undecided. Not for letters, which quote what they
    answer, nor between versions of one item.
    """
    if child.article.revises == other.article.id or _is_copied(reading, parameters):
        return
    if min(child.marks.talk, other.marks.talk) >= parameters.talk:
        return
    quoted = _quoted(child, other, reading)
    own = _alike(reading) & ~quoted
    longest = _longest_run(reading, own)
    if longest >= parameters.own_run + parameters.own_run_changed * min(1.0, _changed(reading)):
        return
    weight = parameters.told_apart_wire if is_wire else parameters.told_apart
    if own.sum() <= parameters.own_of_statements * _alike(reading).sum():
        yield Evidence(STATEMENTS, "shares little but what both quote", -weight)
    else:
        detail = f"tells the same with no more than {longest} words in a row alike"
        yield Evidence(TOLD_APART, detail, -weight)


def only_states(evidence: Iterable[Evidence]) -> bool:
    """Is a quoted statement all that the two share?"""
    return any(item.kind == STATEMENTS for item in evidence)


def _is_copied(reading: Reading, parameters: Parameters) -> bool:
    """Is a good part of the article shared, and most of that read alike? No word of it need be looked at."""
    covered = float(reading.covered.mean()) if len(reading.state) else 1.0
    return covered >= parameters.shared_part and _changed(reading) < parameters.mostly_changed


def _changed(reading: Reading) -> float:
    """How many words read otherwise for each that reads the same."""
    return reading.changed / max(1, reading.same)


def _alike(reading: Reading) -> NDArray[np.bool_]:
    return np.asarray((reading.state == SAME) | (reading.state == STYLED), np.bool_)


def _quoted(child: Witness, other: Witness, reading: Reading) -> NDArray[np.bool_]:
    """The child's words that stand in quotation marks in either text.

    In either: a transcript has a speech without marks, a report of it with them.
    """
    quoted = child.quoted.copy()
    paired = reading.partner >= 0
    quoted[paired] |= other.quoted[reading.partner[paired]]
    return quoted


def _longest_run(reading: Reading, words: NDArray[np.bool_]) -> int:
    """The most of these words that follow each other in both texts."""
    at = np.flatnonzero(words)
    if not len(at):
        return 0
    here, before = reading.partner[at[1:]], reading.partner[at[:-1]]
    follows = (here < 0) | (before < 0) | (here == before + 1)
    runs_on = (np.diff(at) == 1) & (reading.missing[at[1:]] == 0) & follows
    ends = np.flatnonzero(~runs_on)
    return int(np.diff(np.concatenate([[-1], ends, [len(at) - 1]])).max())
