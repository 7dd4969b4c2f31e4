"""What the floors of matching share: the scorers, the data with its digest, and pairs aligned in bulk.

The scorers lie beside the data (``eval`` in the shared folder) and are loaded from there.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from auditor.domain import Aligned
from auditor.fingerprint import fingerprint_texts
from auditor.matching import UNKNOWN_TIME, Postings, Standing, align, find_candidates, tie_of
from auditor.text import Document, read

Row = dict[str, Any]


def scorer(shared: Path, name: str) -> ModuleType:
    """A scorer's module; skips where it isn't there."""
    folder = shared / "eval"
    if not (folder / f"{name}.py").exists():
        pytest.skip(f"the scorer {name} isn't beside the evaluation data")
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return importlib.import_module(name)


def data(shared: Path, name: str, digest: str) -> Path:
    """A data file whose content is the one that the floors were measured on."""
    path = shared / "data" / name
    if not path.exists():
        pytest.skip(f"{name} isn't on this machine")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.startswith(digest), f"{name} is other data than the floors were measured on"
    return path


def rows(path: Path) -> list[Row]:
    """The objects of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return [json.loads(line) for line in lines]


def candidate_pairs(texts: Mapping[str, str], times: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """The pairs that one search of the whole collection gives."""
    names = list(texts)
    prints = fingerprint_texts(list(texts.values()))
    standings = [Standing(key, _seconds(times.get(name)), tie_of(name)) for key, name in enumerate(names)]
    found = find_candidates(Postings.of(list(zip(standings, prints, strict=True))), list)
    return [(names[one], names[two]) for one, two in found.pairs.tolist()]


def _seconds(time: str | None) -> int:
    return int(datetime.fromisoformat(time).timestamp()) if time else UNKNOWN_TIME


def aligned(
    texts: Mapping[str, str], pairs: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], tuple[Aligned, ...]]:
    """The matches of each pair that has any."""

    @lru_cache(maxsize=4096)
    def document(name: str) -> Document:
        return read(texts[name])

    found = {pair: align(document(pair[0]), document(pair[1])) for pair in pairs}
    return {pair: matches for pair, matches in found.items() if matches}
