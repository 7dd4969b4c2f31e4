"""What migrations do to rows: from every revision up, down and up; killed anywhere; each by itself."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import pytest
from sqlalchemy import text

from auditor.domain import Article, Evidence, Span
from auditor.fingerprint import unpack
from auditor.storage import open_store
from auditor.storage.address import read_address
from auditor.storage.engines import make_engine
from auditor.storage.migrate import downgrade, upgrade


def written(url: str, statement: str, **values: object) -> None:
    """Write a row as an older program did."""
    with make_engine(read_address(url), migrating=True).begin() as connection:
        connection.execute(text(statement), values)


def held(url: str, query: str) -> list[tuple[Any, ...]]:
    with make_engine(read_address(url), migrating=True).connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


@pytest.mark.parametrize("count", [0, 1, 7])
def test_fingerprints_are_narrowed_as_they_would_be_found_anew(database: str, count: int) -> None:
    """0010: the same bytes as a new examination gives, so that old and new texts still meet."""
    dice = np.random.default_rng(count)
    values = dice.integers(-(1 << 63), (1 << 63) - 1, count)
    steps = np.concatenate([dice.integers(0, 4, 1), dice.integers(1, 5, count)])[:count]
    lines = dice.integers(-(1 << 63), (1 << 63) - 1, 2)
    head = np.array([count, 2], "<u4").tobytes()
    old = head + values.astype("<i8").tobytes() + steps.astype("u1").tobytes() + lines.astype("<i8").tobytes()
    upgrade(database, "0009")
    written(database, "INSERT INTO article (key, id, revision) VALUES (1, 'a', 1), (2, 'b', 1)")
    written(
        database,
        "INSERT INTO fingerprint (article_key, version, packed) VALUES (1, 2, :old), (2, 1, :older)",
        old=old,
        older=b"of a version that is examined anew in any case",
    )
    upgrade(database)
    (version, packed), (older, _) = held(
        database, "SELECT version, packed FROM fingerprint ORDER BY article_key"
    )
    found = unpack(bytes(packed))
    assert (version, older) == (3, 1)
    assert found.values.tolist() == (values >> 24).tolist()
    assert found.positions.tolist() == np.cumsum(steps).tolist()
    assert found.lines.tolist() == lines.tolist()


def test_matches_are_packed_and_unpacked_again(database: str) -> None:
    """0011: each match as it was, whichever of its articles is asked for."""
    rows = [(1, 0, 3, 2, 5, 8, 1.0, "verbatim"), (1, 4, 9, 2, 0, 5, 1 / 3, "edited")]
    rows += [(2, 0, 3, 3, 0, 3, 0.25, "reworded")]
    upgrade(database, "0010")
    written(database, "INSERT INTO article (key, id, revision) VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 1)")
    for row in rows:
        names = dict(zip("abcdefgh", row, strict=True))
        written(database, "INSERT INTO match VALUES (:a, :b, :c, :d, :e, :f, :g, :h)", **names)
    upgrade(database)
    assert held(database, "SELECT * FROM match") == []
    with open_store(database) as store:
        found = list(store.matches())
        assert [(m.a.article, m.b.article, m.similarity) for m in found] == [
            ("a", "b", 1.0),
            ("a", "b", 1 / 3),
            ("b", "c", 0.25),
        ]
        assert list(store.matches(["b"])) == found
        assert list(store.matches(["c"])) == found[2:]
    downgrade(database, "0010")
    assert held(database, "SELECT * FROM match ORDER BY a_key, a_start") == rows


def test_texts_from_before_they_were_packed_stay_readable_and_going_back_unpacks_the_others(
    database: str,
) -> None:
    """0012: nothing that stands is rewritten, and nothing is lost on the way back."""
    old, new = "Tärn old. " * 30, "Tärn new. " * 30
    upgrade(database, "0011")
    written(
        database, "INSERT INTO run VALUES (1, 'ingest', '{}', '2026-01-01T00:00:00Z', NULL, 'done', '{}')"
    )
    written(database, "INSERT INTO article (key, id, revision) VALUES (1, 'a', 1)")
    written(
        database,
        "INSERT INTO revision (article_key, number, run_key, digest, length, status, text)"
        " VALUES (1, 1, 1, :digest, :length, 'usable', :text)",
        digest=b"\x00",
        length=len(old),
        text=old,
    )
    upgrade(database)
    with open_store(database) as store:
        run = store.begin_run("fill", {})
        store.add([("input", Article("b", new)), ("input", Article("c", "x"))], run=run)
        assert [article.text for article in store.articles()] == [old, new, "x"]
    packed = "SELECT text, packed IS NULL FROM revision ORDER BY article_key"
    assert [tuple(map(str, row)) for row in held(database, packed)][1][0] == ""
    downgrade(database, "0011")
    assert held(database, "SELECT text FROM revision ORDER BY article_key") == [(old,), (new,), ("x",)]


def test_derivations_are_packed_with_their_evidence_and_unpacked_again(database: str) -> None:
    """0013: evidence kept once for an article and evidence kept as JSON come out alike."""
    upgrade(database, "0012")
    written(database, "INSERT INTO article (key, id, revision) VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 1)")
    written(
        database,
        "INSERT INTO derivation (article_key, span_start, span_end, parent_key, parent_start, parent_end,"
        " origin_source, origin_key, relation, confidence, kind, similarity, evidence, evidence_number)"
        " VALUES (2, 5, 9, 1, 0, 4, 'ap', 3, 'copy', 0.5, 'edited', 0.25, '', 0),"
        " (2, 0, 4, NULL, NULL, NULL, 'ap', NULL, 'copy', 0.5, 'edited', 0.25,"
        """ '[["credits","AP",3.5]]', NULL)""",
    )
    evidence = zlib.compress(b'[[["wire","AP is a wire",2.0]]]')
    written(database, "INSERT INTO evidence (article_key, packed) VALUES (2, :packed)", packed=evidence)
    upgrade(database)
    assert held(database, "SELECT key FROM derivation") == held(database, "SELECT packed FROM evidence") == []
    with open_store(database) as store:
        found = list(store.derivations())
        assert [(d.span, d.parent and d.parent.article, d.origin.article) for d in found] == [
            (Span(0, 4), None, None),
            (Span(5, 9), "a", "c"),
        ]
        assert [d.evidence for d in found] == [
            (Evidence("credits", "AP", 3.5),),
            (Evidence("wire", "AP is a wire", 2.0),),
        ]
        assert list(store.derived_from("a")) == found[1:]
        assert list(store.links(["a"])) == [("b", "a")]
        assert store.heirs(["c"]) == {"b"}
    downgrade(database, "0012")
    assert held(database, "SELECT count(*), count(evidence_number) FROM derivation") == [(2, 0)]
    upgrade(database)
    with open_store(database) as store:
        assert list(store.derivations()) == found
