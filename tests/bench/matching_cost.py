"""What matching costs beside the yardsticks of the package index, in CPU seconds of one process.

usage: python -m tests.bench.matching_cost REUTERS.jsonl.gz [--articles N] [--growth]

Prints a line a measurement: this project's fingerprints, candidates and alignments over the articles;
datasketch's MinHashLSH and rensa over word 5-shingles of the same (near-duplicates only, without places);
one story in many copies against as many unrelated articles; and with ``--growth`` what each doubling of
the collection costs. Articles past the first pass through the data are made by exchanging words.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from auditor.fingerprint import fingerprint_texts
from auditor.matching import Postings, Standing, align, find_candidates, tie_of
from auditor.text import Document, read

SHINGLE = 5
PERMUTATIONS = 128
THRESHOLD = 0.5
COPIES = 2000


def read_texts(path: Path) -> list[str]:
    """The texts of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def measured(name: str, work: Callable[[], str]) -> float:
    """Run, print CPU seconds, peak memory so far and what came out; returns the seconds."""
    begun = time.process_time()
    result = work()
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:32s} {seconds:8.2f} s CPU   peak {peak:6.0f} MB   {result}", flush=True)
    return seconds


def postings(texts: Sequence[str]) -> Postings:
    """Fingerprints of texts published one after another."""
    prints = fingerprint_texts(texts)
    return Postings.of([(Standing(key, key, tie_of(str(key))), one) for key, one in enumerate(prints)])


def audit(texts: Sequence[str]) -> str:
    """Fingerprints, candidates and alignments of all texts among themselves."""

    @lru_cache(maxsize=4096)
    def document(key: int) -> Document:
        return read(texts[key])

    pairs = find_candidates(postings(texts), list).pairs.tolist()
    found = sum(bool(align(document(one), document(two))) for one, two in pairs)
    return f"{len(pairs)} pairs aligned, {found} share text"


def candidates_only(texts: Sequence[str]) -> str:
    """The same without the alignments."""
    return f"{len(find_candidates(postings(texts), list).pairs)} pairs"


def fingerprints_only(texts: Sequence[str]) -> str:
    """Fingerprints alone."""
    return f"{sum(map(len, fingerprint_texts(texts)))} fingerprints of {len(texts)} articles"


def shingles(text: str) -> set[str]:
    """Word 5-grams."""
    words = text.lower().split()
    return {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}


def datasketch(texts: Sequence[str]) -> str:
    """MinHashLSH of the package of that name."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs = 0
    for key, text in enumerate(texts):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        pairs += len(index.query(sketch))
        index.insert(key, sketch)
    return f"{pairs} near-duplicate pairs"


def rensa(texts: Sequence[str]) -> str:
    """RMinHash of the package of that name."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=16)
    pairs = 0
    for key, text in enumerate(texts):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(list(shingles(text)))
        pairs += len(index.query(sketch))
        index.insert(key, sketch)
    return f"{pairs} candidate pairs"


def grown(texts: Sequence[str], count: int) -> list[str]:
    """As many texts as asked for: the given ones, then their words in another order, three by three."""
    chance = random.Random(3)
    made = list(texts[:count])
    while len(made) < count:
        words = chance.choice(texts).split()
        threes = [words[at : at + 3] for at in range(0, len(words), 3)]
        chance.shuffle(threes)
        made.append(" ".join(word for three in threes for word in three))
    return made


def edited(text: str, chance: random.Random) -> str:
    """The text without one of its words."""
    words = text.split(" ")
    del words[chance.randrange(len(words))]
    return " ".join(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--growth", action="store_true")
    args = parser.parse_args()
    texts = [text for text in read_texts(args.data)[: args.articles] if text]
    measured("fingerprints", lambda: fingerprints_only(texts))
    measured("fingerprints and candidates", lambda: candidates_only(texts))
    ours = measured("with alignments", lambda: audit(texts))
    theirs = measured("datasketch MinHashLSH", lambda: datasketch(texts))
    print(f"{'ratio':32s} {ours / theirs:8.2f}")
    measured("rensa RMinHashLSH", lambda: rensa(texts))
    unrelated = measured("unrelated articles", lambda: audit(texts[:COPIES]))
    story = sorted(texts[:COPIES], key=len)[COPIES // 2]
    chance = random.Random(4)
    versions = [edited(story, chance) for _ in range(COPIES)]
    copies = measured("one story in as many versions", lambda: audit(versions))
    print(f"{'ratio':32s} {copies / unrelated:8.2f}")
    if args.growth:
        for count in (12500, 25000, 50000):
            measured(f"candidates of {count}", lambda count=count: candidates_only(grown(texts, count)))  # type: ignore[misc]


if __name__ == "__main__":
    main()
