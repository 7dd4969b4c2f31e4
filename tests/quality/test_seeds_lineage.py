"""Lineage of the five real articles: what a careful reader would say of who took what from whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.domain import Article, Derivation, MatchKind, Moment, Relation
from auditor.registry import Registry
from auditor.sources import shipped_sources
from tests.quality.pipeline import Outcome, match, settle_all

pytestmark = pytest.mark.quality


def _outcome(shared: Path, *, manifest: bool) -> Outcome:
    """The five articles under their three-digit names, with or without what a manifest tells of 003."""
    articles = []
    for path in sorted((shared / "data/seeds").glob("*.txt")):
        name = path.stem[:3]
        known = manifest and name == "003"
        articles.append(
            Article(
                name,
                path.read_text(encoding="utf-8"),
                "ap" if known else None,
                published=Moment.parse("2015-12-11") if known else None,
            )
        )
    registry = Registry(shipped_sources())
    return settle_all(match(articles, registry), registry)


@pytest.fixture(scope="module")
def plain(shared: Path) -> Outcome:
    return _outcome(shared, manifest=False)


@pytest.fixture(scope="module")
def told(shared: Path) -> Outcome:
    return _outcome(shared, manifest=True)


def _row(outcome: Outcome, article: str, words: str) -> Derivation | None:
    """The row whose span holds these words of an article."""
    at = outcome.witnesses[article].article.text.index(words)
    return next((row for row in outcome.rows[article] if row.span.start <= at < row.span.end), None)


def _parent(row: Derivation | None) -> str | None:
    return row.parent.article if row and row.parent else None


def test_nearly_all_of_001_derives_from_003(plain: Outcome) -> None:
    length = len(plain.witnesses["001"].article.text)
    taken = sum(row.span.length for row in plain.rows["001"] if _parent(row) == "003")
    assert taken >= 0.95 * length
    assert {row.relation for row in plain.rows["001"]} == {Relation.COPY}


@pytest.mark.parametrize(
    ("words", "parent"),
    [("Declarations from Putin", "000"), ("That being said", "000"), ("develop cooperation with", "003")],
)
def test_002_is_stitched_from_000_and_from_the_text_of_003(plain: Outcome, words: str, parent: str) -> None:
    assert _parent(_row(plain, "002", words)) == parent


@pytest.mark.parametrize("words", ["Putin and his officials", "By and large", "If we are not responding"])
def test_three_sentences_of_004_come_from_the_text_of_003(plain: Outcome, words: str) -> None:
    assert _parent(_row(plain, "004", words)) == "003"


def test_an_independent_translation_in_004_is_no_copy(plain: Outcome) -> None:
    row = _row(plain, "004", "Right now several of its units")
    assert row is None or row.relation is not Relation.COPY


def test_the_fallon_quotation_of_000_and_003_has_a_common_source(plain: Outcome) -> None:
    row = _row(plain, "000", "stop propping up")
    assert row is not None
    assert _parent(row) == "003"
    assert (row.relation, row.kind) == (Relation.COMMON_SOURCE, MatchKind.QUOTATION)


def test_the_foot_and_the_middle_of_000_name_their_origins(plain: Outcome) -> None:
    middle, rest = _row(plain, "000", "Western and Arab states"), _row(plain, "000", "It is known that")
    assert middle is not None
    assert rest is not None
    assert (middle.origin.source, middle.origin.article) == ("reuters", None)
    assert (rest.origin.source, rest.origin.article) == ("washington-post", None)


def test_what_002_has_from_000_goes_back_to_the_paper_that_000_credits(plain: Outcome) -> None:
    row = _row(plain, "002", "Declarations from Putin")
    assert row is not None
    assert row.origin.source == "washington-post"


def test_with_the_manifest_ap_is_the_origin(told: Outcome) -> None:
    assert {row.origin.source for row in told.rows["001"]} == {"ap"}
    for article, words in (("002", "develop cooperation with"), ("004", "By and large")):
        row = _row(told, article, words)
        assert row is not None
        assert (row.origin.source, row.origin.article) == ("ap", "003")


def test_003_derives_from_none_of_the_others(plain: Outcome, told: Outcome) -> None:
    assert plain.rows["003"] == ()
    assert told.rows["003"] == ()
