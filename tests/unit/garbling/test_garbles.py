"""The whole: what is put down to whom, what is left out, and in what order."""

from __future__ import annotations

from auditor.domain import Garble, GarbleKind, MatchKind, Relation, Severity, Span
from auditor.garbling import by_severity, garbles, rules, score
from auditor.text import read
from tests.unit.garbling.comparing import REGISTRY, between, row

WIRE = (
    "The ferry Marla ran aground off Hasle on Monday with 5,000 crates of fruit on board, the port said. "
    "Nobody was hurt. Captain Ada Moor told reporters that the fog had come without warning."
)


def chain(*texts: str) -> list[tuple[Garble, ...]]:
    """The garbles of each text of a chain, each taken from the one before."""
    documents = [read(text, registry=REGISTRY) for text in texts]
    found: list[tuple[Garble, ...]] = [garbles(documents[0], (), {}, {}, article="0", registry=REGISTRY)]
    for index in range(1, len(texts)):
        before = str(index - 1)
        rows = (row(texts[index], texts[index - 1], article=str(index), of=before),)
        found.append(
            garbles(
                documents[index],
                rows,
                {before: documents[index - 1]},
                {before: found[-1]},
                article=str(index),
                registry=REGISTRY,
            )
        )
    return found


def test_equal_texts_have_no_garbles() -> None:
    assert between(WIRE, WIRE) == ()


def test_before_and_after_are_what_stands_in_the_texts() -> None:
    child = WIRE.replace("5,000", "500").replace("without", "with")
    for one in between(WIRE, child):
        assert one.after == one.span.of(child)
        assert one.parent is not None
        assert one.before == one.parent.span.of(WIRE)


def test_what_was_inherited_is_put_down_to_the_one_who_brought_it_in() -> None:
    second = WIRE.replace("5,000", "500")
    third = second.replace("Ada Moor", "Ida Moor")
    _, _, last = chain(WIRE, second, third)
    assert [(one.kind, one.introduced_by) for one in last] == [
        (GarbleKind.NUMBER, "1"),
        (GarbleKind.ENTITY, "2"),
    ]
    assert last[0].parent is not None
    assert last[0].parent.article == "0"
    assert last[0].span.of(third) == "500"


def test_a_missing_word_is_inherited_at_its_place() -> None:
    second = WIRE.replace("Nobody was hurt. ", "Nobody was hurt. ").replace(
        "had come without", "come without"
    )
    second = WIRE.replace("on Monday with 5,000 crates of fruit on board, the port said", "on Monday")
    _, made, kept = chain(WIRE, second, second)
    assert [(one.kind, one.before, one.introduced_by) for one in made] == [
        (one.kind, one.before, one.introduced_by) for one in kept
    ]


def test_what_was_set_right_again_is_no_garble() -> None:
    assert chain(WIRE, WIRE.replace("5,000", "500"), WIRE)[2] == ()


def test_a_wires_own_versions_are_no_garbles() -> None:
    child = WIRE.replace("5,000", "7,000")
    found = garbles(
        read(child, registry=REGISTRY),
        (row(child, WIRE),),
        {"parent": read(WIRE, registry=REGISTRY)},
        {},
        article="child",
        registry=REGISTRY,
        source="ap",
        sources={"parent": "ap"},
    )
    assert found == ()


def test_a_common_source_tells_differences_and_says_that_it_is_one() -> None:
    child = WIRE.replace("5,000", "500").replace("fog", "mist")
    found = between(WIRE, child, Relation.COMMON_SOURCE)
    assert [one.kind for one in found] == [GarbleKind.NUMBER]
    assert "isn't held" in found[0].detail


def test_an_undecided_direction_is_said() -> None:
    found = between(WIRE, WIRE.replace("5,000", "500"), Relation.UNDECIDED)
    assert "can't be told" in found[0].detail


def test_a_passage_without_a_held_parent_is_left_alone() -> None:
    rows = (row(WIRE, WIRE, of="not-held", kind=MatchKind.VERBATIM),)
    assert garbles(read(WIRE), rows, {}, {}, article="child") == ()


def test_a_replacement_all_through_a_text_is_a_rule_with_its_places() -> None:
    parent = "".join(
        f"In the year {year} the men of Hasle built a ship for the sea. " for year in range(1901, 1905)
    )
    child = parent.replace("ship", "vessel")
    found = between(parent, child)
    (rule,) = rules(found)
    assert (rule.before, rule.after, len(rule.places)) == ("ship", "vessel", 4)
    assert all("4 places" in one.detail for one in found if one.kind is rule.kind)


def test_two_places_are_no_rule() -> None:
    parent = (
        "The men of Hasle built a ship. The women of Tarn sailed the ship to the islands beyond the cape."
    )
    assert rules(between(parent, parent.replace("ship", "vessel"))) == ()


def test_the_score_counts_what_the_article_did_itself_on_its_derived_words() -> None:
    second = WIRE.replace("5,000", "500")
    third = second.replace("Ada Moor", "Ida Moor").replace("fog", "mist")
    _, _, last = chain(WIRE, second, third)
    result = score(read(third), (Span(0, len(third)),), last)
    assert (result.high, result.inherited) == (1, 1)
    assert result.per_thousand == 1000 / result.words
    assert (result + result).words == 2 * result.words


def test_the_worst_come_first() -> None:
    child = WIRE.replace("fog", "mist").replace("5,000", "500").replace("Captain", "Capt.")
    ordered = [one.severity for one in by_severity(between(WIRE, child))]
    assert ordered == [Severity.HIGH, Severity.MEDIUM, Severity.LOW]
