"""Sentence evidence: which sentences of two texts say the same in other words, and the passages they form.

After Sánchez-Pérez, Sidorov & Gelbukh (2014), the best system of the PAN text-alignment task: sentences as
tf-isf vectors, pairs above a cosine and a Dice threshold as seeds, seeds grown to passages by splitting
wherever a gap on either side is too wide, passages kept if they are alike as wholes. It must not know of
exact runs or of the original offsets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from auditor.matching.parameters import PARAMETERS
from auditor.matching.views import Terms, View
from auditor.text.tokens import Hashes, Indices

Matrix = NDArray[np.float32]
Flags = NDArray[np.bool_]

_SMALL = 1 << 18  # pairs of sentences times words, up to which counting their common words is no work
_NEARLY = 0.999  # sums in another order are a little different


@dataclass(frozen=True, eq=False)
class Evidence:
    """The sentences of two texts as vectors over the words that both texts have, and which are alike.

    ``rows`` are the vectors (sentences × shared words), ``rest`` the squared length that the words of
    only one text add to each sentence.
    """

    rows_a: Matrix
    rows_b: Matrix
    rest_a: Matrix
    rest_b: Matrix
    pairs: Indices  # sentence pairs that may say the same, shape (n, 2)
    links: Indices  # these and weaker ones near them, which only tie them together

    def flipped(self) -> Evidence:
        """The same seen from the other text."""
        return Evidence(
            self.rows_b, self.rows_a, self.rest_b, self.rest_a, self.pairs[:, ::-1], self.links[:, ::-1]
        )

    def within(self, sentences: tuple[int, int, int, int]) -> Evidence:
        """The evidence inside two sentence ranges (a first, a last, b first, b last; inclusive)."""
        low, high = np.array(sentences[::2]), np.array(sentences[1::2])
        return replace(
            self,
            pairs=self.pairs[((self.pairs >= low) & (self.pairs <= high)).all(axis=1)],
            links=self.links[((self.links >= low) & (self.links <= high)).all(axis=1)],
        )

    def without(self, units_a: Flags, units_b: Flags) -> Evidence:
        """The evidence of the other sentences."""
        return replace(
            self,
            pairs=self.pairs[~(units_a[self.pairs[:, 0]] | units_b[self.pairs[:, 1]])],
            links=self.links[~(units_a[self.links[:, 0]] | units_b[self.links[:, 1]])],
        )

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """The sentence ranges that hold all pairs; there must be one."""
        low, high = self.pairs.min(axis=0), self.pairs.max(axis=0)
        return int(low[0]), int(high[0]), int(low[1]), int(high[1])


def weigh(a: View, b: View) -> Evidence | None:
    """Compare all sentences of two texts; None where their common words couldn't bear any passage.

    Most pairs of texts end here, so what is cheaper to know comes first: the weight of all common words,
    then whether any two sentences have enough words in common, then how alike they are.
    """
    terms_a, terms_b = a.terms, b.terms
    in_a, in_b = _shared(terms_a.vocabulary, terms_b.vocabulary)
    if not len(in_a):
        return None
    units = len(a.units) - 1, len(b.units) - 1
    both = (terms_a.spread[in_a] + terms_b.spread[in_b]).astype(np.float32)
    total = np.float32(sum(units))
    rarity = np.log(total / both)
    if np.minimum(terms_a.total[in_a], terms_b.total[in_b]) @ rarity < PARAMETERS.reworded_mass:
        return None
    cells_a, cells_b = _cells(terms_a, in_a), _cells(terms_b, in_b)
    dice = None
    if units[0] * units[1] * len(in_a) <= _SMALL:  # of longer texts it costs as much as all the rest
        telling = (rarity > 0).astype(np.float32)
        common = _told(cells_a, units[0], telling) @ _told(cells_b, units[1], telling).T
        dice = 2 * common / np.add.outer(terms_a.sizes, terms_b.sizes)
        if not (dice > PARAMETERS.dice).any():
            return None
    rows_a, norms_a = _vectors(terms_a, _weights(terms_a, in_a, both, total), cells_a, units[0])
    rows_b, norms_b = _vectors(terms_b, _weights(terms_b, in_b, both, total), cells_b, units[1])
    cosines = (rows_a @ rows_b.T) / (norms_a[:, None] * norms_b[None, :])
    weak = np.nonzero(cosines > PARAMETERS.link_cosine)
    alike = dice[weak] if dice is not None else _dice(rows_a, rows_b, terms_a.sizes, terms_b.sizes, weak)
    strong = (cosines[weak] > PARAMETERS.cosine) & (alike > PARAMETERS.dice)
    if not strong.any():
        return None
    links = np.stack(weak, axis=1)
    pairs, links = links[strong], links[strong | (alike > PARAMETERS.link_dice)]
    rest_a = np.maximum(norms_a**2 - (rows_a**2).sum(axis=1), 0)
    rest_b = np.maximum(norms_b**2 - (rows_b**2).sum(axis=1), 0)
    return Evidence(rows_a, rows_b, rest_a, rest_b, pairs, _near(links, pairs, cosines.shape))


def _dice(
    rows_a: Matrix, rows_b: Matrix, sizes_a: Indices, sizes_b: Indices, pairs: tuple[Indices, ...]
) -> NDArray[np.float64]:
    """The Dice coefficient of the words of some pairs of sentences."""
    one, two = pairs
    common = np.bitwise_count(_bits(rows_a)[one] & _bits(rows_b)[two]).sum(axis=1, dtype=np.int64)
    return np.asarray(2 * common / (sizes_a[one] + sizes_b[two]), np.float64)


def _shared(one: Hashes, two: Hashes) -> tuple[Indices, Indices]:
    """Where the values that two sorted arrays without repetitions have in common stand in each."""
    if len(one) < len(two):
        in_two, in_one = _shared(two, one)
        return in_one, in_two
    if not len(two):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    at = np.searchsorted(one, two)
    at[at == len(one)] = 0
    in_two = np.flatnonzero(one[at] == two)
    return at[in_two], in_two


@dataclass(frozen=True, slots=True)
class _Cells:
    """Those entries of a text's terms whose words both texts have: in which row and column each counts."""

    entries: Flags
    rows: Indices
    columns: Indices
    width: int


def _cells(terms: Terms, shared: Indices) -> _Cells:
    column = np.full(len(terms.vocabulary), -1, dtype=np.int64)
    column[shared] = np.arange(len(shared))
    columns = column[terms.words]
    entries = columns >= 0
    return _Cells(entries, terms.units[entries], columns[entries], len(shared))


def _bits(rows: Matrix) -> NDArray[np.uint64]:
    """Which words each sentence has, a bit each: of two long texts many pairs of sentences are compared."""
    packed = np.packbits(rows > 0, axis=1)
    whole = np.zeros((len(packed), -(-packed.shape[1] // 8) * 8), np.uint8)
    whole[:, : packed.shape[1]] = packed
    return whole.view(np.uint64)


def _told(cells: _Cells, units: int, telling: Matrix) -> Matrix:
    """Which sentence has which of the shared words, but for those that stand in every sentence."""
    told = np.zeros((units, cells.width), dtype=np.float32)
    told[cells.rows, cells.columns] = telling[cells.columns]
    return told


def _weights(terms: Terms, shared: Indices, both: Matrix, total: np.float32) -> Matrix:
    """The weight of each word of one text: how rare it is in the sentences of both."""
    spread = terms.spread.astype(np.float32)
    spread[shared] = both
    return np.asarray(np.log(total / spread), np.float32)


def _near(weak: Indices, pairs: Indices, shape: tuple[int, ...]) -> Indices:
    """The weak pairs that lie within a few sentences of a strong one, on both sides."""
    reach = PARAMETERS.link_reach
    area = np.zeros((shape[0] + 2 * reach + 1, shape[1] + 2 * reach + 1), np.int32)
    corners = pairs[:, 0], pairs[:, 1]
    for shift_a, shift_b, sign in ((0, 0, 1), (1, 0, -1), (0, 1, -1), (1, 1, 1)):
        at = corners[0] + shift_a * (2 * reach + 1), corners[1] + shift_b * (2 * reach + 1)
        np.add.at(area, at, sign)
    area = area.cumsum(axis=0).cumsum(axis=1)  # how many strong pairs reach each pair, shifted by the reach
    return weak[area[weak[:, 0] + reach, weak[:, 1] + reach] > 0]


def _vectors(terms: Terms, weights: Matrix, cells: _Cells, units: int) -> tuple[Matrix, Matrix]:
    """The sentences of one text over the shared words, and their lengths over all of their words."""
    values = (terms.counts * weights[terms.words]).astype(np.float32)
    norms = np.sqrt(np.bincount(terms.units, values * values, minlength=units)).astype(np.float32)
    rows = np.zeros((units, cells.width), dtype=np.float32)
    rows[cells.rows, cells.columns] = values[cells.entries]
    return rows, np.maximum(norms, np.float32(1e-9))


def may_bear(evidence: Evidence) -> bool:
    """May the pairs bear any passage? No part of the texts weighs more than what holds all pairs."""
    return _likeness(evidence, *evidence.bounds)[1] >= _NEARLY * PARAMETERS.reworded_mass


def passages(evidence: Evidence) -> list[tuple[int, int, int, int]]:
    """Sentence ranges (a first, a last, b first, b last; inclusive) that are alike as wholes.

    Weak pairs tie strong ones together, but a passage begins and ends with a strong one.
    """
    width = len(evidence.rows_b)
    strong = np.sort(evidence.pairs[:, 0] * width + evidence.pairs[:, 1])
    found: list[tuple[int, int, int, int]] = []
    pending = [(evidence.links, PARAMETERS.unit_gap)]
    while pending:
        links, wide = pending.pop()
        for group in _split(links, wide):
            own = group[np.isin(group[:, 0] * width + group[:, 1], strong)]
            if not len(own):
                continue
            sentences = replace(evidence, pairs=own).bounds
            alike, weight = _likeness(evidence, *sentences)
            if alike >= PARAMETERS.passage_cosine and weight >= PARAMETERS.reworded_mass:
                found.append(sentences)
            elif wide > 0:
                pending.append((group, wide - 1))
    return sorted(found)


def digests(evidence: Evidence) -> list[tuple[int, int]]:
    """Sentence ranges of ``a`` (first, last; inclusive) that sum up the other text as a whole.

    Neighbouring sentences whose best partners are scattered over a good part of ``b``, few in one place:
    what is copied or paraphrased passage by passage has its partners together, and in order.
    """
    units_b = len(evidence.rows_b)
    found = []
    pairs = evidence.pairs[np.argsort(evidence.pairs[:, 0], kind="stable")]
    for group in np.split(pairs, np.flatnonzero(np.diff(pairs[:, 0]) > PARAMETERS.digest_gap) + 1):
        first, last = int(group[0, 0]), int(group[-1, 0])
        paired = 1 + int(np.count_nonzero(np.diff(group[:, 0])))  # sentences, each with one best partner
        if paired < max(PARAMETERS.digest_sentences, PARAMETERS.digest_share * (last - first + 1)):
            continue
        partners = np.sort(_best_partners(evidence, group))
        places = np.split(partners, np.flatnonzero(np.diff(partners) > PARAMETERS.digest_gap + 1) + 1)
        if (
            len(places) > 1
            and max(map(len, places)) <= PARAMETERS.digest_cluster
            and len(partners) <= PARAMETERS.digest_density * len(places)
            and partners[-1] - partners[0] + 1 >= PARAMETERS.digest_spread * units_b
            and _likeness(evidence, first, last, 0, units_b - 1)[0] >= PARAMETERS.digest_cosine
            and mass(evidence, group) >= PARAMETERS.reworded_mass
        ):
            found.append((first, last))
    return found


def _best_partners(evidence: Evidence, pairs: Indices) -> Indices:
    """For each sentence of ``a`` in the pairs (sorted by it), the sentence of ``b`` most like it."""
    one, two = pairs[:, 0], pairs[:, 1]
    rows = evidence.rows_b[two]
    lengths = np.sqrt((rows**2).sum(axis=1) + evidence.rest_b[two])
    alike = (evidence.rows_a[one] * rows).sum(axis=1) / lengths
    order = np.lexsort((two, -alike, one))
    _, first = np.unique(one[order], return_index=True)
    return two[order][first]


def mass(evidence: Evidence, pairs: Indices) -> float:
    """The weight of the words that the paired sentences, and those between them in ``a``, have in common."""
    one = evidence.rows_a[pairs[:, 0].min() : pairs[:, 0].max() + 1].sum(axis=0)
    two = evidence.rows_b[np.unique(pairs[:, 1])].sum(axis=0)
    return float(np.minimum(one, two).sum())


def _split(pairs: Indices, gap: int) -> list[Indices]:
    """Part the pairs wherever more than ``gap`` sentences lie between neighbours, on either side in turn."""
    if len(pairs) < 2:
        return [pairs] if len(pairs) else []
    done: list[Indices] = []
    pending = [(pairs, 0, 0)]
    while pending:
        group, side, stood = pending.pop()
        group = group[np.argsort(group[:, side], kind="stable")]
        cuts = np.flatnonzero(np.diff(group[:, side]) > gap + 1) + 1
        if len(cuts):
            pending += [(part, 1 - side, 0) for part in np.split(group, cuts)]
        elif stood:
            done.append(group)
        else:
            pending.append((group, 1 - side, 1))
    return done


def _likeness(
    evidence: Evidence, a_first: int, a_last: int, b_first: int, b_last: int
) -> tuple[float, float]:
    """The cosine of two sentence ranges, and the weight of the words that both have."""
    one = evidence.rows_a[a_first : a_last + 1].sum(axis=0)
    two = evidence.rows_b[b_first : b_last + 1].sum(axis=0)
    length = _length(one, evidence.rest_a[a_first : a_last + 1]) * _length(
        two, evidence.rest_b[b_first : b_last + 1]
    )
    return float(one @ two) / length if length else 0.0, float(np.minimum(one, two).sum())


def _length(shared: Matrix, rest: Matrix) -> float:
    """The length of a passage's vector: its shared words, and what the others of its sentences add."""
    return float(np.sqrt(float(shared @ shared) + float(rest.sum())))
