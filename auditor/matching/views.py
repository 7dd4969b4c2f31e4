"""What matching looks at in a text, worked out once and kept while the text is in use.

A view holds a text's tokens as sorted vocabularies and its sentences as token ranges ("units"), so that a
pair of texts costs two look-ups instead of a new sort. It must not know of any other text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from auditor.fingerprint import kgram_hashes
from auditor.matching.pairings import pairings
from auditor.matching.parameters import PARAMETERS
from auditor.matching.quoting import quotations
from auditor.text.layer import code_points
from auditor.text.lines import line_hashes
from auditor.text.tokens import Hashes, Indices, Offsets, Tokens, stem_hashes


class Whole(Protocol):
    """A text as read (see ``auditor.text.read``), furniture and all."""

    @property
    def text(self) -> str:
        """The original text."""

    @property
    def tokens(self) -> Tokens:
        """All its tokens."""

    @property
    def known_furniture(self) -> Sequence[tuple[int, int]]:
        """The token ranges that are furniture."""

    @property
    def matter(self) -> Document:
        """What of it is compared."""


class Document(Protocol):
    """What matching needs of a text: all of it, or all but its furniture."""

    @property
    def text(self) -> str:
        """The original text."""

    @property
    def tokens(self) -> Tokens:
        """Its tokens."""


Places = Offsets | Indices

_ASCII = 128
_UNSPACED = 0xE00  # from Thai on; the scripts behind it that part words by spaces have longer tokens
_UNIT_END = re.compile(r"[.!?…][\"')\]]*\s+|[。！？]|\n\s*\n")


@dataclass(frozen=True, eq=False)
class View:
    """One text as matching sees it.

    ``letters`` is the length of each token, ``weight`` the same but 0 for capitalised words: names recur
    in unrelated texts, and say little of where a passage was taken from.
    """

    tokens: Tokens
    letters: NDArray[np.int32]
    weight: NDArray[np.int32]
    _runs: dict[int, tuple[Hashes, Hashes]] = field(default_factory=dict)

    @cached_property
    def reach(self) -> Indices:
        """How many letters stand before each token, and in the whole text as the last entry."""
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self.letters)])

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """The token ranges between quotation marks."""
        return quotations(self.tokens)

    @cached_property
    def grams(self) -> tuple[Hashes, Indices]:
        """The hashes of all seed k-grams, sorted, and where each stands; equal ones in no order."""
        grams = kgram_hashes(self.tokens.hashes, PARAMETERS.seed)
        order = np.argsort(grams)
        return grams[order], order

    @cached_property
    def grams_differ(self) -> bool:
        """Does no k-gram stand twice in the text?"""
        grams, _ = self.grams
        return not bool((grams[1:] == grams[:-1]).any())

    @cached_property
    def stems(self) -> Hashes:
        """The hash of each token's stem."""
        return stem_hashes(self.tokens, PARAMETERS.stem)

    @cached_property
    def vocabulary(self) -> tuple[Hashes, Indices]:
        """The hashes of the text's stems, sorted, each once; and which of them each token has."""
        return np.unique(self.stems, return_inverse=True)

    def runs(self, size: int) -> Hashes:
        """The hash of every run of so many tokens, in order; of single ones that of the stem."""
        return self._runs_of(size)[0]

    def has(self, size: int, runs: Hashes) -> NDArray[np.bool_]:
        """Which of those hashes of runs the text has, too."""
        known = self._runs_of(size)[1]
        if not len(known):
            return np.zeros(len(runs), np.bool_)
        return np.equal(known[np.minimum(np.searchsorted(known, runs), len(known) - 1)], runs)

    def _runs_of(self, size: int) -> tuple[Hashes, Hashes]:
        """The hashes of runs, in order and sorted."""
        if size not in self._runs:
            found = self.stems if size == 1 else kgram_hashes(self.tokens.hashes, size)
            self._runs[size] = found, self.vocabulary[0] if size == 1 else np.sort(found)
        return self._runs[size]

    @cached_property
    def pairings(self) -> Hashes:
        """The text's pairs of telling words."""
        return pairings(self.tokens)

    @cached_property
    def units(self) -> Indices:
        """Token indices at which sentences begin, and the number of tokens as the last entry."""
        return _units(self.tokens)

    @cached_property
    def begins(self) -> NDArray[np.bool_]:
        """Whether a sentence begins at each token; also true just after the last."""
        begins = np.zeros(len(self.tokens) + 1, np.bool_)
        begins[self.units] = True
        return begins

    @cached_property
    def typed_lines(self) -> tuple[Indices, NDArray[np.int64]]:
        """Token indices at which lines begin as they are typed, with the number of tokens; their hashes."""
        ends = np.flatnonzero(code_points(self.tokens.layer.original) == ord("\n"))
        starts = np.searchsorted(self.tokens.starts, ends)
        bounds = np.unique(np.concatenate([np.zeros(1, np.int64), starts, [len(self.tokens)]]))
        return bounds, line_hashes(self.tokens.hashes, bounds)

    @cached_property
    def single_lines(self) -> dict[int, list[tuple[int, int]]]:
        """Where the typed lines that are long enough to be told by themselves stand, by their hashes."""
        bounds, hashes = self.typed_lines
        letters, words = np.diff(self.reach[bounds]), np.diff(bounds)
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for at in np.flatnonzero((letters >= PARAMETERS.line_letters) & (words >= PARAMETERS.line_tokens)):
            found[int(hashes[at])].append((int(bounds[at]), int(bounds[at + 1])))
        return found

    @cached_property
    def terms(self) -> Terms:
        """The words of each sentence."""
        return _terms(self)


@dataclass(frozen=True, slots=True)
class Terms:
    """A sparse count of words by sentence: entry i says ``counts[i]`` of word ``words[i]`` in ``units[i]``.

    ``vocabulary`` are the sorted hashes that ``words`` index; ``spread`` in how many units each occurs,
    ``total`` how often in the whole text; ``sizes`` the words of each unit.
    """

    vocabulary: Hashes
    spread: Indices
    total: Indices
    sizes: Indices
    units: Indices
    words: Indices
    counts: Indices


_VIEWS: WeakKeyDictionary[Document, View] = WeakKeyDictionary()


def view_of(document: Document) -> View:
    """The view of a text, made at its first use."""
    view = _VIEWS.get(document)
    if view is None:
        tokens = document.tokens
        letters = lengths(code_points(tokens.layer.text), tokens.layer_starts, tokens.layer_ends)
        names = capitalised(code_points(tokens.layer.original), tokens.starts)
        view = View(tokens, letters, np.where(names, np.int32(0), letters))
        _VIEWS[document] = view
    return view


def views_kept() -> MutableMapping[Document, View]:
    """The views of the texts that are in use."""
    return _VIEWS


def lengths(codes: NDArray[np.uint32], starts: Places, ends: Places) -> NDArray[np.int32]:
    """Letters of each token; a character of a script without spaces says as much as several letters."""
    found = (ends - starts).astype(np.int32)
    if len(codes) and int(codes.max()) >= _UNSPACED:
        unspaced = (found == 1) & (codes[starts] >= _UNSPACED)
        found[unspaced] = PARAMETERS.character_letters
    return found


def capitalised(codes: NDArray[np.uint32], starts: Places) -> NDArray[np.bool_]:
    """Which tokens begin with a capital and go on in small letters, as the original has them.

    Words all in capitals are left out: in a headline, or in a text that shouts, they needn't be names.
    """
    codes = np.append(codes, np.uint32(0))
    return _are_upper(codes[starts]) & ~_are_upper(codes[starts + 1])


def _are_upper(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    upper = (codes >= ord("A")) & (codes <= ord("Z"))
    foreign = np.flatnonzero(codes >= _ASCII)
    if len(foreign):
        kinds, which = np.unique(codes[foreign], return_inverse=True)
        upper[foreign] = np.array([chr(int(code)).isupper() for code in kinds])[which]
    return upper


def _units(tokens: Tokens) -> Indices:
    starts = np.searchsorted(tokens.layer_starts, unit_ends(tokens.layer.text), side="left")
    return unit_bounds(np.unique(starts).tolist(), len(tokens))


def unit_ends(text: str) -> Indices:
    """Where a sentence may end in a normalised text, as offsets."""
    return np.fromiter((found.end() for found in _UNIT_END.finditer(text)), dtype=np.int64)


def unit_bounds(starts: Sequence[int], count: int) -> Indices:
    """The sentences of ``count`` tokens that may begin at these; short ones are joined, long ones are cut."""
    bounds = [0]
    for start in starts:
        if start - bounds[-1] >= PARAMETERS.unit_tokens and start < count:
            while start - bounds[-1] > PARAMETERS.unit_longest:
                bounds.append(bounds[-1] + PARAMETERS.unit_longest)
            bounds.append(start)
    while count - bounds[-1] > PARAMETERS.unit_longest:
        bounds.append(bounds[-1] + PARAMETERS.unit_longest)
    if len(bounds) > 1 and count - bounds[-1] < PARAMETERS.unit_tokens:
        bounds.pop()
    return np.array([*bounds, count], dtype=np.int64)


def _terms(view: View) -> Terms:
    vocabulary, words = view.vocabulary
    units = np.repeat(np.arange(len(view.units) - 1), np.diff(view.units))
    cells, counts = np.unique(units * max(1, len(vocabulary)) + words, return_counts=True)
    unit_of, word_of = np.divmod(cells, max(1, len(vocabulary)))
    spread = np.bincount(word_of, minlength=len(vocabulary))
    total = np.bincount(words, minlength=len(vocabulary))
    sizes = np.bincount(unit_of, minlength=len(view.units) - 1)
    return Terms(vocabulary, spread, total, sizes, unit_of, word_of, counts)
