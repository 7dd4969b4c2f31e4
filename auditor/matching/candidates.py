"""Which pairs of articles are worth aligning: one rule, whatever the order or the batches they came in.

The rule. Every fingerprint has its *anchors*: the first few articles that hold it, by time and then by a
tie-break that doesn't depend on when they were stored, and the first few wire articles. Two articles are a
candidate pair if one is an anchor of fingerprints that both hold and these bear evidence together:

* two different ones stand near each other, in about the same distance, in both texts; or
* one does, and both articles are among the very first few that hold it (a rare fingerprint).

So a story that a thousand sites ran costs a thousand times a few pairs, its copies are all tied to the
earliest and to the wire's, and no fingerprint is ever dropped for being frequent.

Why order and batches don't matter: whether a pair is a candidate depends only on its two texts and on the
anchors of what they share, and these only on what is stored in the end. A newcomer that is older than
what is stored can displace an anchor; ``Candidates.displaced`` names the articles whose stored pairs may
thereby have lapsed: search for them again as if they were new (all others being stored), and put the result
in place of all their pairs; what that second search calls displaced is of no meaning. Batches in order of
time displace nothing.

Works on flat arrays. Must not know of databases or processes: stored articles are handed in by chunks, and
memory is bounded by the new articles and one chunk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from auditor.fingerprint import Fingerprints, Unpacked
from auditor.matching.parameters import PARAMETERS
from auditor.text.tokens import Indices

NO_FINGERPRINTS = Fingerprints(np.zeros(0, np.int64), np.zeros(0, np.int32))
UNKNOWN_TIME = np.iinfo(np.int64).max
"""The time of an article that has none: later than all others."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rule has to know of an article beside its text.

    ``key`` names it (the store's surrogate key); ``time`` is its earliest possible publication in seconds
    since 1970, or UNKNOWN_TIME; ``tie`` orders articles of one time and must come from the article
    itself (``tie_of`` its id), never from the order of storing; ``wire`` says whether its source is one.
    """

    key: int
    time: int
    tie: int
    wire: bool = False


@dataclass(frozen=True, eq=False)
class Postings:
    """The fingerprints of many articles as flat arrays; ``owner`` indexes the article arrays."""

    keys: Indices
    times: Indices
    ties: Indices
    wire: NDArray[np.bool_]
    owner: NDArray[np.int32]
    values: Indices
    positions: NDArray[np.int32]

    @classmethod
    def of(cls, articles: Sequence[tuple[Standing, Fingerprints]]) -> Postings:
        """Gather articles; a fingerprint that stands twice in one counts at its first place."""
        standings = [standing for standing, _ in articles]
        sizes = [len(prints) for _, prints in articles]
        owner = np.repeat(np.arange(len(articles), dtype=np.int32), sizes)
        nothing_long, nothing = np.zeros(0, np.int64), np.zeros(0, np.int32)
        return cls(
            np.array([standing.key for standing in standings], dtype=np.int64),
            np.array([standing.time for standing in standings], dtype=np.int64),
            np.array([standing.tie for standing in standings], dtype=np.int64),
            np.array([standing.wire for standing in standings], dtype=np.bool_),
            owner,
            np.concatenate([nothing_long, *(prints.values for _, prints in articles)]),
            np.concatenate([nothing, *(prints.positions for _, prints in articles)]),
        )

    @classmethod
    def gathered(cls, standings: Sequence[Standing], found: Unpacked, void: Indices) -> Postings:
        """The same from the fingerprints of all of them at once, but for those in ``void`` (sorted)."""
        bare = cls.of([(standing, NO_FINGERPRINTS) for standing in standings])
        owner = np.repeat(np.arange(len(standings), dtype=np.int32), found.sizes)
        values, positions = found.values, found.positions
        if len(void):
            at = np.minimum(np.searchsorted(void, values), len(void) - 1)
            own = void[at] != values
            owner, values, positions = owner[own], values[own], positions[own]
        return replace(bare, owner=owner, values=values, positions=positions)

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, eq=False)
class Candidates:
    """The outcome of a search.

    ``pairs`` has one row a pair of keys, shape (n, 2), the lesser key first, sorted; at least one of the
    two is new. ``displaced`` are stored keys whose other pairs are to be searched for again.
    """

    pairs: Indices
    displaced: Indices


@dataclass(frozen=True, eq=False)
class _Holders:
    """Who holds which fingerprint, and where: one row a holder."""

    value: Indices  # index into the new articles' distinct values
    key: Indices
    time: Indices
    tie: Indices
    wire: NDArray[np.bool_]
    new: NDArray[np.bool_]
    position: NDArray[np.int32]

    def take(self, which: Indices | NDArray[np.bool_]) -> _Holders:
        return _Holders(*(getattr(self, name)[which] for name in self.__dataclass_fields__))

    @classmethod
    def join(cls, parts: Sequence[_Holders]) -> _Holders:
        return cls(
            *(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__dataclass_fields__)
        )

    def sorted(self) -> _Holders:
        """By value, then by standing."""
        return self.take(np.lexsort((self.tie, self.time, self.value)))

    def __len__(self) -> int:
        return len(self.value)


def tie_of(article_id: str) -> int:
    """A number that orders articles of one time, the same whenever the article is stored."""
    digest = blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def find_candidates(new: Postings, stored: Callable[[], Iterable[Postings]]) -> Candidates:
    """Search new articles among themselves and against the stored ones.

    ``stored`` gives the stored articles chunk by chunk; it is called once, or twice where a newcomer is an
    anchor of something that many stored articles hold. New articles must not be among the stored.
    """
    wanted = np.unique(new.values)
    own = _holders(new, wanted, new=True)
    kept, cut = _gather(wanted, stored())
    everyone = _Holders.join([own, kept]).sorted()
    shared = np.bincount(everyone.value, minlength=len(wanted)) > 1
    everyone = everyone.take(shared[everyone.value])
    rank, anchor = _ranks(everyone)
    meetings = [_meet(everyone, rank, anchor)]
    reopened = np.zeros(len(wanted), np.bool_)
    reopened[everyone.value[anchor & everyone.new]] = True
    reopened &= cut
    if reopened.any():
        newcomers = everyone.take(reopened[everyone.value] & anchor & everyone.new)
        for chunk in stored():
            late = _holders(chunk, wanted, new=False)
            meetings.append(_meet_late(newcomers, late.take(reopened[late.value])))
    pairs = _decide(_Meetings.join(meetings))
    return Candidates(pairs, _displaced(everyone, rank, anchor))


def _holders(postings: Postings, wanted: Indices, *, new: bool) -> _Holders:
    """The holders of the wanted values, each once an article, at its first place."""
    at = np.searchsorted(wanted, postings.values)
    at[at == len(wanted)] = 0
    hit = np.flatnonzero(wanted[at] == postings.values) if len(wanted) else np.zeros(0, np.int64)
    value, owner = at[hit], postings.owner[hit].astype(np.int64)
    _, first = np.unique(value * max(1, len(postings)) + owner, return_index=True)
    value, owner, position = value[first], owner[first], postings.positions[hit][first]
    return _Holders(
        value,
        postings.keys[owner],
        postings.times[owner],
        postings.ties[owner],
        postings.wire[owner],
        np.full(len(value), new),
        position,
    )


def _gather(wanted: Indices, chunks: Iterable[Postings]) -> tuple[_Holders, NDArray[np.bool_]]:
    """The stored holders of the wanted values, only the first of each where there are too many.

    Also tells for which values holders were left out.
    """
    nothing = np.zeros(0, np.int64)
    no = np.zeros(0, np.bool_)
    kept = _Holders(nothing, nothing, nothing, nothing, no, no, nothing.astype(np.int32))
    cut = np.zeros(len(wanted), np.bool_)
    parts, size = [kept], 0
    for chunk in chunks:
        part = _holders(chunk, wanted, new=False)
        parts.append(part)
        size += len(part)
        if size > PARAMETERS.held_at_once:
            kept = _thin(_Holders.join(parts), cut)
            parts, size = [kept], 0
    return _Holders.join(parts), cut


def _thin(holders: _Holders, cut: NDArray[np.bool_]) -> _Holders:
    """Leave only those holders that can still become anchors, or meet one by being among the first."""
    holders = holders.sorted()
    rank, anchor = _ranks(holders)
    keep = anchor | (rank < PARAMETERS.thinned_to)
    cut[holders.value[~keep]] = True
    return holders.take(keep)


def _ranks(holders: _Holders) -> tuple[Indices, NDArray[np.bool_]]:
    """Each holder's place among the holders of its value, and whether it is an anchor (holders sorted)."""
    rank = _count_up(holders.value)
    anchor = rank < PARAMETERS.anchors
    wires = np.flatnonzero(holders.wire)
    anchor[wires] |= _count_up(holders.value[wires]) < PARAMETERS.wire_anchors
    return rank, anchor


def _count_up(groups: Indices) -> Indices:
    """0, 1, 2 … within each run of equal numbers."""
    if not len(groups):
        return np.zeros(0, np.int64)
    begins = np.flatnonzero(np.diff(groups, prepend=groups[0] - 1))
    return np.arange(len(groups)) - np.repeat(begins, np.diff(np.append(begins, len(groups))))


@dataclass(frozen=True, eq=False)
class _Meetings:
    """Pairs of holders of one value, the one with the lesser key first."""

    key_a: Indices
    key_b: Indices
    at_a: Indices
    at_b: Indices
    rare: NDArray[np.bool_]

    @classmethod
    def of(cls, one: _Holders, two: _Holders, rare: NDArray[np.bool_]) -> _Meetings:
        turn = one.key > two.key
        return cls(
            np.where(turn, two.key, one.key),
            np.where(turn, one.key, two.key),
            np.where(turn, two.position, one.position).astype(np.int64),
            np.where(turn, one.position, two.position).astype(np.int64),
            rare,
        )

    @classmethod
    def join(cls, parts: Sequence[_Meetings]) -> _Meetings:
        return cls(
            *(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__dataclass_fields__)
        )


def _meet(holders: _Holders, rank: Indices, anchor: NDArray[np.bool_]) -> _Meetings:
    """Every anchor with every holder of its value, where one of them is new (holders sorted)."""
    where = np.flatnonzero(anchor)
    slot = _count_up(holders.value[where])
    most = PARAMETERS.anchors + PARAMETERS.wire_anchors
    size = int(holders.value.max()) + 1 if len(holders) else 0
    table = np.full((most, size), -1, dtype=np.int64)
    table[slot, holders.value[where]] = where
    parts = []
    everyone = np.arange(len(holders))
    for row in table:
        other = row[holders.value]
        # Two anchors meet once: when the later one looks at the earlier.
        meets = (other >= 0) & (other != everyone) & (~anchor | (other < everyone))
        meets &= holders.new | holders.new[other]
        one, two = other[meets], everyone[meets]
        rare = (rank[one] < PARAMETERS.rare) & (rank[two] < PARAMETERS.rare)
        parts.append(_Meetings.of(holders.take(one), holders.take(two), rare))
    return _Meetings.join(parts)


def _meet_late(anchors: _Holders, late: _Holders) -> _Meetings:
    """New anchors with stored holders that were left out at first."""
    order = np.argsort(late.value, kind="stable")
    first = np.searchsorted(late.value[order], anchors.value, side="left")
    count = np.searchsorted(late.value[order], anchors.value, side="right") - first
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    one = np.repeat(np.arange(len(anchors)), count)
    two = order[np.repeat(first, count) + within]
    return _Meetings.of(anchors.take(one), late.take(two), np.zeros(len(one), np.bool_))


def _decide(meetings: _Meetings) -> Indices:
    """The pairs that bear evidence."""
    order = np.lexsort((meetings.at_b, meetings.at_a, meetings.key_b, meetings.key_a))
    key_a, key_b = meetings.key_a[order], meetings.key_b[order]
    at_a, at_b = meetings.at_a[order], meetings.at_b[order]
    proven = meetings.rare[order].copy()
    for step in (1, 2):
        same = (key_a[step:] == key_a[:-step]) & (key_b[step:] == key_b[:-step])
        ahead_a, ahead_b = at_a[step:] - at_a[:-step], at_b[step:] - at_b[:-step]
        near = (ahead_a > 0) & (ahead_a <= PARAMETERS.near) & (np.abs(ahead_b - ahead_a) <= PARAMETERS.drift)
        proven[step:] |= same & near
    if not proven.any():
        return np.zeros((0, 2), dtype=np.int64)
    return np.unique(np.stack([key_a[proven], key_b[proven]], axis=1), axis=0)


def _displaced(holders: _Holders, rank: Indices, anchor: NDArray[np.bool_]) -> Indices:
    """Stored articles that were anchors, or among the first, until newcomers came before them."""
    stored = np.flatnonzero(~holders.new)
    before = holders.take(stored)
    old_rank, old_anchor = _ranks(before)
    lost = old_anchor & ~anchor[stored]
    size = int(holders.value.max()) + 1 if len(holders) else 0
    bystanders = np.bincount(before.value[~anchor[stored]], minlength=size)
    lost &= bystanders[before.value] > 1
    lost |= (old_rank < PARAMETERS.rare) & (rank[stored] >= PARAMETERS.rare)
    return np.unique(before.key[lost])
