"""The views of many texts made at once: of texts of some hundred words each it costs a third.

What numpy does with a hundred words takes a microsecond a call, most of it for the call; so texts are joined,
and what was worked out of all is parted again. It must not know what is done with views.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from auditor.fingerprint import kgram_hashes
from auditor.matching.parameters import PARAMETERS
from auditor.matching.views import (
    Document,
    Terms,
    View,
    Whole,
    capitalised,
    lengths,
    unit_bounds,
    unit_ends,
    views_kept,
)
from auditor.text.layer import code_points
from auditor.text.tokens import Hashes, Indices, stems_of

Value = TypeVar("Value", bound=np.generic)

_JOINED = 1 << 16  # characters looked at together: enough to spread a call's cost, few enough for the cache
_APART = "\0"  # no white space, no word, no full stop


def views_ahead(texts: Sequence[Whole]) -> None:
    """Make the views of texts that will be aligned, with what every alignment asks of them."""
    known = views_kept()
    some: list[Document] = []
    length = 0
    for text in texts:
        if text.matter in known:
            continue
        if some and length + len(text.text) > _JOINED:
            known.update(zip(some, _views(some), strict=True))
            some, length = [], 0
        some.append(text.matter)
        length += len(text.text)
    if some:
        known.update(zip(some, _views(some), strict=True))


@dataclass(frozen=True, slots=True)
class _Joined:
    """The tokens of some texts: whose each is, where those of each text begin and end, their hashes."""

    whose: Indices
    bounds: Indices
    hashes: Hashes

    def parted(self, values: NDArray[Value]) -> list[NDArray[Value]]:
        """What was worked out of each token, text by text."""
        return _parted(values, self.bounds)

    def in_order(self, values: Hashes, whose: Indices) -> tuple[Indices, NDArray[np.bool_]]:
        """An order by text and value, and which are the first of their value in it."""
        order = np.lexsort((values, whose))
        sorted_values, of = values[order], whose[order]
        fresh = np.ones(len(order), np.bool_)
        fresh[1:] = (sorted_values[1:] != sorted_values[:-1]) | (of[1:] != of[:-1])
        return order, fresh


def _views(documents: Sequence[Document]) -> list[View]:
    tokens = [document.tokens for document in documents]
    layers = [each.layer for each in tokens]
    sizes = np.fromiter(map(len, tokens), np.int64, len(tokens))
    whose = np.repeat(np.arange(len(tokens)), sizes)
    joined = _Joined(whose, _bounds(sizes), np.concatenate([each.hashes for each in tokens]))
    text = _APART.join([layer.text for layer in layers])
    codes = code_points(text)
    before = _begins([layer.text for layer in layers])[whose]
    starts = np.concatenate([each.layer_starts for each in tokens]) + before
    ends = np.concatenate([each.layer_ends for each in tokens]) + before
    originals = [layer.original for layer in layers]
    first = np.concatenate([each.starts for each in tokens]) + _begins(originals)[whose]
    letters = lengths(codes, starts, ends)
    names = capitalised(code_points(_APART.join(originals)), first)
    weights = joined.parted(np.where(names, np.int32(0), letters))
    views = [
        View(each, own, weight)
        for each, own, weight in zip(tokens, joined.parted(letters), weights, strict=True)
    ]
    stems = stems_of(codes, starts, ends, joined.hashes, PARAMETERS.stem)
    units = _units(joined, np.unique(np.searchsorted(starts, unit_ends(text))), sizes.tolist())
    _keep(views, "units", units)
    _keep(views, "stems", joined.parted(stems))
    _keep(views, "grams", _grams(joined))
    _keep_words(views, joined, stems, units)
    return views


def _keep(views: Sequence[View], name: str, values: Sequence[object]) -> None:
    """Put what was worked out where the cached property of that name looks for it."""
    for view, value in zip(views, values, strict=True):
        vars(view)[name] = value


def _units(joined: _Joined, starts: Indices, sizes: Sequence[int]) -> list[Indices]:
    cuts = np.searchsorted(starts, joined.bounds).tolist()
    begins = joined.bounds.tolist()
    return [
        unit_bounds((starts[first:last] - begin).tolist(), size)
        for (first, last), begin, size in zip(pairwise(cuts), begins, sizes, strict=False)
    ]


def _grams(joined: _Joined) -> list[tuple[Hashes, Indices]]:
    grams = kgram_hashes(joined.hashes, PARAMETERS.seed)
    last = PARAMETERS.seed - 1
    inside = np.flatnonzero(joined.whose[: len(grams)] == joined.whose[last : last + len(grams)])
    grams, whose = grams[inside], joined.whose[inside]
    order = np.lexsort((grams, whose))
    bounds = np.searchsorted(whose, np.arange(len(joined.bounds)))
    places = inside[order] - joined.bounds[whose]
    return list(zip(_parted(grams[order], bounds), _parted(places, bounds), strict=True))


def _keep_words(views: Sequence[View], joined: _Joined, stems: Hashes, units: Sequence[Indices]) -> None:
    """The vocabulary of each text, and how often which sentence has which word of it."""
    order, fresh = joined.in_order(stems, joined.whose)
    word = np.empty(len(stems), np.int64)
    word[order] = np.cumsum(fresh) - 1
    texts = np.arange(len(views) + 1)
    known = np.searchsorted(joined.whose[order][fresh], texts)  # where the words of each text begin
    vocabularies = _parted(stems[order][fresh], known)
    words = joined.parted(word - known[joined.whose])
    _keep(views, "vocabulary", list(zip(vocabularies, words, strict=True)))

    unit_bounds_of = _bounds(np.array([len(each) - 1 for each in units]))
    unit = np.repeat(np.arange(unit_bounds_of[-1]), np.concatenate([np.diff(each) for each in units]))
    width = max(1, int(known[-1]))
    cells, counts = np.unique(unit * width + word, return_counts=True)
    unit_of, word_of = np.divmod(cells, width)
    spread = _parted(np.bincount(word_of, minlength=int(known[-1])), known)
    total = _parted(np.bincount(word, minlength=int(known[-1])), known)
    filled = _parted(np.bincount(unit_of, minlength=int(unit_bounds_of[-1])), unit_bounds_of)
    cuts = np.searchsorted(unit_of, unit_bounds_of)
    text = np.repeat(texts[:-1], np.diff(cuts))
    in_units = _parted(unit_of - unit_bounds_of[text], cuts)
    in_words = _parted(word_of - known[text], cuts)
    columns = (vocabularies, spread, total, filled, in_units, in_words, _parted(counts, cuts))
    _keep(views, "terms", [Terms(*each) for each in zip(*columns, strict=True)])


def _begins(texts: Sequence[str]) -> Indices:
    """Where each text begins in all of them, joined with a character between."""
    return _bounds(np.array([len(text) + 1 for text in texts]))


def _bounds(sizes: Indices) -> Indices:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])


def _parted(values: NDArray[Value], bounds: Indices) -> list[NDArray[Value]]:
    """Copies: a slice would keep the arrays of all texts in memory for as long as one is in use."""
    return [values[first:last].copy() for first, last in pairwise(bounds.tolist())]
