"""What the pages say, before any HTML."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from auditor.domain import (
    Disposition,
    GarbleKind,
    MatchKind,
    Moment,
    Origin,
    Outcome,
    Relation,
    Severity,
    Story,
)
from auditor.matching import lines_in
from auditor.registry import Registry
from auditor.report import composition, gather
from auditor.report.crediting import credit_state
from auditor.report.facts import ArticleFacts
from auditor.report.marks import distinct
from auditor.report.views.article import ArticlePage, article_page
from auditor.report.views.overview import covered
from auditor.report.views.pair import pair_page
from auditor.report.views.parents import letter
from auditor.report.views.runs import Fragment, Run
from auditor.report.views.sources import tallied
from auditor.report.views.story import StoryPage, story_page
from auditor.report.views.turns import turns
from tests.unit.report import sample
from tests.unit.report.sample import MemoryStore

UTC = ZoneInfo("UTC")
Members = dict[str, ArticleFacts]


@pytest.fixture
def story(store: MemoryStore, members: Members, registry: Registry) -> StoryPage:
    """The page of the story."""
    return story_page(next(store.stories()), tuple(members.values()), registry, UTC)


def page_of(members: Members, name: str, registry: Registry) -> ArticlePage:
    """The page of one article."""
    return article_page(members[name], registry)


# What a text is made of


def test_the_shares_of_a_text_add_up(members: Members) -> None:
    for facts in members.values():
        parts = composition.composition(facts)
        assert sum(part.share for part in parts) == pytest.approx(1, abs=0.001)
        taken = sum(part.share for part in parts if part.band != "new")
        assert sum(taking.share for taking in composition.takings(facts)) == pytest.approx(taken)


def test_a_text_taken_whole_is_taken_whole_whatever_space_stands_between(members: Members) -> None:
    assert sum(taking.share for taking in composition.takings(members["quay"])) == pytest.approx(1)


def test_a_stitched_text_names_each_parent_with_its_share(members: Members, registry: Registry) -> None:
    parents = page_of(members, "mill", registry).parents
    assert [(parent.letter, parent.name) for parent in parents] == [
        ("A", "Northline"),
        ("B", "Quayside Daily"),
    ]
    assert parents[0].parts[0].band == "reworded"
    assert parents[1].parts[0].band == "verbatim"


def test_there_is_a_letter_for_every_parent() -> None:
    assert [letter(index) for index in (0, 25, 26, 53)] == ["A", "Z", "A2", "B3"]


# The article


def test_the_words_of_the_runs_are_the_text(members: Members, registry: Registry) -> None:
    for name, facts in members.items():
        shown = [
            fragment.text
            for run in page_of(members, name, registry).runs
            for block in run.blocks
            for stretch in block.stretches
            for fragment in stretch.fragments
        ]
        assert "".join("".join(shown).split()) == "".join(facts.article.text.split())


def test_an_inherited_change_names_who_introduced_it(members: Members, registry: Registry) -> None:
    marks = page_of(members, "mill", registry).marks
    assert {mark.kind.key: mark.introduced.id if mark.introduced else "" for mark in marks} == {
        "substitution": "",
        "entity": "quay",
        "number": "quay",
        "negation": "quay",
        "boilerplate": "",
    }


def test_a_common_source_and_an_undecided_order_are_explained(members: Members, registry: Registry) -> None:
    runs = [run for run in page_of(members, "post", registry).runs if run.relation]
    assert [run.relation.key for run in runs if run.relation] == ["common", "undecided"]
    assert "can't be" in " ".join(page_of(members, "post", registry).standfirst)


def test_a_text_alone_says_why_nothing_was_found(store: MemoryStore, registry: Registry) -> None:
    facts = next(gather.of_loners(store, ["alone"], registry, UTC))
    assert "No run of words is shared with any other article." in article_page(facts, registry).standfirst


def test_reasons_against_a_parent_are_told_apart(members: Members, registry: Registry) -> None:
    run = next(run for run in page_of(members, "gazette", registry).runs if run.parent)
    assert [reason.speaks_for for reason in run.reasons] == [True, True, False]
    assert run.reasons[2].detail == "Credits nobody."


def test_what_is_shared_outside_the_body_only_has_no_share_but_a_parent(registry: Registry) -> None:
    store = sample.collection()
    line = "The Vale and the Quay are printed on paper from the Orr mills."
    for key in ("quay", "gazette"):
        store.put(replace(store.held[key], text=f"{store.held[key].text}\n\n{line}"))
    store.all_derivations = []
    store.lines = lines_in(line)
    store.derive("quay", line, "gazette")
    members = gather.of_story(store, store.all_stories[0], registry, UTC)
    page = story_page(store.all_stories[0], members, registry, UTC)
    facts = next(facts for facts in members if facts.article.id == "quay")
    assert [(parent.name, parent.share) for parent in article_page(facts, registry).parents] == [
        ("Vale Gazette", "0%")
    ]
    assert len(page.chart.edges) == 1


def _fragments(run: Run) -> list[Fragment]:
    return [part for block in run.blocks for stretch in block.stretches for part in stretch.fragments]


def test_a_line_learnt_as_furniture_is_no_new_text(registry: Registry) -> None:
    store = sample.collection()
    line = "The Vale and the Quay are printed on paper from the Orr mills."
    more = "Nobody has said yet when the kilns will be lit again."
    store.put(replace(store.held["quay"], text=f"{line}\n\n{store.held['quay'].text}\n\n{more}"))
    store.all_derivations, store.all_garbles = [], []
    store.derive("quay", sample.LEAD, "wire-1")

    def page() -> ArticlePage:
        members = gather.of_story(store, store.all_stories[0], registry, UTC)
        return article_page(next(facts for facts in members if facts.article.id == "quay"), registry)

    store.damage("quay", line, GarbleKind.BOILERPLATE, Severity.LOW, None, "")
    unlearnt, store.lines = page(), lines_in(line)
    assert not any(run.is_furniture for run in unlearnt.runs)
    first, *_, last = page().runs
    assert [(run.is_furniture, run.parent) for run in (first, last)] == [(True, None), (False, None)]
    assert all(any(part.text.strip() for part in _fragments(run)) for run in page().runs)
    assert float(page().new_share.strip("%")) < float(unlearnt.new_share.strip("%"))


# Credit


@pytest.mark.parametrize(
    ("name", "key"), [("gazette", "kept"), ("quay", "lost"), ("wire-1", "none"), ("post", "none")]
)
def test_a_credit_is_kept_or_lost_or_not_owed(
    members: Members, registry: Registry, name: str, key: str
) -> None:
    assert credit_state(members[name], registry).key == key


# The story


def test_originals_and_pickups_are_counted_apart(story: StoryPage) -> None:
    assert story.kicker == "1 wire item, 4 pickups"
    assert [head.id for head in story.roots] == ["wire-1"]
    assert [row.head.id for row in story.pickups] == ["gazette", "quay", "mill", "post"]


def test_the_standfirst_says_what_the_figures_say(story: StoryPage) -> None:
    assert story.standfirst == (
        "One text from Northline of 2 Mar 2026, 07:12 UTC was taken up by 4 texts in 4 sources.",
        "Two took nearly the whole.",
        "One of three keeps the credit.",
        "On the way four changes entered that can alter what a reader believes; some of them spread further.",
    )


def test_a_change_is_counted_once_however_many_carry_it(story: StoryPage) -> None:
    assert (story.grave, sum(turn.passed for turn in story.turns)) == (4, 3)


def test_a_change_that_an_article_makes_in_many_places_is_one(
    store: MemoryStore, members: Members, registry: Registry
) -> None:
    twice = [g for g in members["quay"].garbles if g.severity is Severity.HIGH] * 2
    assert distinct(twice) == 4
    again = {**members, "quay": replace(members["quay"], garbles=tuple(twice))}
    page = story_page(next(store.stories()), tuple(again.values()), registry, ZoneInfo("UTC"))
    assert [twig.harm for twig in page.tree if twig.head and twig.head.id == "quay"] == [4]
    assert tallied(again["quay"], credit_state(again["quay"], registry)).grave == 4


def test_the_tree_puts_each_text_under_the_one_it_has_most_from(story: StoryPage) -> None:
    level, shape = -1, []
    for twig in story.tree:
        level += twig.opens
        shape.append((level, twig.name))
        level -= max(0, twig.closes - 1)
    assert shape[:4] == [
        (0, "Northline"),
        (1, "Vale Gazette"),
        (1, "Quayside Daily"),
        (2, "newsmill.example"),
    ]
    assert sum(twig.closes for twig in story.tree) == len(story.tree)


def test_what_was_kept_of_a_text_is_followed_through_copies_of_copies(story: StoryPage) -> None:
    assert story.survival is not None
    kept = {line.name: len(line.blocks) for line in story.survival.lines}
    assert kept == {"Vale Gazette": 5, "Quayside Daily": 4, "newsmill.example": 3, "Tolmere Morning Post": 2}


def test_an_origin_that_is_not_held_stands_in_the_picture_as_such(registry: Registry) -> None:
    store = sample.collection()
    store.all_derivations = [d for d in store.all_derivations if d.article == "gazette"]
    store.all_derivations = []
    store.derive("gazette", sample.LEAD, None, origin=Origin("northline", None), kind=MatchKind.EDITED)
    store.derive("quay", sample.LEAD, "gazette", origin=Origin("northline", None))
    story = store.all_stories[0]
    members = gather.of_story(store, type(story)(story.id, story.title, ("gazette", "quay")), registry, UTC)
    page = story_page(story, members, registry, UTC)
    assert page.inferred
    assert [node.ghost for node in page.chart.nodes] == [True, False, False]
    assert "Northline, whose item isn't in this collection" in page.standfirst[0]


def test_texts_that_each_name_the_other_make_no_endless_tree(registry: Registry) -> None:
    store = sample.collection()
    store.all_derivations = []
    for child, parent in (("gazette", "quay"), ("quay", "gazette")):
        store.derive(child, sample.LEAD, parent, relation=Relation.UNDECIDED)
    story = store.all_stories[0]
    members = gather.of_story(store, type(story)(story.id, story.title, ("gazette", "quay")), registry, UTC)
    page = story_page(story, members, registry, UTC)
    assert len(page.tree) == 2
    assert page.undecided


# Where it turned


def test_a_damaged_passage_shows_once_with_all_its_changes(members: Members) -> None:
    first = turns(tuple(members.values()))[0]
    assert first.entered is not None
    assert (first.entered.id, first.grave, [head.id for head in first.carriers]) == ("quay", 2, ["mill"])
    assert "".join(change.after for change in first.changes) in (sample.BAD_WORKERS, sample.BAD_COST)


def test_what_is_only_visible_is_no_turn(members: Members) -> None:
    assert all(turn.severity.key != "low" for turn in turns(tuple(members.values())))


# Side by side


def test_a_pair_shows_what_was_left_out_and_what_is_new(members: Members, registry: Registry) -> None:
    page = pair_page(members["quay"], members["wire-1"], registry)
    assert [row.changed for row in page.rows if row.band] == [False, True, False, True]
    assert [row.left_out for row in page.rows if not row.band] == ["TOLMERE (Northline) —", sample.HISTORY]
    assert page.changes == 2


def test_a_pair_says_where_the_rest_of_the_text_is_from(members: Members, registry: Registry) -> None:
    page = pair_page(members["mill"], members["wire-1"], registry)
    assert [row.added_from for row in page.rows if row.added] == ["Quayside Daily"]


# What was covered


def test_every_input_is_counted_once_and_the_unexamined_are_named() -> None:
    outcomes = [
        Outcome("a", Disposition.STORED, "a"),
        Outcome("b", Disposition.REJECTED, None, "no text"),
        Outcome("c", Disposition.DUPLICATE, "a"),
    ]
    cover = covered("nightly", "", outcomes)
    assert [count for _, count in cover.counts] == [1, 1, 1, 0]
    assert [outcome.name for outcome in cover.unexamined] == ["b"]


def test_a_later_version_of_the_own_text_is_no_pickup_and_no_damage(registry: Registry) -> None:
    store = sample.collection()
    later = store.held["wire-1"]
    store.put(replace(later, id="wire-2", published=Moment.parse("2026-03-02T12:00:00Z"), revises="wire-1"))
    store.derive("wire-2", sample.LEAD, "wire-1")
    store.damage("wire-2", "Nearly 340", GarbleKind.NUMBER, Severity.HIGH, "wire-1", "Nearly 340")
    story = store.all_stories[0]
    names = (*story.articles, "wire-2")
    members = gather.of_story(store, Story(story.id, story.title, names), registry, UTC)
    page = story_page(story, members, registry, UTC)
    assert page.kicker == "1 wire item, 1 later version, 4 pickups"
    assert "wire-2" not in {row.head.id for row in page.pickups}
    assert page.grave == 4
    assert [twig.version for twig in page.tree if twig.head and twig.head.id == "wire-2"] == [True]
