"""Measuring garbling on damaged news: what was found of what was done, and to whom it was put down."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditor.domain import Derivation, Garble, PassageKind, Place
from auditor.garbling import garbles
from auditor.text import Document, read
from tests.quality.garble_casework import REGISTRY, derived
from tests.quality.garble_simulator import Damage, World, damaged

NEAR = 3
"""Code points by which a finding may miss a damage and still be of it."""

SHORTEST, LONGEST = 900, 5000
FILES = {"allsides": 23, "reuters21578": 17}


@dataclass
class Measured:
    """Counts by kind, what was confused with what, and whether garbles were put down to the right article."""

    hits: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    blamed: Counter[bool] = field(default_factory=Counter)

    def precision(self, *kinds: str) -> float:
        """Share of what was found that was done."""
        hits = sum(self.hits[kind] for kind in kinds)
        return hits / max(1, hits + sum(self.alarms[kind] for kind in kinds))

    def recall(self, *kinds: str) -> float:
        """Share of what was done that was found."""
        hits = sum(self.hits[kind] for kind in kinds)
        return hits / max(1, hits + sum(self.missed[kind] for kind in kinds))


def texts(shared: Path, count: int, seed: int) -> list[str]:
    """Articles of the evaluation data, drawn at random."""
    found: list[str] = []
    for name, every in FILES.items():
        with gzip.open(shared / "data" / "news" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            found += [json.loads(line)["text"] for at, line in enumerate(lines) if at % every == seed % every]
    found = [text for text in found if SHORTEST < len(text) < LONGEST]
    random.Random(seed).shuffle(found)
    return found[:count]


def measure(shared: Path, count: int, seed: int) -> Measured:
    """Damage articles, and the damaged ones once more, and see what garbling says of both generations."""
    documents = [read(text, registry=REGISTRY) for text in texts(shared, count, seed)]
    rng = random.Random(seed)
    result = Measured()
    names = [names_of(document) for document in documents]
    others = [name for some in names for name in some if " " in name]
    sentences = [one for document in documents for one in sentences_of(document)]
    for document, own_names in zip(documents, names, strict=True):
        world = World(own_names, rng.sample(others, min(60, len(others))), rng.sample(sentences, 40))
        _one(document, world, rng, result)
    return result


def _one(first: Document, world: World, rng: random.Random, result: Measured) -> None:
    own = garbles(first, (), {}, {}, article="first", registry=REGISTRY)
    second, done = _child(first, world, rng, 0.25)
    found = _garbles(second, "second", first, "first", own)
    _count([row for row in found if row.introduced_by == "second"], done, second, result)
    third, again = _child(second, world, rng, 0.15)
    _blame(_garbles(third, "third", second, "second", found), found, again, result)


def _child(parent: Document, world: World, rng: random.Random, share: float) -> tuple[Document, list[Damage]]:
    body = [
        (passage.span.start, passage.span.end)
        for passage in parent.passages
        if passage.kind is PassageKind.BODY
    ]
    text, done = damaged(parent.text, body, world, rng, share)
    return read(text, registry=REGISTRY), done


def _garbles(
    child: Document, name: str, parent: Document, of: str, inherited: Sequence[Garble]
) -> tuple[Garble, ...]:
    rows: list[Derivation] = []
    for one in derived(child, of, parent):
        assert one.parent
        rows.append(replace(one, article=name, parent=Place(of, one.parent.span)))
    return garbles(child, rows, {of: parent}, {of: inherited}, article=name, registry=REGISTRY)


def _count(found: Sequence[Garble], done: Sequence[Damage], child: Document, result: Measured) -> None:
    used: set[int] = set()
    for row in found:
        near = [at for at, one in enumerate(done) if _touches(row, one)]
        same = [at for at in near if done[at].kind == row.kind]
        fresh = [at for at in same if at not in used]
        if fresh:
            used.add(fresh[0])
            result.hits[row.kind] += 1
        elif not same:
            result.alarms[row.kind] += 1
            result.confused[done[near[0]].kind if near else "nothing", row.kind] += 1
    for at, one in enumerate(done):
        if at not in used:
            result.missed[one.kind] += 1


def _touches(row: Garble, one: Damage) -> bool:
    return row.span.start <= one.end + NEAR and one.start <= row.span.end + NEAR


def _blame(
    found: Sequence[Garble], before: Sequence[Garble], again: Sequence[Damage], result: Measured
) -> None:
    made = {(row.kind, row.before, row.after[:30]) for row in before if row.introduced_by == "second"}
    for row in found:
        new = any(one.kind == row.kind and _touches(row, one) for one in again)
        old = (row.kind, row.before, row.after[:30]) in made
        if new != old:
            result.blamed[row.introduced_by == ("third" if new else "second")] += 1


def names_of(document: Document) -> list[str]:
    """The names of a text that can be swapped for others."""
    found = (name.text for name in document.names)
    return [
        name
        for name in found
        if len(name) > 4 and len(name.split()) <= 2 and not re.search(r"[\d\n'’]", name)
    ]


def sentences_of(document: Document) -> list[str]:
    """The sentences of a text that can stand in another."""
    found = (span.of(document.text) for span in document.sentences if 50 < span.length < 160)
    return [sentence for sentence in found if "\n" not in sentence]
