"""The pure stages over articles in memory, as the engine runs them over a store: for measurements only.

articles → fingerprints → candidates → matches → trace → settle → verdicts
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor.domain import Aligned, Article, Derivation, Verdict
from auditor.fingerprint import Fingerprints, fingerprint
from auditor.lineage import Relative, Witness, may_retell, settle, shared, trace, verdict, witness
from auditor.matching import (
    UNKNOWN_TIME,
    Postings,
    Standing,
    find_candidates,
    pairings,
    story_pairs,
    tie_of,
)
from auditor.registry import Registry
from auditor.text import read

Pairs = dict[tuple[str, str], tuple[Aligned, ...]]


@dataclass
class Outcome:
    """What came of a run: matches by pair (smaller id first), rows and verdicts, and seconds a stage."""

    witnesses: dict[str, Witness]
    pairs: Pairs
    rows: dict[str, tuple[Derivation, ...]] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def match(articles: Iterable[Article], registry: Registry) -> Outcome:
    """Read and match articles."""
    seconds = {}
    begun = time.process_time()
    witnesses = {
        article.id: witness(article, read(article.text, title=article.title, registry=registry), registry)
        for article in sorted(articles, key=lambda article: article.id)
    }
    seconds["read"] = time.process_time() - begun
    begun = time.process_time()
    found: Pairs = {}
    for a, b in candidates(witnesses, registry):
        one, two = witnesses[a], witnesses[b]
        if matches := shared(one.article, one.document, two.article, two.document, registry).matches:
            found[a, b] = matches
    seconds["match"] = time.process_time() - begun
    return Outcome(witnesses, found, seconds=seconds)


def candidates(witnesses: Mapping[str, Witness], registry: Registry) -> list[tuple[str, str]]:
    """The pairs that an audit of these articles would align, each sorted."""
    names = list(witnesses)
    found = find_candidates(
        Postings.of([_posting(key, witnesses[name], registry) for key, name in enumerate(names)]), list
    )
    pairs = {(names[one], names[two]) for one, two in found.pairs.tolist()}
    wires = [name for name in names if registry.is_wire(witnesses[name].article.source)]
    others = [name for name in names if not registry.is_wire(witnesses[name].article.source)]
    told = {name: pairings(witnesses[name].document.tokens) for name in names}
    alike = story_pairs([told[name] for name in others], [told[name] for name in wires])
    pairs |= {
        (others[one], wires[two])
        for one, two in alike
        if may_retell(witnesses[others[one]].article, witnesses[wires[two]].article, registry)
    }
    return sorted({(min(pair), max(pair)) for pair in pairs})


def _posting(key: int, one: Witness, registry: Registry) -> tuple[Standing, Fingerprints]:
    article = one.article
    time = int(article.published.earliest.timestamp()) if article.published else UNKNOWN_TIME
    standing = Standing(key, time, tie_of(article.id), registry.is_wire(article.source))
    return standing, fingerprint(one.document.tokens)


def settle_all(outcome: Outcome, registry: Registry) -> Outcome:
    """Trace and settle all that was matched, and judge every article."""
    begun = time.process_time()
    relatives: dict[str, list[Relative]] = defaultdict(list)
    for (a, b), matches in outcome.pairs.items():
        relatives[a].append(Relative(outcome.witnesses[b], matches))
        relatives[b].append(Relative(outcome.witnesses[a], tuple(one.flipped() for one in matches)))
    traced = {name: trace(one, relatives[name], registry) for name, one in outcome.witnesses.items()}
    outcome.seconds["trace"] = time.process_time() - begun
    begun = time.process_time()
    standings = {name: one.standing(registry) for name, one in outcome.witnesses.items()}
    outcome.rows = settle(traced, standings, registry)
    outcome.seconds["settle"] = time.process_time() - begun
    outcome.verdicts = {
        name: verdict(one, outcome.rows[name], registry) for name, one in outcome.witnesses.items()
    }
    return outcome
