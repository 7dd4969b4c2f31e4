"""Page furniture learnt from a store: lines that one source prints in stories that have nothing in common.

A line is furniture if three articles of one source hold it that are strangers to each other: without the
lines that both have, two of them share few words. Background that a source repeats in one running story is
none, nor are a story's own versions, however many there are; a signature, a plea for money or a notice of
copyright is after three articles.

Whether two texts are strangers depends on these two alone, and three strangers stay three strangers: what
was furniture among some articles is so among more. So the order in which articles come, and in what batches,
doesn't matter.

It must not know where articles and lines are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from auditor.fingerprint import Fingerprints, Unpacked, kgram_hashes, values_of
from auditor.matching.parameters import PARAMETERS
from auditor.matching.views import Document
from auditor.text.layer import normalise
from auditor.text.lines import FEWEST, Known, line_bounds, line_hashes
from auditor.text.tokens import Indices, Tokens, mix64, stem_hashes, tokenise

_SOURCES = np.uint64(0x9FB21C651E98DF25)  # parts the same line of different sources


@dataclass(frozen=True)
class Furniture:
    """The lines that are furniture: their hashes, and what each says.

    ``printed`` tells of each source, by its key, which of them it prints.
    """

    texts: Mapping[int, str]
    printed: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @cached_property
    def lines(self) -> frozenset[int]:
        """The hashes of the lines."""
        return frozenset(self.texts)

    @cached_property
    def known(self) -> Known:
        """The same as texts are read with it."""
        return Known.of(self.texts, self.printed)

    @cached_property
    def void(self) -> Indices:
        """Every fingerprint that lies wholly in one of the lines, sorted: none of them ties two texts."""
        grams = [kgram_hashes(tokenise(normalise(text)).hashes) for text in self.texts.values()]
        return np.unique(values_of(np.concatenate([np.zeros(0, np.uint64), *grams])))

    def without(self, prints: Fingerprints) -> Fingerprints:
        """A text's fingerprints but for those that lie in furniture."""
        if not len(self.void):
            return prints
        own = ~_among(prints.values, self.void)
        return Fingerprints(prints.values[own], prints.positions[own], prints.lines)

    def touches(self, prints: Fingerprints) -> bool:
        """Does the text hold a line, or a part of one by which it could be tied to others?"""
        return bool(_among(prints.values, self.void).any()) or not self.lines.isdisjoint(
            prints.lines.tolist()
        )


def _among(values: Indices, wanted: Indices) -> NDArray[np.bool_]:
    """Which values are among the wanted ones, which are sorted."""
    if not len(wanted):
        return np.zeros(len(values), np.bool_)
    at = np.minimum(np.searchsorted(wanted, values), len(wanted) - 1)
    return np.asarray(wanted[at] == values)


def lines_in(text: str) -> dict[int, str]:
    """The lines of a text that are long enough to be furniture, by their hashes, as the text has them."""
    tokens = tokenise(normalise(text))
    bounds = line_bounds(tokens)
    found = zip(
        line_hashes(tokens.hashes, bounds).tolist(), bounds[:-1].tolist(), bounds[1:].tolist(), strict=True
    )
    return {line: tokens.span(first, last).of(text) for line, first, last in found if last - first >= FEWEST}


@dataclass(frozen=True, eq=False)
class Printed:
    """Who printed which line: one row an article and line. Sources are numbers, -1 where it isn't known."""

    keys: Indices
    sources: Indices
    lines: Indices

    @classmethod
    def of(cls, articles: Sequence[tuple[int, int, Fingerprints]]) -> Printed:
        """Gather articles given as key, source and fingerprints."""
        sizes = [len(prints.lines) for _, _, prints in articles]
        return cls(
            np.repeat(np.array([key for key, _, _ in articles], np.int64), sizes),
            np.repeat(np.array([source for _, source, _ in articles], np.int64), sizes),
            np.concatenate([np.zeros(0, np.int64), *(prints.lines for _, _, prints in articles)]),
        )

    @classmethod
    def gathered(cls, keys: Sequence[int], sources: Sequence[int], found: Unpacked) -> Printed:
        """The same from the lines of all of them at once."""
        return cls(
            np.repeat(np.array(keys, np.int64), found.line_sizes),
            np.repeat(np.array(sources, np.int64), found.line_sizes),
            found.lines,
        )

    @cached_property
    def each(self) -> Indices:
        """A number for each row that stands for its source and line together."""
        return _each(self.lines, self.sources)


def _each(lines: Indices, sources: Indices) -> Indices:
    return mix64(lines.view(np.uint64) ^ (sources.view(np.uint64) * _SOURCES)).view(np.int64)


def _columns(pairs: Iterable[tuple[int, int]]) -> tuple[Indices, Indices]:
    table = np.array(list(pairs), np.int64).reshape(-1, 2)
    return np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])


@dataclass(frozen=True, slots=True)
class Repeated:
    """A line that several articles of one source hold; ``keys`` are theirs, sorted."""

    line: int
    source: int
    keys: tuple[int, ...]


def repeated(
    new: Printed,
    stored: Iterable[Printed],
    settled: Iterable[int],
    learnt: Iterable[tuple[int, int]] = (),
) -> list[Repeated]:
    """The lines in new articles that enough articles of the same source hold, new or stored; sorted.

    ``settled`` are lines of which it is known whether they are furniture, ``learnt`` lines and numbers of
    sources of which it is known that these print them.
    """
    open_rows = (new.sources >= 0) & ~_among(new.lines, np.array(sorted(settled), np.int64))
    open_rows &= ~_among(new.each, np.sort(_each(*_columns(learnt))))
    wanted, first = np.unique(new.each[open_rows], return_index=True)
    lines, sources = new.lines[open_rows][first], new.sources[open_rows][first]
    which, keys = [], []
    for chunk in (new, *stored):
        hit = np.flatnonzero(_among(chunk.each, wanted))
        which.append(np.searchsorted(wanted, chunk.each[hit]))
        keys.append(chunk.keys[hit])
    at, of = np.concatenate(which), np.concatenate(keys)
    order = np.lexsort((of, at))
    at, of = at[order], of[order]
    bounds = np.searchsorted(at, np.arange(len(wanted) + 1))
    often = np.flatnonzero(np.diff(bounds) >= PARAMETERS.strangers)
    found = [
        Repeated(int(lines[n]), int(sources[n]), tuple(of[bounds[n] : bounds[n + 1]].tolist())) for n in often
    ]
    return sorted(found, key=lambda one: (one.line, one.source))


def often_printed(lines: Iterable[int], printed: Iterable[Printed]) -> list[tuple[int, int]]:
    """Which of these lines, known to be furniture, which sources hold in enough articles; sorted.

    Whether these are strangers to each other doesn't matter any more.
    """
    wanted = np.array(sorted(lines), np.int64)
    counts: Counter[tuple[int, int]] = Counter()
    for some in printed:
        hit = np.flatnonzero(_among(some.lines, wanted) & (some.sources >= 0))
        counts.update(zip(some.lines[hit].tolist(), some.sources[hit].tolist(), strict=True))
    return sorted(pair for pair, count in counts.items() if count >= PARAMETERS.strangers)


def strangers(holders: Iterable[int], are_strange: Callable[[int, int], bool]) -> tuple[int, ...]:
    """The first of the holders of a line that are strangers to each other, as many as make it furniture.

    Empty where there aren't so many. ``are_strange`` says it of two articles; it is asked for each two of
    them until enough are found.
    """
    met: list[int] = []
    apart: dict[int, set[int]] = {}
    for one in holders:
        apart[one] = {other for other in met if are_strange(one, other)}
        for other in met:
            if other in apart[one]:
                both = [third for third in met if third in apart[one] & apart[other]]
                if both:
                    return tuple(sorted((one, other, both[0])))
        met.append(one)
    return ()


@dataclass(frozen=True)
class Words:
    """The telling words of a text, line by line: stems of its longer words, none that is a figure."""

    by_line: Mapping[int, frozenset[int]]

    @classmethod
    def of(cls, document: Document) -> Words:
        """Those of a text as read."""
        tokens: Tokens = document.tokens
        bounds = line_bounds(tokens)
        stems = stem_hashes(tokens, PARAMETERS.stem)
        long = (tokens.layer_ends - tokens.layer_starts) >= PARAMETERS.theme_letters
        lines = line_hashes(tokens.hashes, bounds).tolist()
        return cls(
            {
                line: frozenset(stems[first:last][long[first:last]].tolist())
                for line, first, last in zip(lines, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
            }
        )

    def is_strange_to(self, other: Words) -> bool:
        """Do the two texts share few words outside the lines that both have?"""
        ours = [self.by_line[line] for line in self.by_line.keys() - other.by_line.keys()]
        theirs = [other.by_line[line] for line in other.by_line.keys() - self.by_line.keys()]
        if min(sum(map(len, ours)), sum(map(len, theirs))) < PARAMETERS.strange_words:
            return False  # as of copies of one text: without putting their few words together
        one, two = frozenset[int]().union(*ours), frozenset[int]().union(*theirs)
        least = min(len(one), len(two))
        return least >= PARAMETERS.strange_words and len(one & two) < PARAMETERS.strange_share * least
