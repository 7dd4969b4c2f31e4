"""What changed is what differs from what was last told: new, re-parented, stale, and told in few words."""

from __future__ import annotations

import json

import pytest

from auditor.domain import Garble, GarbleKind, Place, Severity, Span
from auditor.jobs.changes import (
    SHOWN,
    Changes,
    Differences,
    NewGarble,
    NewStory,
    Reparented,
    StaleCopy,
    changed,
    differences,
)
from auditor.storage import Known

A, B, C = Known("a"), Known("b", "s", ("a",), derives=True), Known("c", "s", ("b",), derives=True)


def garble(article: str, severity: Severity = Severity.HIGH) -> Garble:
    spot = Place("a", Span(0, 4))
    return Garble(article, Span(3, 7), GarbleKind.NUMBER, severity, "70", "17", spot, article)


def test_nothing_differs_between_equal_streams() -> None:
    assert not differences([A, B, C], [A, B, C])
    assert not differences([], [])


def test_what_is_new_or_differs_is_found_wherever_it_stands() -> None:
    other = Known("b", "s", ("x",), derives=True)
    found = differences([A, B], [A, other, C])
    assert found == Differences({"b": other, "c": C}, {"b": B})
    assert differences([B], [A, B, C]).now == {"a": A, "c": C}


def test_a_story_is_new_if_none_of_its_articles_was_in_one() -> None:
    fresh = changed(differences([], [A, B, C]), {"s": ("Pier", 2)}, [])
    assert fresh.stories == (NewStory("s", "Pier", 2),)
    assert fresh.pickups == ("b", "c")
    assert fresh.articles == 3
    grown = changed(differences([A, B], [A, B, C]), {"s": ("Pier", 2)}, [])
    assert grown.stories == ()
    assert grown.pickups == ("c",)
    renamed = Known("b", "t", ("a",), derives=True)
    assert changed(differences([B], [renamed, C]), {"t": ("Pier", 1), "s": ("", 2)}, []).stories == ()


def test_other_parents_are_told_and_first_ones_are_not() -> None:
    other = Known("b", "s", ("c",), derives=True)
    assert changed(differences([B], [other]), {"s": ("", 1)}, []).reparented == (
        Reparented("b", ("a",), ("c",)),
    )
    assert changed(differences([Known("b")], [B]), {"s": ("", 1)}, []).reparented == ()
    lost = changed(differences([B], [Known("b")]), {}, [])
    assert lost.reparented == (Reparented("b", ("a",), ()),)


def test_a_garble_is_new_by_its_mark() -> None:
    before = Known("b", "s", ("a",), derives=True, garbles=frozenset({b"old"}))
    now = Known("b", "s", ("a",), derives=True, garbles=frozenset({b"old", b"new"}))
    found = changed(
        differences([before], [now]), {"s": ("", 1)}, [(garble("b"), b"old"), (garble("b"), b"new")]
    )
    assert found.garbles == (NewGarble("b", "number", "high", 3, 7, "70", "17"),)


def test_an_article_is_told_as_stale_once_until_the_reason_changes() -> None:
    sound = Known("c")
    fresh, mended = Known("c", stale="w was corrected by v"), Known("c", stale="w was canceled by k")
    assert changed(differences([sound], [fresh]), {}, []).stale == (StaleCopy("c", "w was corrected by v"),)
    assert changed(differences([fresh], [fresh]), {}, []) == Changes()
    assert changed(differences([fresh], [mended]), {}, []).stale == (StaleCopy("c", "w was canceled by k"),)
    assert changed(differences([fresh], [sound]), {}, []).stale == ()


@pytest.mark.parametrize(
    ("severity", "gate", "is_met"),
    [("high", "high", True), ("medium", "high", False), ("medium", "medium", True), ("high", "low", True)],
)
def test_a_gate_is_met_by_its_severity_and_graver_ones(severity: str, gate: str, is_met: bool) -> None:
    changes = Changes(garbles=(NewGarble("b", "number", severity, 0, 1, "", ""),))
    assert changes.meets(gate) is is_met
    assert not Changes().meets("low")


def full() -> Changes:
    return Changes(
        articles=2,
        stories=(NewStory("s", "The pier\nclosed", 2),),
        pickups=("b",),
        garbles=tuple(NewGarble(f"b{n}", "number", "high", 3, 7, "70", "17") for n in range(SHOWN + 2)),
        reparented=(Reparented("b", ("a",), ("c",)),),
        stale=(StaleCopy("b", "a was canceled"),),
    )


def test_json_gives_back_what_it_was_made_of() -> None:
    for changes in (Changes(), full()):
        assert Changes.of_dict(json.loads(json.dumps(changes.as_dict()))) == changes


def test_the_short_text_counts_all_and_names_some() -> None:
    lines = full().text().splitlines()
    assert lines[0].startswith("2 new articles, 1 new stories, 1 new pickups; new garbles: 7 high, 0 medium")
    assert "- The pier closed (2 articles)" in lines
    assert lines.count("- and 2 more") == 1
    assert sum("“70” → “17”" in line for line in lines) == SHOWN
    assert "- b: a was canceled" in lines
    assert Changes().text() == "Nothing changed.\n"
