"""How long a report takes and how large it gets: `python -m tests.bench.report_scale ARTICLES FOLDER`.

Fills an SQLite store with invented articles in stories of one wire item and four pickups (every sixth
article stands alone), writes the report; once more without anything new; and after a night that brought a
twentieth more and wrote again of every hundredth old article. Prints seconds, peak memory, sizes of pages.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from auditor.domain import (
    Article,
    Derivation,
    Evidence,
    Garble,
    GarbleKind,
    Label,
    MatchKind,
    Moment,
    Origin,
    Place,
    Relation,
    Severity,
    Source,
    SourceKind,
    Span,
    Story,
    Verdict,
)
from auditor.registry import Registry
from auditor.report import write_report
from auditor.storage import Store, open_store

SITES = 120
SENTENCES = 22  # of an article, about 2,500 characters: the length of an ordinary agency story
SYLLABLES = (
    "ba",
    "ren",
    "tol",
    "mi",
    "sar",
    "ven",
    "dor",
    "ul",
    "ka",
    "lin",
    "pe",
    "gra",
    "wen",
    "hal",
    "quo",
)
GROUP = 6  # a wire item, four pickups, one alone


def sentences(draw: random.Random) -> list[str]:
    """Sentences of invented words."""
    words = [
        ["".join(draw.choices(SYLLABLES, k=draw.randint(1, 4))) for _ in range(18)] for _ in range(SENTENCES)
    ]
    return [" ".join(line).capitalize() + "." for line in words]


def group(number: int) -> tuple[list[Article], list[Derivation], list[Garble], list[Verdict], Story]:
    """A story and one article that stands alone."""
    draw = random.Random(number)
    lines = sentences(draw)
    names = [f"g{number:06}-{part}" for part in range(GROUP)]
    day = 1 + number % 28
    wire = Article(names[0], " ".join(lines), "wire", title=lines[0], published=_at(day, 6, 0))
    articles, derivations, garbles = [wire], list[Derivation](), list[Garble]()
    for part in range(1, GROUP - 1):
        kept = lines[: SENTENCES - part * 3]
        text = " ".join(kept)
        parent = wire if part < 4 else articles[2]
        source = f"site-{draw.randrange(SITES):03}"
        articles.append(
            Article(names[part], text, source, title=kept[1], published=_at(day, 6 + part * 3, part * 7))
        )
        at = 0
        for line in kept:
            span = Span(at, at + len(line))
            kind = MatchKind.VERBATIM if part % 2 else MatchKind.EDITED
            why = (
                Evidence("published_first", f"published {part * 3} h earlier", 1.4),
                Evidence("order", "same order", 0.7),
            )
            place = Place(parent.id, span)
            derivations.append(
                Derivation(
                    names[part], span, place, Origin("wire", wire.id), Relation.COPY, 0.94, kind, 0.98, why
                )
            )
            at += len(line) + 1
        for offset in (0, 200, 420):
            span = Span(offset, offset + 12)
            harm, severity = draw.choice(
                [(GarbleKind.NUMBER, Severity.HIGH), (GarbleKind.SPELLING, Severity.LOW)]
            )
            after = span.of(text)
            garbles.append(
                Garble(
                    names[part], span, harm, severity, "mistold", after, Place(parent.id, span), names[part]
                )
            )
    alone = Article(names[-1], " ".join(sentences(draw)), "site-001", title="Alone", published=_at(day, 9, 0))
    verdicts = [Verdict(a.id, 0.95 if a.source != "wire" else 0.0, 0.95, Label.WHOLLY) for a in articles]
    verdicts.append(
        Verdict(alone.id, 0.0, 0.0, Label.NON, (), "no run of words is shared with another article")
    )
    story = Story(f"s{number:06}", lines[0], tuple(sorted(article.id for article in articles)))
    return [*articles, alone], derivations, garbles, verdicts, story


def _at(day: int, hour: int, minute: int) -> Moment:
    return Moment.parse(f"2026-05-{day:02}T{hour:02}:{minute:02}:00Z")


def fill(store: Store, first: int, after: int) -> None:
    """Put the groups of these numbers and what the stages would have found of them into the store."""
    run = store.begin_run("bench", {})
    for start in range(first, after, 500):
        batch = [group(number) for number in range(start, min(start + 500, after))]
        held = [article for found in batch for article in found[0]]
        store.add([(article.id, article) for article in held], run=run)
        ids = [article.id for article in held]
        store.replace_lineage(
            ids, (d for found in batch for d in found[1]), (v for found in batch for v in found[3])
        )
        store.replace_garbles(ids, (g for found in batch for g in found[2]))
        store.replace_stories([found[4] for found in batch], instead_of=[])
    store.end_run(run, "done", {"stored": (after - first) * GROUP})


def night(store: Store, stored: int) -> None:
    """A twentieth more, and every hundredth old article written of again."""
    fill(store, stored, stored + stored // 20)
    again = [f"g{number:06}-1" for number in range(0, stored, 100 // GROUP)]
    store.replace_garbles(again, list(store.garbles(again)))


def sizes(out: Path) -> Iterator[tuple[str, int, int, int]]:
    """Folder of pages, how many, the mean and the largest in bytes."""
    folders: dict[str, list[int]] = {}
    for path in out.rglob("*.*"):
        if path.is_file():
            folders.setdefault(str(path.parent.relative_to(out)), []).append(path.stat().st_size)
    for folder, found in sorted(folders.items()):
        yield folder, len(found), sum(found) // len(found), max(found)


def measured(store: Store, registry: Registry, out: Path, turn: str) -> None:
    """Write the report and print what it took."""
    begun, busy = time.perf_counter(), time.process_time()
    summary = write_report(store, registry, out)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{turn}: {seconds:.1f} s ({cpu:.1f} s of one core), {summary.articles} articles, "
        f"{summary.changed} files written, {summary.unchanged} left, peak {peak} MB",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    articles, folder = int(sys.argv[1]), Path(sys.argv[2])
    out = folder / f"report-{articles}"
    sources = [Source("wire", "Example Wire", SourceKind.WIRE)]
    sources += [Source(f"site-{n:03}", f"Example Site {n}", SourceKind.PUBLISHER) for n in range(SITES)]
    registry = Registry(sources)
    with open_store(f"sqlite:///{folder / f'bench-{articles}.db'}") as store:
        store.put_sources(sources)
        fill(store, 0, articles // GROUP)
        print(f"before: peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", flush=True)
        measured(store, registry, out, "first")
        measured(store, registry, out, "again")
        night(store, articles // GROUP)
        measured(store, registry, out, "night")
    for name, count, mean, largest in sizes(out):
        print(f"{name:10} {count:7} files, mean {mean / 1000:8.1f} kB, largest {largest / 1000:9.1f} kB")
    for name in ("index.html", ".index.db"):
        print(name, (out / name).stat().st_size // 1000, "kB")


if __name__ == "__main__":
    main()
