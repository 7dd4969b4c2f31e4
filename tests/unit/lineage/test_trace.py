"""Tracing one article: who its parent is, and what is said where that can't be told."""

from __future__ import annotations

from difflib import SequenceMatcher

from auditor.domain import Aligned, Article, MatchKind, Moment, Relation, Source, SourceKind
from auditor.lineage import Relative, Witness, settle, trace, verdict, witness
from auditor.registry import Registry
from auditor.text import read

REGISTRY = Registry(
    [
        Source(
            "ferrywire", "Ferry Wire", SourceKind.WIRE, credits=("Ferry Wire",), datelines=("Ferry Wire",)
        ),
        Source("northpost", "North Post", SourceKind.PUBLISHER),
        Source("southpost", "South Post", SourceKind.PUBLISHER),
    ]
)
WIRE = (
    "The harbour of Old Quay will close for nine days while divers clear the wreck of a dredger, the port "
    "authority said. Captain Ilse Maren told reporters the channel was safe for small boats. Two ferries "
    "were sent to the northern pier on Monday. The dredger sank in a storm last month with no loss of life. "
    "Insurers put the damage at 3.4 million crowns."
)


def test_a_later_copy_has_the_earlier_article_as_parent() -> None:
    first, second = _told("a", WIRE, "2026-03-01T09:00:00Z"), _told("b", WIRE, "2026-03-01T09:43:00Z")
    rows = trace(second, [_relative(second, first)], REGISTRY)
    assert {row.parent.article for row in rows if row.parent} == {"a"}
    assert {row.relation for row in rows} == {Relation.COPY}
    assert any("43 minutes earlier" in item.detail for item in rows[0].evidence)
    assert trace(first, [_relative(first, second)], REGISTRY) == ()


def test_each_passage_of_a_copy_is_a_row_of_its_own_that_covers_it() -> None:
    first, second = _told("a", WIRE, "2026-03-01"), _told("b", WIRE, "2026-03-03")
    rows = trace(second, [_relative(second, first)], REGISTRY)
    assert [row.span for row in rows] == list(second.document.sentences)
    assert [row.span for row in rows] == [row.parent.span for row in rows if row.parent]


def test_a_copy_that_shares_a_misprint_comes_from_the_copy_that_has_it() -> None:
    wire = _told("w", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    misprint = WIRE.replace("Maren", "Marren").replace("nine days", "nine whole days")
    middle = _told("m", misprint, "2026-03-01T10:00:00Z", "northpost")
    last = _told("z", misprint.replace("Two ferries", "Both ferries"), "2026-03-01T12:00:00Z", "southpost")
    rows = trace(last, [_relative(last, wire), _relative(last, middle)], REGISTRY)
    assert {row.parent.article for row in rows if row.parent} == {"m"}


def test_siblings_of_a_held_wire_item_are_not_copies_of_each_other() -> None:
    wire = _told("w", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    one = _told("one", WIRE.replace("nine days", "nine long days"), "2026-03-01T10:00:00Z", "northpost")
    two = _told("two", WIRE.replace("Two ferries", "Both ferries"), "2026-03-01T12:00:00Z", "southpost")
    rows = trace(two, [_relative(two, wire), _relative(two, one)], REGISTRY)
    assert {row.parent.article for row in rows if row.parent} == {"w"}


def test_equal_texts_without_times_are_undecided_and_only_one_of_them_has_rows() -> None:
    one, two = _told("one", WIRE), _told("two", WIRE)
    traced = {
        "one": trace(one, [_relative(one, two)], REGISTRY),
        "two": trace(two, [_relative(two, one)], REGISTRY),
    }
    settled = settle(traced, {w.article.id: w.standing(REGISTRY) for w in (one, two)}, REGISTRY)
    assert sum(bool(rows) for rows in settled.values()) == 1
    assert {row.relation for rows in settled.values() for row in rows} == {Relation.UNDECIDED}


def test_an_article_without_relatives_says_why_nothing_was_found() -> None:
    alone = _told("a", WIRE)
    assert "no other article" in verdict(alone, (), REGISTRY).reason


def _told(name: str, text: str, published: str | None = None, source: str | None = None) -> Witness:
    article = Article(name, text, source, published=Moment.parse(published) if published else None)
    return witness(article, read(text, registry=REGISTRY), REGISTRY)


def _relative(child: Witness, other: Witness) -> Relative:
    """A relative with word-for-word matches, joined over short gaps."""
    a, b = child.document, other.document
    matcher = SequenceMatcher(None, a.tokens.words, b.tokens.words, autojunk=False)
    blocks = [m for m in matcher.get_matching_blocks() if m.size]
    joined = Aligned(
        a.tokens.span(blocks[0].a, blocks[-1].a + blocks[-1].size),
        b.tokens.span(blocks[0].b, blocks[-1].b + blocks[-1].size),
        matcher.ratio(),
        MatchKind.VERBATIM if matcher.ratio() == 1 else MatchKind.EDITED,
    )
    return Relative(other, (joined,))
