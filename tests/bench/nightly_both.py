"""What nights cost on PostgreSQL beside SQLite: the same articles, part after part on both in turns.

    python -m tests.bench.nightly_both FIRST NEW URL TEXTS.jsonl.gz

URL names an empty database on a server of this machine, whose processor time is read where Linux keeps it.
Takes FIRST articles in and then NEW ones, whole nights, and prints a line of JSON after each: seconds of this
process, of the server, and on the clock. Ends with an error where the exports of the two differ by a byte.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from auditor.config import Settings
from auditor.jobs.nightly import nightly
from tests.bench import collection
from tests.bench.nightly_scale import PARTS
from tests.faults.nights import settings_of

TICKS = os.sysconf("SC_CLK_TCK")
# In /proc/PID/stat after the name: the parent; then own and waited-for children's time, in user and system.
PARENT, OWN, WITH_CHILDREN = 1, slice(11, 13), slice(11, 15)


def main(first: int, new: int, url: str, texts: Path) -> None:
    """Measure and print."""
    held = collection.read_texts(texts)
    with tempfile.TemporaryDirectory(prefix="auditor-bench-") as name:
        folder = Path(name)
        stores = {
            "sqlite": settings_of(folder / "sqlite", f"sqlite:///{folder / 'sqlite' / 'bench.db'}"),
            "postgresql": settings_of(folder / "postgresql", url),
        }
        postmaster = _postmaster(url)
        for start, end in ((0, first), (first, first + new)):
            for store in stores:
                collection.write(folder / store / "inbox" / f"{start}.jsonl", held, start, end)
            print(json.dumps({"new": end - start, **_night(stores, postmaster)}), flush=True)
        for file in sorted((folder / "sqlite" / "exports").glob("*.jsonl")):
            other = folder / "postgresql" / "exports" / file.name
            if file.read_bytes() != other.read_bytes():
                raise SystemExit(f"{file.name} differs")


def _night(stores: dict[str, Settings], postmaster: int) -> dict[str, dict[str, float]]:
    """A night on each store, the one or the other first by turns."""
    spent = {store: {"client": 0.0, "server": 0.0, "wall": 0.0} for store in stores}
    for turn, part in enumerate(PARTS):
        for store in sorted(stores, reverse=bool(turn % 2)):
            client, server, wall = time.process_time(), _server_seconds(postmaster), time.monotonic()
            nightly(stores[store], steps=[part])
            spent[store]["client"] += time.process_time() - client
            spent[store]["server"] += _server_seconds(postmaster) - server
            spent[store]["wall"] += time.monotonic() - wall
    return {store: {name: round(value, 2) for name, value in times.items()} for store, times in spent.items()}


def _postmaster(url: str) -> int:
    """The process that all of the server's others are children of."""
    with psycopg.connect(url) as connection:
        return int(_stat(connection.info.backend_pid)[PARENT])


def _server_seconds(postmaster: int) -> float:
    """Processor time of the server and of all its children, ended or not."""
    ticks = sum(map(int, _stat(postmaster)[WITH_CHILDREN]))
    for path in Path("/proc").glob("[0-9]*"):
        try:
            found = _stat(int(path.name))
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile
        if int(found[PARENT]) == postmaster:
            ticks += sum(map(int, found[OWN]))
    return ticks / TICKS


def _stat(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
