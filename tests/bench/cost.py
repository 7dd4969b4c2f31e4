"""What this project costs beside the yardsticks of the package index, in one go on one machine.

usage: python -m tests.bench.cost [SHARED] [--only PART ...] [--growth] [--keep FOLDER] [--processes N]

Prints a line a measurement: processor seconds of all processes, the most memory that all of them held, and
what came out; then what the issue asks for beside what was measured. Parts: ``complete`` (ingest and audit of
Reuters-21578 by the command line) beside ``datasketch`` and ``rensa`` (word 5-shingles of the same articles:
near-duplicates only, without places), ``fingerprints``, ``compare`` (PAN pairs), ``story`` (one in 2,000
copies against as many unrelated articles), ``growth`` with a night on it (only with --growth: an hour).
With --keep the largest store stays in that folder, where ``nightly_scale`` can go on with it, and sizes that
were measured there aren't again. The yardsticks run before and after the audit, as a machine's speed drifts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

from tests.bench import matching_cost as yardsticks
from tests.bench.collection import BEGIN, SITES, articles
from tests.bench.collection import read_texts as long_texts
from tests.bench.spending import Spent, spent

REUTERS = "data/news/reuters21578.jsonl.gz"
PAN = "data/pan13/train.tar.gz"
PARTS = ("complete", "fingerprints", "compare", "story")
GROWTH = (25_000, 50_000, 100_000)
NIGHT = 5_000
GROWN = "grown.json"  # what was measured of each size, in the folder of the stores
COPIES = 2_000
ROUNDS = 2  # of what takes seconds: the least counts


class Bench:
    """Runs the measurements that were asked for, and keeps what was asked of them beside what came out."""

    def __init__(self, shared: Path, folder: Path, processes: int) -> None:
        self._shared, self._folder, self._processes = shared, folder, processes
        self._verdicts: list[str] = []

    def complete(self) -> None:
        """Ingest and audit of Reuters-21578 against datasketch's MinHashLSH and rensa's."""
        data = self._shared / REUTERS
        articles = self._folder / "reuters.jsonl"
        articles.write_bytes(gzip.decompress(data.read_bytes()))
        before = self._work("datasketch", data)
        self._work("rensa", data)
        ours, peak = self._audited("reuters", articles)
        theirs = (before.seconds + self._work("datasketch", data).seconds) / 2
        self._asked("ingest and audit : datasketch", ours / theirs, 4, "times")
        self._asked("peak memory of all processes", peak, 600, "MB")

    def fingerprints(self) -> None:
        """Fingerprints alone, on one core."""
        found = min((self._work("fingerprints", self._shared / REUTERS) for _ in range(ROUNDS)), key=_inner)
        self._asked("fingerprints", 21_577 / _inner(found), 8_000, "articles/s of one core", least=True)

    def compare(self) -> None:
        """PAN pairs by the command line, on two cores."""
        with tarfile.open(self._shared / PAN) as archive:
            archive.extractall(self._folder, filter="data")
        pairs = self._folder / "train" / "pairs"
        listed = [line.split() for line in pairs.read_text(encoding="utf-8").splitlines() if line.strip()]
        table = self._folder / "train" / "pairs.tsv"
        table.write_text("".join(f"susp/{a}\tsrc/{b}\n" for a, b in listed), encoding="utf-8")
        found = self._auditor("compare PAN", "compare", "--pairs", str(table), "--json")
        self._asked("compare", 2 * len(listed) / found.seconds, 300, "pairs/s of two cores", least=True)

    def story(self) -> None:
        """One story in 2,000 copies against as many unrelated articles."""
        texts = [text for text in yardsticks.read_texts(self._shared / REUTERS) if text.strip()]
        chance = random.Random(4)
        story = sorted(texts[:COPIES], key=len)[COPIES // 2]
        copies = [yardsticks.edited(story, chance) for _ in range(COPIES)]
        plain, _ = self._audited("unrelated", self._written("unrelated", texts[:COPIES]))
        one, _ = self._audited("story", self._written("story", copies))
        self._asked("one story in 2,000 copies : 2,000 unrelated articles", one / plain, 2, "times")

    def growth(self) -> None:
        """Each doubling of a collection; a night's articles against what is stored, and against nothing."""
        texts = long_texts(self._shared / REUTERS)
        known = self._folder / GROWN
        grown: dict[str, list[float]] = json.loads(known.read_text()) if known.exists() else {}
        for size in reversed(GROWTH):  # the largest first: another run may want the store that it leaves
            if str(size) not in grown:
                file = self._made(f"grown-{size}", texts, 0, size)
                grown[str(size)] = [*self._audited(f"grown-{size}", file, keep=size == GROWTH[-1])]
                known.write_text(json.dumps(grown))
        seconds, peaks = zip(*(grown[str(size)] for size in GROWTH), strict=True)
        for at, size in enumerate(GROWTH[1:]):
            self._asked(f"{GROWTH[at]} to {size} articles", seconds[at + 1] / seconds[at], 2.2, "times")
            self._asked("the same, memory at its peak", peaks[at + 1] / peaks[at], 1.3, "times")
        night = self._made("night", texts, GROWTH[-1], GROWTH[-1] + NIGHT)
        alone, _ = self._audited("night", night)
        kept, added = self._folder / f"grown-{GROWTH[-1]}.db", self._folder / "grown-by-a-night.db"
        shutil.copyfile(kept, added)
        against, _ = self._audited(added.stem, night)
        self._asked(f"{NIGHT} articles against {GROWTH[-1]} : against none", against / alone, 1.5, "times")

    def told(self) -> str:
        """What was asked for beside what was measured."""
        return "\n".join(self._verdicts)

    def _audited(self, name: str, articles: Path, *, keep: bool = False) -> tuple[float, float]:
        """Processor seconds and peak memory of ingest and audit, into the store of that name."""
        store = self._folder / f"{name}.db"
        parts = [
            self._auditor(f"{name}: {command[0]}", *command, store=store)
            for command in (("ingest", str(articles)), ("audit",))
        ]
        if not keep:
            store.unlink()
        return sum(part.seconds for part in parts), max(part.megabytes for part in parts)

    def _auditor(self, label: str, *arguments: str, store: Path | None = None) -> Spent:
        environment = {"AUDITOR_PROCESSES": str(self._processes), "AUDITOR_QUIET": "1"}
        if store:
            environment["AUDITOR_DATABASE"] = f"sqlite:///{store}"
        return _told(label, spent([sys.executable, "-m", "auditor", "--quiet", *arguments], environment))

    def _work(self, name: str, data: Path) -> Spent:
        return _told(name, spent([sys.executable, "-m", "tests.bench.cost", "--work", name, str(data)]))

    def _written(self, name: str, texts: Sequence[str]) -> Path:
        path = self._folder / f"{name}.jsonl"
        rows = (
            {
                "id": f"{at:06}",
                "text": text,
                "source": f"Site {at % SITES}" if at else "Reuters",
                "published_at": (BEGIN + timedelta(minutes=at)).isoformat(),
            }
            for at, text in enumerate(texts)
        )
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    def _made(self, name: str, texts: Sequence[str], start: int, end: int) -> Path:
        path = self._folder / f"{name}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in articles(texts, start, end))
        return path

    def _asked(self, what: str, measured: float, bound: float, unit: str, *, least: bool = False) -> None:
        met = measured >= bound if least else measured <= bound
        sign = "at least" if least else "at most"
        self._verdicts.append(
            f"{'met    ' if met else 'NOT MET'}  {what}: {measured:,.1f}, asked {sign} {bound:,g} {unit}"
        )


def _told(label: str, found: Spent) -> Spent:
    result = found.output.strip().splitlines()[-1:] if len(found.output) < 10_000 else []
    print(
        f"{label:24s} {found.seconds:8.1f} s of processor {found.wall:8.1f} s of time "
        f"{found.megabytes:7.0f} MB (largest {found.largest:5.0f})  {' '.join(result)}",
        flush=True,
    )
    return found


def _inner(found: Spent) -> float:
    """The seconds that a piece of work gave for itself, without starting and reading the data."""
    return float(found.output.split()[0])


def work(name: str, data: Path) -> None:
    """One of the works that this module does in a process of its own."""
    does: dict[str, Callable[[Sequence[str]], str]] = {
        "datasketch": yardsticks.datasketch,
        "rensa": yardsticks.rensa,
        "fingerprints": yardsticks.fingerprints_only,
    }
    texts = [text for text in yardsticks.read_texts(data) if text.strip()]
    begun = time.process_time()
    result = does[name](texts)
    print(f"{time.process_time() - begun:.2f} s {result}")


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=Path(__file__).parents[3] / "shared")
    parser.add_argument("--only", choices=[*PARTS, "growth"], nargs="+", default=[])
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        work(args.work, args.shared)
        return
    parts = args.only or [*PARTS, *(["growth"] if args.growth else [])]
    with nullcontext(args.keep) if args.keep else tempfile.TemporaryDirectory() as folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        bench = Bench(args.shared, Path(folder), args.processes)
        for part in parts:
            needed = args.shared / (PAN if part == "compare" else REUTERS)
            if needed.exists():
                getattr(bench, part)()
            else:
                print(f"{part}: skipped, as {needed} isn't there")
        print(bench.told())


if __name__ == "__main__":
    main()
