"""What a lost original said, as far as its copies tell it."""

from __future__ import annotations

from pathlib import Path

from auditor.domain import Origin, Relation
from auditor.registry import Registry
from auditor.report import gather, write_report
from auditor.report.views.rebuilt import rebuilt_texts
from tests.unit.report.conftest import UTC
from tests.unit.report.sample import BAD_COST, COST, HISTORY, LEAD, QUOTE, MemoryStore, collection, registry

LOST = Origin("northline", None)


def without_wire() -> MemoryStore:
    """The invented collection without the wire item: two sites share what they have from it."""
    store = collection()
    del store.held["wire-1"]
    store.all_derivations.clear()
    store.all_garbles.clear()
    store.all_verdicts.clear()
    story = store.all_stories[0]
    store.all_stories = [type(story)(story.id, story.title, ("gazette", "quay"))]
    for words in (LEAD, QUOTE):
        store.derive("quay", words, "gazette", relation=Relation.COMMON_SOURCE, origin=LOST)
    store.derive("quay", BAD_COST, "gazette", COST, relation=Relation.COMMON_SOURCE, origin=LOST)
    return store


def test_a_lost_original_is_put_together_from_what_its_copies_share() -> None:
    store = without_wire()
    members = gather.of_story(store, store.all_stories[0], registry(), UTC)
    (text,) = rebuilt_texts(members, registry())
    assert text.name == "Northline"
    assert [head.id for head in text.copies] == ["gazette", "quay"]
    words = [sentence.text for sentence in text.sentences]
    assert any("destroyed half of the Tolmere glassworks" in each for each in words)
    assert not any(HISTORY in each for each in words)  # one copy alone has it
    assert [sentence.copies for sentence in text.sentences] == [2] * len(words)
    assert sum(sentence.width for sentence in text.sentences) > 99


def test_it_is_marked_as_an_inference_with_the_number_of_its_copies(tmp_path: Path) -> None:
    write_report(without_wire(), registry(), tmp_path)
    page = next((tmp_path / "stories").iterdir()).read_text("utf-8")
    assert "What the lost original most probably said" in page
    assert '<span class="tag low">reconstructed</span> <strong>Northline</strong>' in page


def test_nothing_is_put_together_where_the_original_is_held() -> None:
    store = collection()
    assert rebuilt_texts(gather.of_story(store, store.all_stories[0], registry(), UTC), Registry()) == ()
