"""What a night costs on a store that holds much: processor time of each part, memory, size of the database.

    python tests/bench/nightly_scale.py STORED NEW [DATABASE] [TEXTS.jsonl.gz]

Takes STORED articles in and audits them, then does a night of NEW ones, all in this process. Prints a line of
JSON. The articles are invented, or made from the texts of a file (see ``collection``). A new SQLite file in a
folder of its own, unless DATABASE names an empty database ("-": a file).
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from auditor.jobs.nightly import nightly
from auditor.storage import open_store
from tests.bench import collection
from tests.faults.captures import deliver
from tests.faults.nights import settings_of

MEGABYTE = 1e6
# The tables of ours with their indexes: PostgreSQL's own catalogues take 7.5 MB in a database that is empty.
OURS = """
SELECT sum(pg_total_relation_size(oid)) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
# Parts of a night, in their order.
PARTS = ("ingest", "audit", "findings", "changes", "prune", "report", "export")


def main(stored: int, new: int, database: str | None, texts: Path | None) -> None:
    """Measure and print."""
    held = collection.read_texts(texts) if texts else None
    with tempfile.TemporaryDirectory(prefix="auditor-bench-") as name:
        folder = Path(name)
        url = database or f"sqlite:///{folder / 'bench.db'}"
        settings = settings_of(folder, url)

        def part(*steps: str) -> tuple[float, float]:
            return _timed(lambda: nightly(settings, steps=steps))

        _deliver(folder / "inbox", held, 0, stored)
        first = {step: part(step) for step in PARTS}
        before_night = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _deliver(folder / "inbox", held, stored, stored + new)
        night = {step: part(step) for step in PARTS}
        with open_store(url) as store:
            size_of_texts = sum(len(article.text.encode()) for article in store.articles())
            size = _size(store, folder / "bench.db")
        print(
            json.dumps(
                {
                    "stored": stored,
                    "new": new,
                    "first_cpu_s": _rounded(first, 0),
                    "night_cpu_s": _rounded(night, 0),
                    "night_wall_s": _rounded(night, 1),
                    "night_to_its_audit": round(sum(cpu for cpu, _ in night.values()) / night["audit"][0], 2),
                    "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                    "peak_before_the_night_mb": round(before_night),
                    "database_mb": round(size / MEGABYTE, 1),
                    "database_to_texts": round(size / size_of_texts, 2),
                }
            )
        )


def _deliver(inbox: Path, texts: Sequence[str] | None, start: int, end: int) -> None:
    if texts is None:
        deliver(inbox, 5, int(start > 0), end - start)
    else:
        collection.write(inbox / f"{start}.jsonl", texts, start, end)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.monotonic()
    work()
    return time.process_time() - cpu, time.monotonic() - wall


def _size(store: object, file: Path) -> int:
    if file.is_file():
        return sum(each.stat().st_size for each in file.parent.glob(f"{file.name}*"))
    with store._engine.connect() as connection:  # type: ignore[attr-defined]
        return int(connection.exec_driver_sql(OURS).scalar())


def _rounded(parts: dict[str, tuple[float, float]], which: int) -> dict[str, float]:
    return {step: round(times[which], 2) for step, times in parts.items()}


def _arguments(words: Sequence[str]) -> tuple[int, int, str | None, Path | None]:
    database = words[2] if len(words) > 2 and words[2] != "-" else None
    return int(words[0]), int(words[1]), database, Path(words[3]) if len(words) > 3 else None


if __name__ == "__main__":
    main(*_arguments(sys.argv[1:]))
