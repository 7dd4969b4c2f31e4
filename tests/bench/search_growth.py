"""What searching costs as a collection grows: fingerprints and candidates, wave by wave as an audit has it.

usage: python -m tests.bench.search_growth REUTERS.jsonl.gz SIZE [--night NEW]

Texts are made as they are needed; what is stored are packed fingerprints, handed in by chunks, so that time
and memory are those of the search. Prints processor seconds and the most memory held; with --night also what
NEW more articles cost against all that, beside what they cost against nothing. Nothing is aligned.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from auditor.fingerprint import fingerprint_texts, pack, unpack_many
from auditor.jobs.batches import batches
from auditor.jobs.searching import CHUNK, TEXTS, WAVE
from auditor.matching import Postings, Standing, find_candidates, tie_of
from tests.bench.collection import articles, read_texts

Packed = tuple[int, bytes]
NOTHING_VOID = np.zeros(0, np.int64)


class Search:
    """A store of packed fingerprints that grows by waves; counts what searching them takes."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self.stored: list[Packed] = []
        self.pairs = 0

    def add(self, start: int, end: int) -> float:
        """Search articles of these numbers against all before, and keep them; the seconds it took."""
        begun, made = time.process_time(), 0.0
        for first in range(start, end, WAVE):
            wave: list[Packed] = []
            for numbers in batches(range(first, min(end, first + WAVE)), TEXTS):
                making = time.process_time()
                texts = [each["text"] for each in articles(self._texts, numbers[0], numbers[-1] + 1)]
                made += time.process_time() - making
                wave += zip(numbers, map(pack, fingerprint_texts(texts)), strict=True)
            self.pairs += len(find_candidates(_postings(wave), self._chunks).pairs)
            self.stored += wave
        return time.process_time() - begun - made

    def _chunks(self) -> Iterator[Postings]:
        for first in range(0, len(self.stored), CHUNK):
            yield _postings(self.stored[first : first + CHUNK])


def _postings(packed: Sequence[Packed]) -> Postings:
    standings = [Standing(key, key, tie_of(str(key))) for key, _ in packed]
    return Postings.gathered(standings, unpack_many([each for _, each in packed]), NOTHING_VOID)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("size", type=int)
    parser.add_argument("--night", type=int, default=0)
    args = parser.parse_args()
    texts = read_texts(args.data)
    search = Search(texts)
    seconds = search.add(0, args.size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{args.size} articles: {seconds:.1f} s of processor, {search.pairs} pairs, {peak:.0f} MB", flush=True
    )
    if args.night:
        against = search.add(args.size, args.size + args.night)
        alone = Search(texts).add(args.size, args.size + args.night)
        print(f"{args.night} more: {against:.2f} s; against nothing {alone:.2f} s")


if __name__ == "__main__":
    main()
