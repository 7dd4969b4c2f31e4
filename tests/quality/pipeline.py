"""The pure stages over articles in memory, as the engine runs them over a store: for measurements only.

articles → fingerprints → candidates → matches → trace → settle → verdicts
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from auditor.domain import Aligned, Article, Derivation, Verdict
from auditor.fingerprint import fingerprint
from auditor.lineage import Relative, Witness, settle, trace, verdict, witness
from auditor.matching import align
from auditor.registry import Registry
from auditor.text import read

Pairs = dict[tuple[str, str], tuple[Aligned, ...]]
_MOST_HOLDERS = 60


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
    for a, b in candidates(witnesses):
        if matches := align(witnesses[a].document, witnesses[b].document):
            found[a, b] = matches
    seconds["match"] = time.process_time() - begun
    return Outcome(witnesses, found, seconds=seconds)


def candidates(witnesses: Mapping[str, Witness]) -> list[tuple[str, str]]:
    """Pairs of articles that share fingerprints which not too many articles have."""
    names = list(witnesses)
    prints = [np.unique(fingerprint(witnesses[name].document.tokens).values) for name in names]
    values = np.concatenate(prints)
    owners = np.repeat(np.arange(len(names)), [len(one) for one in prints])
    order = np.lexsort((owners, values))
    values, owners = values[order], owners[order]
    bounds = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1], [True]]))
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if 2 <= end - start <= _MOST_HOLDERS:
            holders = owners[start:end].tolist()
            for at, one in enumerate(holders):
                for two in holders[at + 1 :]:
                    shared[one, two] += 1
    return sorted((names[one], names[two]) for one, two in shared)


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
