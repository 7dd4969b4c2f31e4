"""Holds against the terms what changed since that was last done, and no more: for a night on a large store.

    mark, stamps | what changed, whatever rests on it | update_findings | mark

With nothing changed nothing is written. Must not know how a finding is made.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import auditor
from auditor.jobs.findings import UpdateSummary, update_findings
from auditor.jobs.licences import load_terms
from auditor.jobs.sources import digest_of
from auditor.licensing.decisions import rejected_pairs
from auditor.storage import Mark

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from auditor.jobs.progress import Progress
    from auditor.registry import Registry
    from auditor.storage import Store

MARK = "findings"
REJECTED = "rejected"


def recheck(
    store: Store, registry: Registry, licences: Path, *, second: Container[str], progress: Progress
) -> UpdateSummary | None:
    """Update the findings of all articles for which anything changed; None where nothing did.

    Raises ConfigProblem where the terms have a mistake: nothing is changed then.
    """
    mark = store.mark(MARK)
    stamp = store.stamp()
    rejected = sorted(map(list, rejected_pairs(store.decisions(), second)))
    told = {
        "terms": load_terms(licences, registry).terms.digest,
        "sources": digest_of(registry),
        "program": auditor.__version__,
        REJECTED: rejected,
    }
    touched = store.touched_since(mark.stamp)
    if touched is None or {**mark.told, REJECTED: rejected} != told:
        only = None  # another store, other terms or other sources: anything may differ
    else:
        only = _resting_on(store, touched | _judged_anew(store, mark.told, rejected))
    if only is not None and not only:
        return None
    summary = update_findings(store, registry, licences, second=second, only=only, progress=progress)
    store.put_mark(MARK, Mark(stamp, told))
    return summary


def _judged_anew(store: Store, told: Mapping[str, Any], rejected: list[list[str]]) -> frozenset[str]:
    """The articles whose texts were said to match, or not to match, since the mark."""
    known: object = told[REJECTED]
    assert isinstance(known, list)
    pairs = [pair for pair in rejected if pair not in known] + [
        pair for pair in known if pair not in rejected
    ]
    return store.ids_of_texts(digest for pair in pairs for digest in pair)


def _resting_on(store: Store, changed: frozenset[str]) -> frozenset[str]:
    """These articles, and all whose findings rest on them: by a passage, or on what they are a version of."""
    if not changed:
        return changed
    revises = store.versions()
    named: set[str] = set(changed)
    for name in changed:
        earlier = revises.get(name)
        while earlier is not None and earlier not in named:
            named.add(earlier)
            earlier = revises.get(earlier)
    return changed | store.heirs(named)
