"""How well and how fast pages are read, against hand-made truths of real news pages.

    python tests/quality/extraction.py ../shared

Prints token precision, recall and F1 of the body (as article-extraction-benchmark counts them: mean
precision and recall over pages, F1 of the means), pages a second of processor time, and how often title and
time of publication are those of the truth. Both reading modes, both collections. Shows figures only, no text.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auditor.domain import Moment
from auditor.errors import InputRejected
from auditor.ingest.agencies import Agencies
from auditor.ingest.page import Page, read_page
from auditor.sources import shipped_sources

_MINUTE, _QUARTER, _WIDEST = 60, 15 * 60, 14 * 3600  # seconds; zones are quarters of an hour apart
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Truth:
    """A page and what is known of it."""

    raw: bytes
    body: str
    title: str | None = None
    published: datetime | None = None


def scrapinghub(data: Path) -> Iterator[Truth]:
    """The pages of article-extraction-benchmark."""
    with tarfile.open(data / "html" / "scrapinghub.tar.gz") as archive:
        files = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        known = json.load(files["scrapinghub/ground-truth.json"] or io.BytesIO())
        for name, truth in sorted(known.items()):
            packed = files[f"scrapinghub/html/{name}.html.gz"]
            if packed is not None:
                yield Truth(gzip.decompress(packed.read()), truth["articleBody"])


def fundus(data: Path) -> Iterator[Truth]:
    """The pages of Fundus; a publisher's truths are in the order of its pages' dates."""
    with tarfile.open(data / "html" / "fundus.tar.gz") as archive:
        files = {m.name: e.read() for m in archive if m.isfile() and (e := archive.extractfile(m))}
    for name in sorted(files):
        if name.endswith(".json"):
            stem = name.removesuffix(".json")
            pages = sorted(
                page for page in files if re.fullmatch(re.escape(stem) + r"_[\d_]+\.html\.gz", page)
            )
            truths = list(json.loads(files[name]).values())
            entries = truths if len(truths) == len(pages) else [*_entries(truths)]
            if len(entries) == len(pages):
                for page, entry in zip(pages, entries, strict=True):
                    yield _fundus_truth(gzip.decompress(files[page]), entry)


def _entries(truths: list[Any]) -> Iterator[Any]:
    for truth in truths:
        yield from truth if isinstance(truth, list) else [truth]


def _fundus_truth(raw: bytes, entry: dict[str, Any]) -> Truth:
    body = entry.get("body") or {}
    parts = list(body.get("summary", []))
    for section in body.get("sections", []):
        parts += [*section.get("headline", []), *section.get("paragraphs", [])]
    published = entry.get("publishing_date")
    moment = datetime.fromisoformat(published) if published else None
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return Truth(raw, "\n".join(parts), entry.get("title"), moment)


def shares(found: str, truth: str) -> tuple[float, float]:
    """Precision and recall of the words found."""
    ours, theirs = Counter(_WORD.findall(found)), Counter(_WORD.findall(truth))
    both = sum((ours & theirs).values())
    return both / max(1, sum(ours.values())), both / max(1, sum(theirs.values()))


def agrees(published: str | None, truth: datetime) -> str:
    """Is our time the truth's, only its day, another, or none?"""
    if published is None:
        return "none"
    moment = Moment.parse(published)
    if not moment.is_exact:
        return "day only" if abs((moment.earliest - truth).total_seconds()) < 1.5 * 86_400 else "other"
    apart = abs((moment.earliest - truth).total_seconds())
    return (
        "same" if apart < 60 else "same but for the zone" if apart % 900 < 60 and apart < 50_000 else "other"
    )


def measure(name: str, truths: list[Truth], read: Callable[[bytes], Page]) -> None:
    """Read every page and print a line of figures."""
    precisions, recalls, times, titles, unread = [], [], Counter[str](), Counter[bool](), 0
    read(truths[0].raw)  # imports, caches
    began = time.process_time()
    pages: list[Page | None] = []
    for truth in truths:
        try:
            pages.append(read(truth.raw))
        except InputRejected:
            pages.append(None)
    seconds = time.process_time() - began
    for truth, page in zip(truths, pages, strict=True):
        precision, recall = shares(page.text, truth.body) if page else (0.0, 0.0)
        unread += page is None
        precisions.append(precision)
        recalls.append(recall)
        if truth.published:
            times[agrees(page.published if page else None, truth.published)] += 1
        if truth.title:
            titles[bool(page and page.title and page.title.split() == truth.title.split())] += 1
    p, r = sum(precisions) / len(truths), sum(recalls) / len(truths)
    print(
        f"{name}: {len(truths)} pages, precision {p:.4f}, recall {r:.4f}, F1 {2 * p * r / (p + r):.4f}, "
        f"{len(truths) / seconds:.1f} pages/s, {unread} without text"
    )
    if times:
        print(f"  times: {dict(times.most_common())}; titles equal: {titles[True]} of {titles.total()}")


def main(shared: Path) -> None:
    """Measure both collections in both modes."""
    agencies = Agencies.of(shipped_sources())
    for name, pages in (("scrapinghub", scrapinghub), ("fundus", fundus)):
        truths = list(pages(shared / "data"))
        for mode, fast in (("full", False), ("fast", True)):
            measure(f"{name} {mode}", truths, lambda raw, fast=fast: read_page(raw, agencies, fast=fast))  # type: ignore[misc]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
