"""What a night costs on a store that holds much: processor time of each part, memory, size of the database.

    python tests/bench/nightly_scale.py STORED NEW [DATABASE] [TEXTS.jsonl.gz] [--keep FOLDER] [--store FILE]

Takes STORED articles in and audits them, then does a night of NEW ones, all in this process. Prints a line of
JSON. The articles are invented, or made from the texts of a file (see ``collection``). A new SQLite file in a
folder of its own, unless DATABASE names an empty database ("-": a file).

With --keep what there is before the night stays in that folder, report and exports included, and the next
call begins there: NEW = 0 makes it, each call after it does its night on a copy, in a process that did
nothing else. --store is a SQLite file that those articles were taken into and audited before (``cost --keep``
leaves such). Both are for SQLite.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
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
# What making the store cost, beside it where it is kept.
FIRST = "first.json"
# Parts of a night, in their order.
PARTS = ("ingest", "audit", "findings", "changes", "prune", "report", "export")


def main(words: argparse.Namespace) -> None:
    """Measure and print."""
    held = collection.read_texts(words.texts) if words.texts else None
    with (
        nullcontext(words.keep)
        if words.keep
        else tempfile.TemporaryDirectory(prefix="auditor-bench-") as name
    ):
        place = Path(name) / "place"
        bench = Bench(place, words.database or f"sqlite:///{place / 'bench.db'}", held)
        first = bench.begin(words.stored, words.store, Path(name) / "kept" if words.keep else None)
        told = {"stored": words.stored, "new": words.new, "first_cpu_s": first} | (
            bench.night(words.stored, words.new) if words.new else {}
        )
        print(json.dumps(told | bench.size()))


class Bench:
    """A store with its inbox, report and exports in one folder, and what is done with it."""

    def __init__(self, place: Path, url: str, texts: Sequence[str] | None) -> None:
        self._place, self._url, self._texts = place, url, texts
        self._settings = settings_of(place, url)

    def begin(self, stored: int, store: Path | None, kept: Path | None) -> dict[str, float]:
        """Have what is there before the night, from where it was kept or made; what making it cost."""
        if self._place.exists():
            shutil.rmtree(self._place)
        if kept and kept.exists():
            shutil.copytree(kept, self._place)
            return dict(json.loads((kept / FIRST).read_text()))
        self._place.mkdir(parents=True)
        if store:
            shutil.copyfile(store, self._place / "bench.db")
        else:
            _deliver(self._place / "inbox", self._texts, 0, stored)
        first = _rounded(self._parts(), 0)
        if kept:
            (self._place / FIRST).write_text(json.dumps(first))
            shutil.copytree(self._place, kept)
        return first

    def night(self, stored: int, new: int) -> dict[str, object]:
        """What a night of so many costs, part by part."""
        before = _peak()
        _deliver(self._place / "inbox", self._texts, stored, stored + new)
        night = self._parts()
        return {
            "night_cpu_s": _rounded(night, 0),
            "night_wall_s": _rounded(night, 1),
            "night_to_its_audit": round(sum(cpu for cpu, _ in night.values()) / night["audit"][0], 2),
            "peak_mb": _peak(),
            "peak_before_the_night_mb": before,
        }

    def size(self) -> dict[str, float]:
        """What the database takes on its disk, and for each byte of a text."""
        with open_store(self._url) as store:
            texts = sum(len(article.text.encode()) for article in store.articles())
            size = _size(store, self._place / "bench.db")
        return {"database_mb": round(size / MEGABYTE, 1), "database_to_texts": round(size / texts, 2)}

    def _parts(self) -> dict[str, tuple[float, float]]:
        return {step: _timed(partial(nightly, self._settings, steps=(step,))) for step in PARTS}


def _peak() -> int:
    """The most megabytes that this process held so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


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


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("stored", type=int)
    parser.add_argument("new", type=int)
    parser.add_argument("database", nargs="?", type=lambda word: None if word == "-" else word)
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--store", type=Path, metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    main(_arguments())
