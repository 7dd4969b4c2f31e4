"""A link that was refused because it closed a circle is taken up again once the circle is gone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from auditor.domain import Article, Derivation, Evidence, MatchKind, Origin, Place, Relation, Span
from auditor.engine.local import Workers
from auditor.engine.tasks import prepare
from auditor.jobs.settling import Settling
from auditor.jobs.versions import Versions
from auditor.registry import Registry
from auditor.storage import Store, open_store

TEXT = "The ferry to Old Quay was late again on Monday because of the fog, its captain told passengers."
WHOLE = Span(0, len(TEXT))


def row(child: str, parent: str, odds: float) -> Derivation:
    evidence = (Evidence("contained", "stands nearly whole in the other, which has more", odds),)
    return Derivation(
        child,
        WHOLE,
        Place(parent, WHOLE),
        Origin(None, parent),
        Relation.COPY,
        0.8,
        MatchKind.VERBATIM,
        1.0,
        evidence,
    )


def settled(store: Store, traced: Mapping[str, Derivation]) -> dict[str, str]:
    """What is stored after these rows were traced anew and all was settled: each article's parent."""
    store.replace_lineage(traced, traced.values(), ())
    store.keep_refused(dict.fromkeys(traced, ()))
    with Workers(1, prepare, (Registry(),)) as workers:
        work = Settling(store, Registry(), workers, Versions({}), frozenset(), set(traced), {})
        work.settle(["a", "b", "c", "d"], {})
    return {found.article: found.parent.article for found in store.derivations() if found.parent}


def opened(path: Path) -> Store:
    store = open_store(f"sqlite:///{path}")
    run = store.begin_run("ingest", {})
    store.add([(name, Article(name, TEXT)) for name in "abcd"], run=run)
    return store


RING = {"a": row("a", "b", 3.0), "b": row("b", "c", 3.0), "c": row("c", "a", 1.0)}


def test_what_was_refused_stands_where_what_it_contradicted_is_gone(tmp_path: Path) -> None:
    with opened(tmp_path / "a.db") as store, opened(tmp_path / "b.db") as at_once:
        assert settled(store, RING) == {"a": "b", "b": "c"}
        later = {"b": row("b", "d", 3.0)}
        assert settled(store, later) == {"a": "b", "b": "d", "c": "a"}
        assert settled(at_once, RING | later) == {"a": "b", "b": "d", "c": "a"}
        assert [*store.derivations()] == [*at_once.derivations()]
