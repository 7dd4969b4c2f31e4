"""Floors for Usenet posts that quote each other: the share of quoted passages that matches cover."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.matching_measure import aligned, candidate_pairs, data, rows, scorer

pytestmark = [pytest.mark.quality, pytest.mark.shared]

PASSAGES = 0.99
CHARACTERS = 0.992


def test_quoted_passages_are_found(shared: Path) -> None:
    posts = {row["id"]: row for row in rows(data(shared, "usenet/docs.jsonl.gz", "d6acf00c6cf10831"))}
    edges = rows(data(shared, "usenet/edges.jsonl.gz", "45f47e1acba9c482"))
    usenet = scorer(shared, "score_usenet")
    texts = {name: row["text"] for name, row in posts.items()}
    pairs = candidate_pairs(texts, {name: row["date"] for name, row in posts.items()})
    matches = [
        {
            "earlier": {"id": a, "start": match.a.start, "end": match.a.end},
            "later": {"id": b, "start": match.b.start, "end": match.b.end},
        }
        for (a, b), found in aligned(texts, pairs).items()
        for match in found
    ]
    scores = usenet.score_passages(usenet.read_passages(edges, posts), matches)
    assert scores["recall"] >= PASSAGES
    assert scores["character_recall"] >= CHARACTERS
