"""Real wire copy as sentences in paragraphs, read from the evaluation data and never stored here."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from auditor.domain import Moment

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z\"“+])")
_PARAGRAPH = re.compile(r"\n\s{2,}")
_LEAST_WORDS = 90
_MOST_WORDS = 700


@dataclass(frozen=True)
class Item:
    """One wire item: its headline, place line, time, and sentences by paragraph."""

    name: str
    title: str
    place: str
    at: datetime
    topics: frozenset[str]
    paragraphs: tuple[tuple[str, ...], ...]


def read_items(shared: Path) -> list[Item]:
    """The items of Reuters-21578 that are long enough to be cut, without near repeats, by time."""
    items, seen = [], set()
    with gzip.open(shared / "data/news/reuters21578.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            words = len(text.split())
            if not _LEAST_WORDS <= words <= _MOST_WORDS or not row.get("title"):
                continue
            opening = " ".join(text.split()[:8]).casefold()
            if opening in seen:
                continue
            seen.add(opening)
            items.append(
                Item(
                    name=row["id"],
                    title=" ".join(row["title"].split()),
                    place=(row.get("dateline") or "").split(",")[0].strip().upper() or "LONDON",
                    at=Moment.parse(row["published_at"]).earliest,
                    topics=frozenset(row.get("topics") or ()),
                    paragraphs=_paragraphs(text),
                )
            )
    return sorted(items, key=lambda item: (item.at, item.name))


def _paragraphs(text: str) -> tuple[tuple[str, ...], ...]:
    found = []
    for paragraph in _PARAGRAPH.split(text):
        line = " ".join(paragraph.split())
        line = re.sub(r"\s*\bReuter\b\s*\S?$", "", line, flags=re.IGNORECASE)
        sentences = tuple(part for part in _SENTENCE_END.split(line) if len(part.split()) >= 3)
        if sentences:
            found.append(sentences)
    return tuple(found)
