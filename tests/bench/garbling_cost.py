"""What garbling costs beside the rest of an audit, in processor seconds of one process.

usage: python -m tests.bench.garbling_cost ARTICLES.jsonl[.gz] [--articles N] [--store URL]

Ingests the first N articles into a store of their own (or into the one named, which stays), audits them by
the job that the command runs, and prints the seconds of garbling with its share of the whole. What a text's
reading leaves until it is asked for (quotations, names, figures) counts for whoever asks for it first.
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from auditor.domain import Garble
from auditor.engine import tasks
from auditor.garbling import garbles
from auditor.jobs.audit import audit
from auditor.jobs.ingest import ingest
from auditor.registry import Registry
from auditor.storage import Store, open_store

ASKED = 0.25


def first(path: Path, count: int | None, folder: Path) -> Path:
    """The first so many lines of a JSONL file, as a file."""
    into = folder / "articles.jsonl"
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines, into.open("w", encoding="utf-8") as out:
        out.writelines(islice(lines, count))
    return into


class Timed:
    """Counts the processor seconds of the function that finds garbles, and what it found."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.found: Counter[str] = Counter()
        self._real = garbles

    def __call__(self, *words: Any, **named: Any) -> Sequence[Garble]:
        begun = time.process_time()
        try:
            rows = self._real(*words, **named)
        finally:
            self.seconds += time.process_time() - begun
        self.found.update(row.kind for row in rows)
        return rows


def measured(store: Store, articles: Path) -> str:
    """Audit the articles; what it took, and which part of it was garbling's."""
    registry = Registry(store.sources())
    ingest(store, registry, [articles])
    timed = Timed()
    setattr(tasks, "garbles", timed)  # noqa: B010 (the name that the job's own function calls)
    begun = time.process_time()
    summary = audit(store, registry)
    whole = time.process_time() - begun
    share = timed.seconds / whole
    return (
        f"{summary.pairs} pairs, {summary.traced} traced, {timed.found.total()} garbles: "
        f"audit {whole:.1f} s, garbling {timed.seconds:.1f} s: {share:.1%} (asked: at most {ASKED:.0%})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--store")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        url = args.store or f"sqlite:///{name}/a.db"
        with open_store(url) as store:
            print(measured(store, first(args.data, args.articles, Path(name))), flush=True)


if __name__ == "__main__":
    main()
