"""Measuring garbling on simulated syndication: what is found, of which kind, and to whom it is put down.

With the true lineage given, garbling alone is held to account; or the whole way is run, from matching through
lineage to garbling, so that what the stages before get wrong counts.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import Indel

from auditor.domain import Article, CreditForm, Derivation, Garble, GarbleKind, MatchKind, Origin, Relation
from auditor.garbling import garbles
from auditor.lineage import witness
from auditor.registry import Registry
from auditor.text import Document, read
from tests.quality.garble_measure import NEAR, names_of, sentences_of
from tests.quality.garble_simulator import World
from tests.quality.garble_world import Mark, Truth, tell
from tests.quality.pipeline import Outcome, match, settle_all
from tests.simulator.sites import make_registry, make_sites
from tests.simulator.wirecopy import read_items
from tests.simulator.world import Shape, make_world

_CREDIT = ("the credit is gone", "credited to another")


@dataclass
class Measured:
    """Counts by kind; what was taken for what; to whom it was put down; ``wrong`` tells each mistake."""

    hits: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    blamed: Counter[bool] = field(default_factory=Counter)
    unjudged: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def precision(self, *kinds: str) -> float:
        """Share of what was found that was done."""
        hits = sum(self.hits[kind] for kind in kinds)
        return hits / max(1, hits + sum(self.alarms[kind] for kind in kinds))

    def recall(self, *kinds: str) -> float:
        """Share of what was done that was found."""
        hits = sum(self.hits[kind] for kind in kinds)
        return hits / max(1, hits + sum(self.missed[kind] for kind in kinds))


def world_of(shared: Path, stories: int, seed: int) -> tuple[dict[str, Truth], Registry]:
    """The truth of a world of so many stories, and its sources."""
    items = read_items(shared)
    drafts = make_world(items, seed, Shape(stories=stories))
    registry = make_registry(make_sites(random.Random(seed)))
    rng = random.Random(seed)
    others = [" ".join(" ".join(part) for part in item.paragraphs) for item in rng.sample(items, 300)]
    documents = [read(text, registry=registry) for text in others]
    names = [name for document in documents for name in names_of(document)]
    sentences = [sentence for document in documents for sentence in sentences_of(document)]
    return tell(drafts, World(names, [name for name in names if " " in name], sentences), seed), registry


def measure(shared: Path, stories: int, seed: int, *, given: bool) -> Measured:
    """Judge a world and hold each finding against what was done.

    With ``given`` the true derivations are told, so that garbling alone is held to account; without, the
    whole way from matching through lineage is gone, and what it gets wrong counts.
    """
    truths, registry = world_of(shared, stories, seed)
    articles = [truth.article for truth in truths.values()]
    if given:
        outcome = Outcome({one.id: witness(one, _read(one, registry), registry) for one in articles}, {})
        outcome.rows = {name: tuple(_derivations(truth, truths)) for name, truth in truths.items()}
    else:
        outcome = settle_all(match(articles, registry), registry)
    found = judged(outcome, registry)
    result = Measured()
    for name, truth in truths.items():
        _count(name, found[name], truth, truths, result)
    return result


def _read(article: Article, registry: Registry) -> Document:
    return read(article.text, title=article.title, registry=registry)


def _derivations(truth: Truth, truths: Mapping[str, Truth]) -> Iterator[Derivation]:
    """The true rows, a line each, as matching would describe them."""
    for span, place in truth.taken:
        old, new = place.span.of(truths[place.article].article.text), span.of(truth.article.text)
        likeness = Indel.normalized_similarity(old.split(), new.split())
        kind = MatchKind.VERBATIM if old == new else MatchKind.EDITED
        origin = Origin(None, place.article)
        yield Derivation(truth.article.id, span, place, origin, Relation.COPY, 1.0, kind, likeness)


def judged(outcome: Outcome, registry: Registry) -> dict[str, tuple[Garble, ...]]:
    """The garbles of every article, parents before children."""
    found: dict[str, tuple[Garble, ...]] = {}

    def judge(name: str) -> None:
        if name in found:
            return
        found[name] = ()  # lineage has no cycles; none can be made here either
        parents = {row.parent.article for row in outcome.rows[name] if row.parent}
        for parent in parents:
            judge(parent)
        witnesses = outcome.witnesses
        found[name] = garbles(
            witnesses[name].document,
            outcome.rows[name],
            {parent: witnesses[parent].document for parent in parents},
            {parent: found[parent] for parent in parents},
            article=name,
            registry=registry,
            source=witnesses[name].article.source,
            sources={parent: witnesses[parent].article.source for parent in parents},
            credited=frozenset(c.source for c in witnesses[name].credits if c.form is CreditForm.METADATA),
        )

    for name in outcome.witnesses:
        judge(name)
    return found


def _count(
    name: str, rows: Sequence[Garble], truth: Truth, truths: Mapping[str, Truth], result: Measured
) -> None:
    used: set[int] = set()
    for row in rows:
        if row.detail.startswith(_CREDIT):
            _count_credit(row, truth, result)
            continue
        near = [at for at, one in enumerate(truth.marks) if _touches(row, one) or _is_the_move(row, one)]
        same = [at for at in near if truth.marks[at].kind == row.kind]
        fresh = [at for at in same if at not in used]
        if fresh:
            whole = [at for at in fresh if _within(truth.marks[at], row)]
            used.update(whole or fresh[:1])
            mark = truth.marks[fresh[0]]
            if mark.tellable:
                result.hits[row.kind] += len(whole) or 1
                result.blamed[row.introduced_by == mark.by] += 1
                if row.introduced_by != mark.by:
                    result.wrong.append(f"blame {name}: {row.introduced_by} for {mark}")
            else:
                result.unjudged[row.kind] += 1
        elif same or _is_unjudged(row, near, truth) or _is_of_wire(row, truths):
            result.unjudged[row.kind] += 1
            used.update(at for at in near if truth.marks[at].kind == "substitution")
        else:
            result.alarms[row.kind] += 1
            done = truth.marks[near[0]].kind if near else "nothing"
            result.confused[done, row.kind] += 1
            result.wrong.append(f"false {name}: {row} where {[truth.marks[at] for at in near]}")
    for at, one in enumerate(truth.marks):
        if at not in used and one.tellable and one.kind in set(GarbleKind):
            result.missed[one.kind] += 1
            result.wrong.append(f"missed {name}: {one}")


def _is_unjudged(row: Garble, near: Sequence[int], truth: Truth) -> bool:
    """Is there nothing that says whether this is right: another text's fault, or a sentence at a seam?

    A word that a tool swapped may stand in a quotation, a name or a unit, which is another kind.
    """
    doubtful = "differs from another text of the same source" in row.detail or "can't be told" in row.detail
    beside = any(abs(row.span.start - seam) <= NEAR for seam in truth.seams)
    if row.kind in ("splice", "reordering") and beside:
        return True
    if row.kind is GarbleKind.TRUNCATION and row.parent is None:
        return True  # these drafts part quotations between their sentences
    if row.introduced_by != row.article and any(truth.marks[at].kind == "duplication" for at in near):
        return True  # a sentence that stands twice has what it took over twice
    spun = any(truth.marks[at].kind in ("swapped", "substitution") for at in near)
    return doubtful or spun or any(not truth.marks[at].tellable for at in near)


def _is_of_wire(row: Garble, truths: Mapping[str, Truth]) -> bool:
    """Does a text show by itself what was so when it came from the wire, or may have been?

    Where a paragraph stood in another article is asked of that article alone; from a parent that moved one, a
    copy of this world takes them in their first order.
    """
    if row.kind is GarbleKind.REORDERING:
        parents = {place.article for _, place in truths[row.article].taken}
        put_back = any(one.kind == row.kind for name in parents for one in truths[name].marks)
        return put_back or row.introduced_by != row.article
    first = truths[row.introduced_by]
    return row.parent is None and (first.kind in {"wire", "version", "independent"} or not first.taken)


def _is_the_move(row: Garble, one: Mark) -> bool:
    """Is it the one move of this article? Which of two paragraphs was moved past the other can't be told."""
    return row.kind is GarbleKind.REORDERING and one.kind == row.kind


def _within(mark: Mark, row: Garble) -> bool:
    return row.span.start <= mark.start and mark.end <= row.span.end


def _count_credit(row: Garble, truth: Truth, result: Measured) -> None:
    if row.introduced_by in truth.credits_lost_by:
        result.hits["attribution"] += 1
        result.blamed[True] += 1
    elif truth.credits_lost_by:
        result.hits["attribution"] += 1
        result.blamed[False] += 1
        result.wrong.append(f"blame {row.article}: {row.introduced_by} for a credit")
    else:
        result.alarms["attribution"] += 1
        result.confused["nothing", "attribution"] += 1
        result.wrong.append(f"false {row.article}: {row}")


def _touches(row: Garble, one: Mark) -> bool:
    return row.span.start <= one.end + NEAR and one.start <= row.span.end + NEAR
