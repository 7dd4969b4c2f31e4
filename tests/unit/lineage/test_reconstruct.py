"""Lost originals: what several copies have in common is put together, and said to be an inference."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.domain import Derivation, MatchKind, Origin, Place, Relation, Span
from auditor.lineage import Witness, lost_texts, reconstruct, settle, trace
from tests.unit.lineage.invented import OTHER, REGISTRY, WIRE, relative, told

CREDIT = "\n\nSource: Ferry Wire"
SENTENCES = WIRE.split(". ")


def _rows(witnesses: Iterable[Witness]) -> list[Derivation]:
    group = list(witnesses)
    traced = {
        one.article.id: trace(one, [relative(one, other) for other in group if other is not one], REGISTRY)
        for one in group
    }
    standings = {one.article.id: one.standing(REGISTRY) for one in group}
    return [row for rows in settle(traced, standings, REGISTRY).values() for row in rows]


def _copies(*texts: str) -> dict[str, Witness]:
    sites = ("northpost", "southpost", "eastpost")
    return {
        name: told(name, text, "2026-03-01", site)
        for name, text, site in zip("abc", texts, sites, strict=False)
    }


def _rebuilt(copies: dict[str, Witness]) -> str:
    (lost,) = lost_texts(_rows(copies.values()))
    found = reconstruct(lost, copies)
    assert found
    return found.text


def test_each_copys_own_change_is_outvoted() -> None:
    copies = _copies(
        WIRE.replace("nine days", "ten days") + CREDIT,
        WIRE.replace("small boats", "little boats") + CREDIT,
        WIRE.replace("in a storm", "in a heavy storm") + CREDIT,
    )
    assert _rebuilt(copies) == WIRE


def test_a_word_that_one_copy_lost_and_one_that_it_put_in_are_outvoted() -> None:
    copies = _copies(
        WIRE.replace("the northern pier", "the pier") + CREDIT,
        WIRE.replace("Two ferries were", "Two big ferries were") + CREDIT,
        WIRE.replace("crowns", "dollars") + CREDIT,
    )
    assert _rebuilt(copies) == WIRE


def test_a_paragraph_that_only_one_copy_has_is_its_own() -> None:
    own = f"{WIRE}\n\n{OTHER}{CREDIT}"
    copies = _copies(own, WIRE.replace("nine", "ten") + CREDIT, WIRE.replace("nine", "ten") + CREDIT)
    assert "Low Fell" not in _rebuilt(copies)


def test_cut_copies_complete_each_other() -> None:
    head, tail = ". ".join(SENTENCES[:3]) + ".", ". ".join(SENTENCES[1:])
    rebuilt = _rebuilt(_copies(WIRE + CREDIT, head + CREDIT, tail + CREDIT))
    assert rebuilt == WIRE


def test_each_passage_says_how_far_the_copies_agree_and_where_they_have_it() -> None:
    copies = _copies(WIRE.replace("Monday", "Friday") + CREDIT, WIRE + CREDIT, WIRE + CREDIT)
    (lost,) = lost_texts(_rows(copies.values()))
    found = reconstruct(lost, copies)
    assert found
    assert (found.source, found.read, found.unread) == ("ferrywire", ("a", "b", "c"), 0)
    third = next(one for one in found.passages if "ferries" in one.text)
    assert third.text == "Two ferries were sent to the northern pier on Monday."
    assert 0.9 < third.agreement < 1.0
    assert [place.article for place in third.copies] == ["a", "b", "c"]
    assert found.passages[0].agreement == 1.0


def test_a_text_that_is_held_is_not_lost() -> None:
    wire = told("w", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    assert lost_texts(_rows([wire, *_copies(WIRE + CREDIT, WIRE + CREDIT).values()])) == ()


def test_one_copy_alone_shows_no_original() -> None:
    assert lost_texts(_rows(_copies(WIRE + CREDIT).values())) == ()


def test_two_that_have_something_in_common_with_nobody_known_are_put_together_without_a_name() -> None:
    row = Derivation(
        "b",
        Span(0, len(WIRE)),
        Place("a", Span(0, len(WIRE))),
        Origin(None, None),
        Relation.COMMON_SOURCE,
        0.9,
        MatchKind.EDITED,
        0.9,
    )
    copies = _copies(WIRE, WIRE.replace("nine", "ten"))
    (lost,) = lost_texts([row])
    found = reconstruct(lost, copies)
    assert found
    assert found.source is None
    assert len(found.passages) == len(SENTENCES)


def test_a_shared_quotation_is_no_lost_text() -> None:
    row = Derivation(
        "b",
        Span(0, 40),
        Place("a", Span(0, 40)),
        Origin(None, None),
        Relation.COMMON_SOURCE,
        0.9,
        MatchKind.QUOTATION,
        1.0,
    )
    assert lost_texts([row]) == ()


def test_an_article_stitched_from_two_lost_texts_does_not_tie_them() -> None:
    def row(article: str, parent: str, start: int, end: int) -> Derivation:
        place = Place(parent, Span(start, end))
        return Derivation(
            article,
            Span(start, end),
            place,
            Origin("ferrywire", None),
            Relation.COMMON_SOURCE,
            0.9,
            MatchKind.EDITED,
            0.9,
        )

    rows = [row("b", "a", 0, 90), row("y", "x", 0, 90), row("m", "a", 0, 50), row("m", "x", 50, 60)]
    assert [tuple(sorted(lost.copies)) for lost in lost_texts(rows)] == [("a", "b", "m"), ("x", "y")]
