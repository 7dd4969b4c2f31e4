"""What lineage costs beside the rest of an audit, in processor seconds of one process.

usage: python -m tests.bench.lineage_cost REUTERS.jsonl.gz [--articles N] [--copies N ...]

Audits a store of real wire copy as it stands, and stores of one story in many edited copies each, by the
same jobs that the command runs; prints seconds by stage and lineage's share of the whole.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from auditor.domain import Article, Moment, Source, SourceKind
from auditor.engine import tasks
from auditor.jobs import settling, tracing
from auditor.jobs.audit import audit
from auditor.registry import Registry
from auditor.storage import open_store
from tests.bench.matching_cost import edited, read_texts

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
REGISTRY = Registry([Source("wire", "Wire", SourceKind.WIRE)])
# What of an audit's second part is lineage: the pure functions, and settling around the judging.
PARTS = (
    (tasks, "trace"),
    (settling, "settle"),
    (settling, "stories"),
    (tasks, "verdict"),
    (tasks, "outdated"),
    (tasks, "stale"),
)


@contextmanager
def timed(seconds: dict[str, float]) -> Iterator[None]:
    """Counts the processor seconds spent in each part of lineage while the block runs."""
    real: list[tuple[Any, str, Callable[..., Any]]] = []
    for module, name in PARTS:
        function = getattr(module, name)
        real.append((module, name, function))

        def counted(*words: Any, _name: str = name, _of: Callable[..., Any] = function, **named: Any) -> Any:
            begun = time.process_time()
            try:
                return _of(*words, **named)
            finally:
                seconds[_name] = seconds.get(_name, 0.0) + time.process_time() - begun

        setattr(module, name, counted)
    try:
        yield
    finally:
        for module, name, function in real:
            setattr(module, name, function)


def measured(name: str, articles: list[Article]) -> None:
    """Audit them in a store of their own; print what it took."""
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/a.db") as store:
        store.put_sources(REGISTRY)
        store.add([(one.id, one) for one in articles], run=store.begin_run("ingest", {}))
        begun = time.process_time()
        with timed(seconds):
            summary = audit(store, REGISTRY)
        whole = time.process_time() - begun
    lineage = sum(seconds.values())
    parts = ", ".join(f"{part} {value:.2f}" for part, value in seconds.items() if value >= 0.01)
    print(
        f"{name}: audit {whole:.1f} s, lineage {lineage:.1f} s ({lineage / whole:.0%}: {parts}); "
        f"{summary.pairs} pairs, {tracing.TRACED} at a time",
        flush=True,
    )


def spread(text: str, copies: int) -> list[Article]:
    """A wire item and edited copies of it, each from another copy now and then, minutes apart."""
    chance = random.Random(5)
    texts = [text]
    for _ in range(copies):
        texts.append(edited(chance.choice(texts[-20:]) if chance.random() < 0.3 else text, chance))
    return [
        Article(
            f"n{number:05}",
            each,
            None if number else "wire",
            published=Moment.parse((BEGINNING + timedelta(minutes=5 * number)).isoformat()),
        )
        for number, each in enumerate(texts)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--copies", type=int, nargs="*", default=[500, 1000, 2000])
    args = parser.parse_args()
    texts = [text for text in read_texts(args.data) if text]
    measured(
        f"{args.articles} items of Reuters",
        [
            Article(
                f"r{number:05}",
                text,
                "wire",
                published=Moment.parse((BEGINNING + timedelta(minutes=number)).isoformat()),
            )
            for number, text in enumerate(texts[: args.articles])
        ],
    )
    story = next(text for text in texts if 200 <= len(text.split()) <= 300)
    for copies in args.copies:
        measured(f"one story in {copies} copies", spread(story, copies))


if __name__ == "__main__":
    main()
