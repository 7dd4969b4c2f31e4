"""Alignment: what two texts share, exactly, and nothing that they don't."""

from __future__ import annotations

import pytest

from auditor.domain import Aligned, MatchKind
from auditor.matching import align
from auditor.text import read

WIRE = (
    "VELLMAR (NNA) - The harbour board of Vellmar voted on Monday to close the eastern quay for two winters, "
    "saying the timber had rotted beyond repair.\n\n"
    "No ferry over 40 tonnes could be moored there safely, the board's engineer Tessa Holm told reporters "
    "after inspecting the piles with divers.\n\n"
    '"We looked at every single pile, and there is not one of them that I would tie my own boat to," '
    "Holm said.\n\n"
    "The closure will force 1,200 islanders to land at the fish market until spring, and shopkeepers in the "
    "lower town fear that they will lose half of their winter trade.\n\n"
    "A new quay of steel and concrete is expected to cost 31 million crowns, most of it paid by the "
    "province of Sundmark, which has promised a decision before the end of the year."
)

UNRELATED = (
    "Snow is expected on the passes above Lindal this weekend, forecasters said, with up to 30 centimetres "
    "likely by Sunday night.\n\nDrivers were told to carry chains and blankets. The railway plans to run "
    "shorter trains on the mountain line, and schools in three valleys may open late on Monday."
)

PARAGRAPHS = WIRE.split("\n\n")


def matches(a: str, b: str) -> tuple[Aligned, ...]:
    return align(read(a), read(b))


def test_a_whole_copy_is_one_verbatim_match_from_first_to_last_word() -> None:
    (match,) = matches(WIRE, WIRE)
    assert match.kind is MatchKind.VERBATIM
    assert match.similarity == 1.0
    assert match.a == match.b
    assert match.a.start == 0
    assert match.a.end >= len(WIRE) - 1


def test_unrelated_texts_share_nothing() -> None:
    assert matches(WIRE, UNRELATED) == ()


@pytest.mark.parametrize("place", ["start", "middle", "end"])
@pytest.mark.parametrize("paragraph", range(len(PARAGRAPHS)))
def test_one_copied_paragraph_is_found_wherever_it_stands(place: str, paragraph: int) -> None:
    first, second = UNRELATED.split("\n\n")
    copied = PARAGRAPHS[paragraph]
    other = "\n\n".join(
        {"start": [copied, UNRELATED], "middle": [first, copied, second], "end": [UNRELATED, copied]}[place]
    )
    (match,) = matches(WIRE, other)
    at = other.index(copied)
    assert abs(match.b.start - at) <= 1
    assert abs(match.b.end - (at + len(copied))) <= 2
    assert match.a.of(WIRE) == match.b.of(other)


def test_a_text_of_one_sentence_is_found() -> None:
    (match,) = matches(WIRE, PARAGRAPHS[1])
    assert match.b.start == 0


def test_edits_inside_a_copy_leave_it_one_match() -> None:
    edited = WIRE.replace("timber", "wood").replace("1,200", "about 1,200").replace("winter trade", "custom")
    (match,) = matches(WIRE, edited)
    assert match.kind is MatchKind.EDITED
    assert 0.9 < match.similarity < 1


def test_reordered_paragraphs_are_found_each_in_its_place() -> None:
    turned = "\n\n".join(reversed(PARAGRAPHS))
    found = matches(WIRE, turned)
    covered = sum(match.a.length for match in found)
    assert covered >= 0.95 * len(WIRE) - 20
    assert all(match.a.of(WIRE) == match.b.of(turned) for match in found)


def test_a_block_that_stands_twice_is_matched_once() -> None:
    doubled = f"{PARAGRAPHS[0]}\n\n{UNRELATED}\n\n{PARAGRAPHS[0]}"
    (match,) = matches(PARAGRAPHS[0], doubled)
    assert match.b.start == 0


def test_the_mirror_image_is_the_same() -> None:
    edited = WIRE.replace("timber", "wood").replace("No ferry", "No vessel")
    there, back = matches(WIRE, edited), matches(edited, WIRE)
    assert [match.flipped() for match in there] == sorted(back, key=lambda match: (match.b, match.a))


def test_a_quotation_alone_is_a_quotation_even_with_words_cut_out() -> None:
    report = (
        "Islanders in Vellmar reacted with anger. “We looked at every single pile … there is not one of them "
        "that I would tie my own boat to,” the engineer told a crowded meeting in the town hall."
    )
    (match,) = matches(WIRE, report)
    assert match.kind is MatchKind.QUOTATION


def test_two_translations_of_one_statement_are_no_match() -> None:
    other = (
        "The engineer was blunt. “We have examined each of the piles; to not a single one would I "
        "fasten a boat of mine,” she said, according to the paper."
    )
    assert matches(WIRE, other) == ()


def test_names_alone_bear_no_evidence() -> None:
    body = "the Royal Northern Institute of Harbour Engineering and Marine Timber Research of Vellmar"
    assert matches(f"A report by {body} was read.", f"He once taught at {body} in his youth.") == ()


def test_formulaic_copy_with_other_figures_is_no_match() -> None:
    one = "Net profit for the quarter rose to 41 million crowns from 38 million a year earlier, it said."
    two = "Net profit for the quarter rose to 112 million crowns from 97 million a year earlier, it said."
    assert matches(one, two) == ()


def test_a_paraphrase_is_reworded() -> None:
    original = "\n\n".join([PARAGRAPHS[1], PARAGRAPHS[3], PARAGRAPHS[4]])
    spun = (
        "No ferry above 40 tonnes might be moored there safely, the board's technician Tessa Holm informed "
        "newsmen after examining the piles with divers. The closing will oblige 1,200 islanders to land at "
        "the fish market till spring, and merchants in the lower town fear they may lose half their winter "
        "business. A new quay of steel and cement is forecast to cost 31 million crowns, mostly paid by the "
        "province of Sundmark, that has pledged a ruling before the year's end."
    )
    found = matches(original, spun)
    assert {match.kind for match in found} <= {MatchKind.REWORDED, MatchKind.EDITED}
    assert sum(match.a.length for match in found) >= 0.9 * len(original)


@pytest.mark.parametrize(
    "evade",
    [
        "\u200b".join,
        lambda text: text.replace("e", "e\u00ad"),
        lambda text: text.replace("a", "\u0430").replace("o", "\u043e"),
        lambda text: text.translate({ord(char): ord(char) + 0xFEE0 for char in "abcdefghijklmnop"}),
        lambda text: f"\u202a{text}\u202c",
    ],
)
def test_evasion_hides_nothing(evade: object) -> None:
    assert callable(evade)
    hidden = evade(WIRE)
    (match,) = matches(WIRE, hidden)
    assert match.kind is MatchKind.VERBATIM
    assert match.b.length >= len(hidden) - 3


def test_unspaced_scripts_are_matched_by_their_characters() -> None:
    body = "港の理事会は月曜日に東の埠頭を二年間閉鎖することを決めた。木材が腐っていたためである。"
    (match,) = matches(f"速報。{body}", f"{body}続報を待つ。")
    assert body.rstrip("。") in match.a.of(f"速報。{body}")


@pytest.mark.parametrize("empty", ["", " \n ", "…", "one"])
def test_empty_and_tiny_texts_match_nothing(empty: str) -> None:
    assert matches(empty, WIRE) == ()
    assert matches(WIRE, empty) == ()
    assert matches(empty, empty) == ()
