"""Verdicts and stories: what is said of whole articles."""

from __future__ import annotations

from dataclasses import replace

from auditor.domain import (
    Derivation,
    Evidence,
    Label,
    MatchKind,
    Origin,
    Place,
    Relation,
    Share,
    Span,
    Status,
    Story,
)
from auditor.lineage import Standing, stories, verdict
from tests.unit.lineage.invented import OTHER, REGISTRY, WIRE, told

FIRST_HUNDRED = Span(0, 100)


def _row(
    article: str,
    parent: str | None,
    span: Span = FIRST_HUNDRED,
    relation: Relation = Relation.COPY,
    kind: MatchKind = MatchKind.VERBATIM,
    origin: str | None = "ferrywire",
) -> Derivation:
    place = Place(parent, span) if parent else None
    return Derivation(article, span, place, Origin(origin, parent), relation, 0.9, kind, 1.0)


def test_shares_are_of_the_body_and_overlaps_count_once() -> None:
    one = told("a", f"{WIRE}\n\n{OTHER}", "2026-03-01", "northpost")
    whole = len(WIRE) + len(OTHER)
    rows = [_row("a", "w", Span(0, len(WIRE))), _row("a", "w", Span(50, len(WIRE)))]
    found = verdict(one, rows, REGISTRY)
    assert abs(found.derived_share - len(WIRE) / whole) < 0.02
    assert found.wire_share == found.derived_share
    assert found.origins == (Share("ferrywire", found.derived_share),)
    assert found.label is Label.PARTIALLY


def test_the_longer_a_wholly_derived_article_the_less_of_it_may_be_its_own() -> None:
    labels = []
    for paragraphs in (1, 8):
        text = "\n\n".join([f"{WIRE} {OTHER}"] * paragraphs)
        one, derived = told("a", text, "2026-03-01", "northpost"), int(0.8 * len(text))
        labels.append(verdict(one, [_row("a", "w", Span(0, derived))], REGISTRY).label)
    assert labels == [Label.WHOLLY, Label.PARTIALLY]


def test_a_little_of_which_nobody_knows_who_had_it_first_makes_no_article_derived() -> None:
    one = told("a", f"{WIRE}\n\n{OTHER}", "2026-03-01", "northpost")
    tenth = Span(0, len(one.article.text) // 10)
    labels = {
        relation: verdict(one, [_row("a", "w", tenth, relation)], REGISTRY).label for relation in Relation
    }
    assert labels == {
        Relation.COPY: Label.PARTIALLY,
        Relation.COMMON_SOURCE: Label.PARTIALLY,
        Relation.UNDECIDED: Label.NON,
    }
    half = [_row("a", "w", Span(0, len(WIRE)), Relation.UNDECIDED)]
    assert verdict(one, half, REGISTRY).label is Label.PARTIALLY


def test_a_text_from_a_site_has_no_wire_share() -> None:
    one = told("a", WIRE, "2026-03-01", "northpost")
    found = verdict(one, [_row("a", "b", Span(0, len(WIRE)), origin="southpost")], REGISTRY)
    assert (found.derived_share, found.wire_share) == (1.0, 0.0)


def test_an_earlier_version_of_ones_own_is_no_derived_text() -> None:
    update = told("v2", WIRE, "2026-03-01", "ferrywire", revises="v1")
    assert verdict(update, [_row("v2", "v1", Span(0, len(WIRE)))], REGISTRY).label is Label.NON


def test_too_short_a_text_says_so() -> None:
    assert "too few" in verdict(told("a", "Ferry late again."), (), REGISTRY).reason


def _standings(*names: str) -> dict[str, Standing]:
    return {name: Standing(name, title=f"About {name}") for name in names}


def test_articles_tied_by_copies_are_one_story() -> None:
    found = stories([_row("b", "a"), _row("c", "b"), _row("e", "d")], _standings(*"abcde"))
    assert sorted(story.articles for story in found) == [("a", "b", "c"), ("d", "e")]


def test_a_shared_quotation_ties_nothing() -> None:
    row = _row("b", "a", relation=Relation.COMMON_SOURCE, kind=MatchKind.QUOTATION)
    assert stories([row], _standings("a", "b")) == ()


def test_what_is_merely_told_alike_ties_nothing_unless_it_was_copied() -> None:
    alike = replace(
        _row("b", "a", relation=Relation.UNDECIDED), evidence=(Evidence("retold", "has a third of it", 0.0),)
    )
    assert stories([alike], _standings("a", "b")) == ()
    (story,) = stories([replace(alike, relation=Relation.COPY)], _standings("a", "b"))
    assert story.articles == ("a", "b")


def test_a_story_keeps_its_name_as_it_grows() -> None:
    before = stories([_row("b", "a")], _standings("a", "b"))
    after = stories([_row("b", "a"), _row("a", "0")], _standings("a", "b", "0"), before)
    assert [story.id for story in after] == [before[0].id]


def test_merged_stories_keep_the_name_that_most_of_their_articles_had() -> None:
    previous = (Story("s1", "", ("a", "b")), Story("s2", "", ("c", "d", "e")))
    rows = [_row("b", "a"), _row("d", "c"), _row("e", "c"), _row("c", "b")]
    assert [story.id for story in stories(rows, _standings(*"abcde"), previous)] == ["s2"]


def test_the_names_of_new_stories_do_not_depend_on_the_order_of_rows() -> None:
    rows = [_row("b", "a"), _row("c", "b"), _row("e", "d")]
    assert stories(rows, _standings(*"abcde")) == stories(rows[::-1], _standings(*"abcde"))


def test_a_kill_belongs_to_the_story_of_what_it_kills_though_they_share_no_word() -> None:
    standings = {**_standings("a", "b"), "kill": Standing("kill", revises="a", status=Status.CANCELED)}
    assert [story.articles for story in stories([_row("b", "a")], standings)] == [("a", "b", "kill")]
