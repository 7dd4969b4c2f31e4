"""The example collection is what its README and its truth say it is."""

from __future__ import annotations

import re
from collections import Counter

from auditor.assets import example_dir
from auditor.domain import Article, GarbleKind, Relation, Severity, SourceKind
from auditor.registry import Registry
from tests.integration.example.conftest import Truth


def test_there_are_four_stories_of_at_least_fourteen_articles(
    articles: dict[str, Article], truth: Truth
) -> None:
    assert set(truth.rows) == set(articles)
    stories = Counter(row["story"] for row in truth.rows.values() if row["story"])
    assert len(stories) == 4
    assert stories.total() >= 14


def test_every_story_article_is_a_story_long(articles: dict[str, Article]) -> None:
    for article in articles.values():
        assert 230 <= len(article.text.split()) <= 600, article.id


def test_every_article_has_a_registered_source_a_title_and_an_exact_time(
    articles: dict[str, Article], registry: Registry
) -> None:
    for article in articles.values():
        source = registry.get(article.source)
        assert source, f"{article.id}: {article.source}"
        assert source.kind is not SourceKind.UNKNOWN
        assert article.title, article.id
        assert article.published, article.id
        assert article.published.is_exact, article.id


def test_parents_come_before_their_copies(articles: dict[str, Article], truth: Truth) -> None:
    for passage in truth.passages:
        if passage.relation == Relation.COPY and passage.parent:
            earlier, later = articles[passage.parent].published, articles[passage.article].published
            assert earlier
            assert later
            assert earlier.before(later), passage


def test_what_is_told_to_be_copied_is_nearly_the_same(articles: dict[str, Article], truth: Truth) -> None:
    for passage in truth.passages:
        if passage.parent is None or passage.parent_span is None:
            continue
        mine = Counter(passage.span.of(articles[passage.article].text).split())
        theirs = Counter(passage.parent_span.of(articles[passage.parent].text).split())
        # spun text keeps about two words in three
        assert (mine & theirs).total() >= 0.6 * max(mine.total(), theirs.total()), passage


def test_each_change_stands_where_it_is_told_to(articles: dict[str, Article], truth: Truth) -> None:
    for garble in truth.garbles:
        near = garble.span.of(articles[garble.article].text)
        words = re.findall(r"\w+", garble.after)
        if words and len(words) <= len(re.findall(r"\w+", near)):
            assert garble.after in near, garble
        assert garble.before != garble.after or not garble.before, garble


def test_an_inherited_change_stands_in_the_article_that_introduced_it(
    articles: dict[str, Article], truth: Truth
) -> None:
    own = {(garble.article, garble.kind, garble.before, garble.after) for garble in truth.garbles}
    for garble in truth.garbles:
        assert (garble.introduced_by, garble.kind, garble.before, garble.after) in own, garble


def test_every_relation_and_every_kind_of_change_is_shown(truth: Truth) -> None:
    shown = {row["shows"] for row in truth.rows.values()}
    assert shown >= {
        "original", "copy", "copy of a copy", "stitched", "spun", "independent", "correction",
        "copy of an item not held",
    }  # fmt: skip
    assert {garble.kind for garble in truth.garbles} == {kind.value for kind in GarbleKind}
    assert {garble.severity for garble in truth.garbles} == {severity.value for severity in Severity}
    assert {passage.relation for passage in truth.passages} == {"copy", "common_source"}


def test_the_readme_names_every_article_and_says_that_all_is_invented(truth: Truth) -> None:
    readme = (example_dir() / "README.md").read_text(encoding="utf-8")
    assert "all of them invented" in readme
    assert not [id_ for id_ in truth.rows if f"`{id_}`" not in readme]
