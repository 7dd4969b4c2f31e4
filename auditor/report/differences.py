"""What a reader sees changed between two short texts: words and marks, exactly as they stand.

The stages compare a normalised layer; a page shows the originals, so a changed comma or capital shows too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

_WORD = re.compile(r"(?:\w+(?:['’\-.,]\w+)*|[^\w\s])\s*|\s+")  # with the space after it
LIMIT = 20_000  # code points a side; longer texts are shown without differences


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of both texts: ``op`` is "equal", "replace", "insert" or "delete" (from before to after)."""

    op: str
    before: str
    after: str


def _numbered(before: Sequence[str], after: Sequence[str]) -> tuple[list[int], list[int]]:
    """The words as numbers; the space after a word doesn't tell it from another."""
    numbers: dict[str, int] = {}
    return (
        [numbers.setdefault(word.rstrip(), len(numbers)) for word in before],
        [numbers.setdefault(word.rstrip(), len(numbers)) for word in after],
    )


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Word-level differences; joined, the befores give ``before`` and the afters give ``after``."""
    if before == after:
        return (Change("equal", before, after),) if before else ()
    if max(len(before), len(after)) > LIMIT:
        return (Change("replace", before, after),)
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Change] = []
    for op in Indel.opcodes(*_numbered(old, new)):
        before_part, after_part = old[op.src_start : op.src_end], new[op.dest_start : op.dest_end]
        _append(found, Change(op.tag, "".join(before_part), "".join(after_part)))
    return tuple(found)


def _append(found: list[Change], change: Change) -> None:
    """Join a deletion with the insertion beside it, so that a swap reads as one change."""
    if found and found[-1].op != "equal" and change.op != "equal":
        last = found.pop()
        before, after = last.before + change.before, last.after + change.after
        op = "replace" if before and after else ("delete" if before else "insert")
        change = Change(op, before, after)
    found.append(change)
