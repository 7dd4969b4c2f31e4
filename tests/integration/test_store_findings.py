"""What the audit found, in a real store: replaced as a whole, given back in one order on every database."""

from __future__ import annotations

import random

import pytest

from auditor.domain import (
    Article,
    Derivation,
    Evidence,
    Garble,
    GarbleKind,
    Label,
    Match,
    MatchKind,
    Origin,
    Place,
    Relation,
    Severity,
    Share,
    Span,
    Story,
    Verdict,
)
from auditor.errors import NotFound, StoreProblem
from auditor.storage import Store

# Sorted by code point; most collations would sort them otherwise.
IDS = ["B", "Z-1", "a", "a b", "a-b", "ab", "b", "\u00e4"]


@pytest.fixture(autouse=True)
def held(store: Store) -> None:
    run = store.begin_run("test", {})
    shuffled = random.Random(3).sample(IDS, len(IDS))
    store.add([(each, Article(each, "text of " + each)) for each in shuffled], run=run)


def place(article: str, start: int = 0, end: int = 4) -> Place:
    return Place(article, Span(start, end))


def match(a: str, b: str, start: int = 0, similarity: float = 0.1 + 0.2) -> Match:
    return Match(place(a, start, start + 4), place(b), similarity, MatchKind.EDITED)


def derivation(article: str, parent: str | None, start: int = 0) -> Derivation:
    return Derivation(
        article,
        Span(start, start + 4),
        place(parent, 1, 3) if parent else None,
        Origin("tarn-wire", parent),
        Relation.COPY if parent else Relation.UNDECIDED,
        1 / 3,
        MatchKind.REWORDED,
        2 / 3,
        (Evidence("published_first", "before \u201cB\u201d", -1.25), Evidence("credit", "", 0.1)),
    )


def garble(
    article: str, parent: str | None, kind: GarbleKind = GarbleKind.NUMBER, before: str = "7"
) -> Garble:
    where = place(parent) if parent else None
    return Garble(article, Span(0, 0), kind, Severity.HIGH, before, "\u00a070", where, article, "how")


def test_matches_come_back_sorted_by_both_articles_and_spans(store: Store) -> None:
    found = [match(a, b, start) for a in IDS for b in IDS if a < b for start in (10, 9)]
    store.replace_matches(IDS, random.Random(1).sample(found, len(found)))
    assert list(store.matches()) == sorted(
        found, key=lambda each: (each.a.article, each.a.span, each.b.article, each.b.span)
    )


def test_matches_of_articles_are_those_that_touch_them(store: Store) -> None:
    store.replace_matches([], [match("a", "b"), match("B", "a"), match("B", "b"), match("ab", "b")])
    touching = [(each.a.article, each.b.article) for each in store.matches(["a", "ab", "missing"])]
    assert touching == [("B", "a"), ("a", "b"), ("ab", "b")]
    assert list(store.matches([])) == []


def test_who_shares_a_match_with_an_article_is_told_once_whatever_the_matches(store: Store) -> None:
    shared = [match("a", "b"), match("a", "b", 3), match("B", "a"), match("B", "b"), match("ab", "b")]
    store.replace_matches([], shared)
    assert store.sharing(["a", "ab", "missing"]) == [("B", "a"), ("a", "b"), ("ab", "b")]
    assert store.sharing([]) == []


def test_replacing_matches_deletes_those_that_touch_the_articles_and_no_others(store: Store) -> None:
    store.replace_matches([], [match("a", "b"), match("B", "a"), match("B", "b")])
    store.replace_matches(["a"], [match("a", "ab")])
    assert [(each.a.article, each.b.article) for each in store.matches()] == [("B", "b"), ("a", "ab")]


def test_a_match_is_kept_with_the_article_whose_id_sorts_first_as_a(store: Store) -> None:
    store.replace_matches([], [Match(place("b", 5, 9), place("a"), 1.0, MatchKind.VERBATIM)])
    assert list(store.matches()) == [Match(place("a"), place("b", 5, 9), 1.0, MatchKind.VERBATIM)]


def test_the_same_match_twice_is_refused_and_nothing_of_the_call_is_kept(store: Store) -> None:
    store.replace_matches([], [match("a", "b")])
    with pytest.raises(StoreProblem):
        store.replace_matches(["a"], [match("B", "b"), match("a", "b"), match("a", "b")])
    assert list(store.matches()) == [match("a", "b")]


def test_derivations_and_verdicts_come_back_as_given_and_sorted(store: Store) -> None:
    found = [
        derivation(a, b, start) for a, b in (("b", "a"), ("a", None), ("\u00e4", "B")) for start in (10, 9)
    ]
    verdicts = [
        Verdict("b", 1 / 3, 0.0, Label.PARTIALLY, (Share("ap", 0.2), Share(None, 0.1)), "why"),
        Verdict("B", 0.0, 0.0, Label.NON),
    ]
    store.replace_lineage(["a", "b"], found, verdicts)
    assert list(store.derivations()) == sorted(found, key=lambda each: (each.article, each.span))
    assert list(store.verdicts()) == verdicts[::-1]
    assert [each.article for each in store.derivations(["\u00e4", "b"])] == ["b", "b", "\u00e4", "\u00e4"]
    assert [each.article for each in store.verdicts(["b", "missing"])] == ["b"]
    assert [each.article for each in store.derived_from("B")] == ["\u00e4", "\u00e4"]
    assert list(store.derived_from("missing")) == []


def test_replacing_lineage_leaves_other_articles_alone(store: Store) -> None:
    store.replace_lineage(
        [], [derivation("a", "b"), derivation("b", "B")], [Verdict("a", 1.0, 1.0, Label.WHOLLY)]
    )
    store.replace_lineage(["a"], [derivation("a", None, 7)], [])
    assert list(store.derivations()) == [derivation("a", None, 7), derivation("b", "B")]
    assert list(store.verdicts()) == []


def test_garbles_come_back_as_given_in_one_order_even_where_only_the_last_columns_differ(
    store: Store,
) -> None:
    found = [
        garble("a", None),
        garble("a", "B"),
        garble("a", "b"),
        garble("a", "b", before="8"),
        garble("a", "b", GarbleKind.ENTITY),
        garble("B", "\u00e4"),
        garble("B", "\u00e4"),
    ]
    store.replace_garbles(IDS, random.Random(2).sample(found, len(found)))
    wanted = [found[5], found[6], found[4], found[0], found[1], found[2], found[3]]
    assert list(store.garbles()) == wanted
    assert list(store.garbles(["B"])) == wanted[:2]
    store.replace_garbles(["a"], [])
    assert list(store.garbles()) == wanted[:2]


def test_lineage_that_changes_in_part_is_kept_in_full(store: Store) -> None:
    verdicts = [Verdict("a", 0.5, 0.0, Label.PARTIALLY), Verdict("b", 0.0, 0.0, Label.NON)]
    first = [derivation("a", "b", 9), derivation("b", "B", 9), derivation("B", None, 9)]
    store.replace_lineage(["a", "b", "B"], first, verdicts)
    now = [derivation("a", "b", 9), derivation("b", "ab", 9)]
    store.replace_lineage(["a", "b", "B"], now, [verdicts[0]])
    assert list(store.derivations()) == now
    assert list(store.verdicts()) == [verdicts[0]]
    assert list(store.links(["a", "b", "B"])) == [("a", "b"), ("b", "ab")]


def test_what_names_an_unknown_article_is_refused_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(NotFound, match="missing"):
        store.replace_matches([], [match("a", "b"), match("a", "missing")])
    with pytest.raises(NotFound, match="missing"):
        store.replace_lineage([], [derivation("a", "b"), derivation("b", "missing")], [])
    with pytest.raises(NotFound, match="missing"):
        store.replace_garbles(["missing"], [])
    with pytest.raises(NotFound, match="missing"):
        store.put_fingerprints([("a", b""), ("missing", b"")], 1)
    assert not [*store.matches(), *store.derivations(), *store.garbles(), *store.fingerprint_chunks(1, 9)]


def test_grouped_replacements_are_kept_together_or_not_at_all(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction():
        store.put_fingerprints([("a", b"packed")], 1)
        store.replace_matches(["a"], [match("a", "b")])
        with store.transaction():
            store.replace_garbles(["a"], [garble("a", "b")])
        assert list(store.matches()) == [match("a", "b")]
        raise RuntimeError
    assert not [*store.matches(), *store.garbles(), *store.fingerprint_chunks(1, 9)]
    with store.transaction():
        store.put_fingerprints([("a", b"packed")], 1)
        store.replace_matches(["a"], [match("a", "b")])
    assert list(store.matches()) == [match("a", "b")]


def test_fingerprints_are_read_in_chunks_by_number_and_replaced_by_newer_ones(store: Store) -> None:
    packed = {each: bytes([0, 255, number]) for number, each in enumerate(IDS)}
    store.put_fingerprints(packed.items(), 1)
    keys = store.keys_of(IDS)
    wanted = sorted((keys[each], packed[each]) for each in IDS)
    chunks = list(store.fingerprint_chunks(1, 3))
    assert [len(chunk) for chunk in chunks] == [3, 3, 2]
    assert [pair for chunk in chunks for pair in chunk] == wanted
    store.put_fingerprints([("a", b"new"), ("a", b"newer")], 2)
    assert list(store.fingerprint_chunks(2, 3)) == [[(keys["a"], b"newer")]]
    assert store.unexamined(1) == ["a"]
    assert store.unexamined(2) == [each for each in IDS if each != "a"]


def test_stories_keep_the_order_of_their_articles_and_are_replaced_as_a_whole(store: Store) -> None:
    stories = [
        Story("z", "Last", ("b", "B", "a")),
        Story("Y", "First", ("\u00e4",)),
        Story("empty", "None", ()),
    ]
    store.replace_stories(stories)
    assert list(store.stories()) == [stories[1], stories[2], stories[0]]
    assert store.story("z") == stories[0]
    assert store.story_of("B") == stories[0]
    assert store.story_of("ab") is None
    store.replace_stories([Story("new", "New", ("a",))])
    assert [story.id for story in store.stories()] == ["new"]
    for ask, name in ((store.story, "z"), (store.story_of, "missing")):
        with pytest.raises(NotFound):
            ask(name)


def test_some_stories_can_stand_instead_of_some(store: Store) -> None:
    store.replace_stories(
        [Story("1", "One", ("a",)), Story("2", "Two", ("b", "ab")), Story("3", "Three", ("B",))]
    )
    store.replace_stories(
        [Story("1", "Both", ("a", "b", "ab"))], instead_of=store.stories_of(["a", "b", "missing"])
    )
    assert list(store.stories()) == [Story("1", "Both", ("a", "b", "ab")), Story("3", "Three", ("B",))]
    assert store.count_stories() == 2


def test_an_article_belongs_to_one_story(store: Store) -> None:
    with pytest.raises(StoreProblem):
        store.replace_stories([Story("1", "One", ("a",)), Story("2", "Two", ("a",))])


def test_what_is_examined_and_has_no_verdict_is_still_to_be_traced(store: Store) -> None:
    store.put_fingerprints([(each, b"") for each in ("a", "b", "ab")], 1)
    store.replace_lineage([], [], [Verdict(each, 0.0, 0.0, Label.NON) for each in ("a", "b")])
    assert store.without_verdict() == ["ab"]
    store.forget_verdicts(["b", "missing"])
    assert store.without_verdict() == ["ab", "b"]
    store.forget_examinations()
    assert store.without_verdict() == []
    assert store.unexamined(1) == IDS


def test_links_are_children_with_their_parents_once_and_sorted(store: Store) -> None:
    pairs = [("b", "a"), ("a", "B"), ("\u00e4", "b"), ("ab", None)]
    store.replace_lineage([], [derivation(a, b, start) for a, b in pairs for start in (0, 9)], [])
    assert list(store.links(["a"])) == [("a", "B"), ("b", "a")]
    assert list(store.links(IDS)) == [("a", "B"), ("b", "a"), ("\u00e4", "b")]
