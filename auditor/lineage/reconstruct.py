"""The most probable text of an original that nobody holds, put together from its copies.

    copies of one lost text → the sentences that they share → their order → of each word what most copies have

After the editors of texts whose original is lost: a copy of a copy is hardly a witness of its own, and what
only one copy has may be that site's own addition, so it is left out where there are several. What comes out
is an inference, never an article: always shown as such, each passage with how far the copies agree.
This module must not know how the copies were found to share an origin.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

from auditor.domain import PassageKind, Place, Span
from auditor.lineage.lost import Lost, Part, weight
from auditor.lineage.readings import SAME, STYLED, read_against
from auditor.lineage.witness import Witness
from auditor.matching import align

Votes = dict[str, float]
Node = tuple[str, int]  # an article and the number of one of its sentences

# More copies hardly change a majority, and every two of them are aligned.
MOST_COPIES = 12
# Two sentences are one if at least this share of the shorter one's words stands in the other.
_ONE_SENTENCE = 0.5
# A sentence counts as taken from the origin if rows cover at least this share of it.
_COVERED = 0.5


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A sentence of a lost text as most of its copies have it.

    ``agreement`` is the mean share of the copies' votes that its words have, 0..1, copies of copies
    counting less. ``copies`` are the sentences it was made of.
    """

    text: str
    agreement: float
    copies: tuple[Place, ...]
    opens: bool = False


def _between(passage: Rebuilt) -> str:
    """What parts a passage from the one before."""
    return "\n\n" if passage.opens else " "


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """A lost text as far as its copies tell it: an inference, by whom ``source`` (a key) says.

    ``read`` are the copies it was made of, ``unread`` how many more there are.
    """

    source: str | None
    passages: tuple[Rebuilt, ...]
    read: tuple[str, ...]
    unread: int = 0

    @property
    def text(self) -> str:
        """The whole, in paragraphs as most of the copies have them."""
        parts: list[str] = []
        for passage in self.passages:
            if parts:
                parts.append(_between(passage))
            parts.append(passage.text)
        return "".join(parts)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where each passage stands in the text."""
        spans: list[Span] = []
        for passage in self.passages:
            start = spans[-1].end + len(_between(passage)) if spans else 0
            spans.append(Span(start, start + len(passage.text)))
        return tuple(spans)

    @property
    def agreement(self) -> float:
        """The passages' agreement, by their length."""
        whole = sum(len(passage.text) for passage in self.passages)
        return sum(one.agreement * len(one.text) for one in self.passages) / whole if whole else 0.0


def reconstruct(lost: Lost, witnesses: Mapping[str, Witness]) -> Reconstruction | None:
    """A lost text put together; None where its copies share no sentence that is at hand.

    ``witnesses`` are needed for the first ``MOST_COPIES`` of its copies.
    """
    read = [witnesses[name] for name in list(lost.copies)[:MOST_COPIES] if name in witnesses]
    groups = _groups(read, {one.article.id: _sentences(one, lost.copies[one.article.id]) for one in read})
    if not any(len({article for article, _ in group}) > 1 for group in groups):
        return None
    by_name = {one.article.id: one for one in read}
    weights = {name: weight(lost.copies[name]) for name in by_name}
    kept = _attested(_in_order(groups, read), weights)
    passages = tuple(_rebuilt(group, by_name, weights) for group in kept)
    return Reconstruction(lost.source, passages, tuple(sorted(by_name)), len(lost.copies) - len(read))


# Which sentences are one


def _sentences(witness: Witness, parts: Sequence[Part]) -> dict[int, tuple[int, int]]:
    """The token ranges of the sentences that an article has from the origin, by their numbers."""
    kinds = (PassageKind.BODY, PassageKind.HEADLINE)
    body = [passage.span for passage in witness.document.passages if passage.kind in kinds]
    found = {}
    for number, span in enumerate(witness.document.sentences):
        covered = sum(span.overlap(part.span) for part in parts)
        if covered < _COVERED * span.length or not any(span.overlap(own) for own in body):
            continue
        first, last = witness.document.tokens.within(span)
        while first < last and witness.litter[first]:
            first += 1
        if first < last:
            found[number] = first, last
    return found


def _groups(read: Sequence[Witness], taken: Mapping[str, Mapping[int, tuple[int, int]]]) -> list[list[Node]]:
    """Sentences that are one in several copies, each group sorted; a sentence of one copy is a group too."""
    leader: dict[Node, Node] = {
        (name, number): (name, number) for name, those in taken.items() for number in those
    }

    def find(node: Node) -> Node:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for at, one in enumerate(read):
        for two in read[at + 1 :]:
            for first, second in _alike(one, two, taken[one.article.id], taken[two.article.id]):
                a, b = find((one.article.id, first)), find((two.article.id, second))
                leader[max(a, b)] = min(a, b)
    groups: dict[Node, list[Node]] = defaultdict(list)
    for node in sorted(leader):
        groups[find(node)].append(node)
    return list(groups.values())


def _alike(
    one: Witness, two: Witness, ours: Mapping[int, tuple[int, int]], theirs: Mapping[int, tuple[int, int]]
) -> list[tuple[int, int]]:
    """Pairs of sentences of two copies that are one."""
    matches = align(one.document, two.document)
    if not matches:
        return []
    reading = read_against(one.side, two.side, matches)
    owner = np.full(len(two.document.tokens), -1)
    for number, (first, last) in theirs.items():
        owner[first:last] = number
    same = ((reading.state == SAME) | (reading.state == STYLED)) & (reading.partner >= 0)
    found = []
    for number, (first, last) in ours.items():
        partners = reading.partner[first:last][same[first:last]]
        shared = Counter(owner[partners].tolist())
        shared.pop(-1, None)
        if shared:
            other, count = min(shared.items(), key=lambda item: (-item[1], item[0]))
            shorter = min(last - first, theirs[other][1] - theirs[other][0])
            if count >= _ONE_SENTENCE * shorter:
                found.append((number, other))
    return found


def _in_order(groups: Sequence[list[Node]], read: Sequence[Witness]) -> list[list[Node]]:
    """The groups in the order of the copy that has most; what others add follows what it follows there."""
    place = {node: index for index, group in enumerate(groups) for node in group}
    runs = [
        list(dict.fromkeys(index for node, index in sorted(place.items()) if node[0] == one.article.id))
        for one in read
    ]
    runs.sort(key=lambda run: -len(run))
    order = list(runs[0])
    for run in runs[1:]:
        at = 0
        for index in run:
            if index in order:
                at = order.index(index) + 1
            else:
                order.insert(at, index)
                at += 1
    return [groups[index] for index in order]


def _attested(groups: Sequence[list[Node]], weights: Mapping[str, float]) -> list[list[Node]]:
    """The groups that two or more copies have, and no fewer than run on over the place without them."""
    having = [{name for name, _ in group} for group in groups]
    reach: dict[str, tuple[int, int]] = {}
    for at, names in enumerate(having):
        for name in names:
            reach[name] = reach.get(name, (at, at))[0], at
    kept = []
    for at, group in enumerate(groups):
        over = {name for name, (first, last) in reach.items() if first < at < last}
        have = sum(weights[name] for name in having[at])
        lack = sum(weights[name] for name in over - having[at])
        if len(having[at]) > 1 and have >= lack:
            kept.append(group)
    return kept


# What most copies have


@dataclass(frozen=True, slots=True)
class _Copy:
    """One copy's version of a sentence: its words, where they stand, and what its voice counts."""

    witness: Witness
    first: int
    last: int
    weight: float

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.witness.document.tokens.words[self.first : self.last])

    def text(self, first: int, last: int) -> str:
        """The text of its words ``[first, last)``."""
        return self.witness.document.tokens.span(self.first + first, self.first + last).of(
            self.witness.article.text
        )


def _rebuilt(group: Sequence[Node], by_name: Mapping[str, Witness], weights: Mapping[str, float]) -> Rebuilt:
    """One sentence from all of its copies."""
    copies: dict[str, _Copy] = {}
    places = []
    for name, number in group:
        span = by_name[name].document.sentences[number]
        first, last = by_name[name].document.tokens.within(span)
        while first < last and by_name[name].litter[first]:
            first += 1
        places.append(Place(name, span))
        copies.setdefault(name, _Copy(by_name[name], first, last, weights[name]))
    best = max(copies.values(), key=lambda one: (_support(one, copies.values()), one.witness.article.id))
    others = [one for one in copies.values() if one is not best]
    text, agreement = _voted(best, others)
    return Rebuilt(text, round(agreement, 4), tuple(places), _opens(copies.values()))


def _support(one: _Copy, copies: Iterable[_Copy]) -> float:
    """How near a copy's sentence is to the others', its own weight included."""
    near = (other.weight * Levenshtein.normalized_similarity(one.words, other.words) for other in copies)
    return round(sum(near), 9)


def _opens(copies: Iterable[_Copy]) -> bool:
    """Does the sentence begin a paragraph in most of the copies that don't begin with it?"""
    for_it = against = 0.0
    for copy in copies:
        tokens = copy.witness.document.tokens
        if copy.first:
            gap = Span(int(tokens.ends[copy.first - 1]), int(tokens.starts[copy.first]))
            opens = "\n" in gap.of(copy.witness.article.text)
            for_it += copy.weight * opens
            against += copy.weight * (not opens)
    return for_it >= against


def _voted(best: _Copy, others: Sequence[_Copy]) -> tuple[str, float]:
    """The best copy's sentence with each word that most of the copies have instead; and the agreement."""
    size = best.last - best.first
    words: list[Votes] = [{best.text(at, at + 1): best.weight} for at in range(size)]
    put_in: list[Votes] = [{"": best.weight} for _ in range(size + 1)]
    for other in others:
        told, more = _against(best, other)
        for at, word in enumerate(told):
            words[at][word] = words[at].get(word, 0.0) + other.weight
        for at in range(size + 1):
            extra = more.get(at, "")
            put_in[at][extra] = put_in[at].get(extra, 0.0) + other.weight
    return _written(best, words, put_in)


def _against(best: _Copy, other: _Copy) -> tuple[list[str], dict[int, str]]:
    """The other copy's text for each word of the best ("" for none), and what it has more before a word."""
    told = [""] * (best.last - best.first)
    more: dict[int, str] = {}
    for op in Levenshtein.opcodes(best.words, other.words):
        paired = min(op.src_end - op.src_start, op.dest_end - op.dest_start)
        for step in range(paired):
            at, there = op.src_start + step, op.dest_start + step
            # Equal words are one voice, however each copy writes them.
            told[at] = best.text(at, at + 1) if op.tag == "equal" else other.text(there, there + 1)
        if op.dest_end - op.dest_start > paired:
            more[op.src_end] = other.text(op.dest_start + paired, op.dest_end)
    return told, more


def _written(best: _Copy, words: Sequence[Votes], put_in: Sequence[Votes]) -> tuple[str, float]:
    """The words that won, with what stands between the best copy's words."""
    tokens, text = best.witness.document.tokens, best.witness.article.text
    parts: list[str] = []
    shares: list[float] = []
    for at, votes in enumerate(words):
        extra, _ = _winner(put_in[at])
        word, share = _winner(votes)
        shares.append(share)
        gap = text[int(tokens.ends[best.first + at - 1]) : int(tokens.starts[best.first + at])] if at else ""
        if extra:
            parts.append(f"{gap}{extra}" if at else extra)
            gap = " "
        if word:
            parts.append(f"{gap}{word}")
    begin, end = int(tokens.ends[best.last - 1]), best.last
    stop = int(tokens.starts[end]) if end < len(tokens) else len(text)
    tail = text[begin:stop].split("\n", 1)[0].rstrip()
    extra, _ = _winner(put_in[len(words)])
    parts.append(f" {extra}{tail}" if extra else tail)
    lead = text[: int(tokens.starts[best.first])]
    opening = lead[-1:] if lead[-1:] in _OPENING else ""
    return opening + "".join(parts).strip(), sum(shares) / len(shares) if shares else 0.0


_OPENING = tuple("“\"'(")


def _winner(votes: Votes) -> tuple[str, float]:
    """What most copies have, the best copy's own where there are as many for another; and its share."""
    own = next(iter(votes))
    won = max(votes, key=lambda word: (round(votes[word], 9), word == own, word))
    return won, votes[won] / sum(votes.values())
