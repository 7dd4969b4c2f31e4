"""Each rule finds what it is for, and leaves alone what only looks like it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from auditor.domain import CreditForm, GarbleKind, Origin, Status
from auditor.licensing import Certainty, Finding, Rule, RuleKind, State, terms
from auditor.licensing.terms import Changes, Where
from tests.unit.licensing.sample import (
    BODY,
    CREDIT,
    SENTENCES,
    agreed,
    at,
    garble,
    item,
    pickup,
    scene,
)


def only(found: tuple[Finding, ...], rule: RuleKind) -> Finding:
    (one,) = (each for each in found if each.rule is rule)
    return one


def state(rule: Rule, *given: Any, **more: Any) -> State:
    return only(scene(*given, **more).judged(agreed(rule)), rule.kind).state


def test_words_taken_over_as_they_are_count_as_verbatim() -> None:
    found = only(scene().judged(agreed(terms.Verbatim(False))), RuleKind.VERBATIM)
    assert found.state is State.FINDING
    assert found.measured and found.measured > 100
    assert all(exhibit.parent for exhibit in found.exhibits)


def test_verbatim_use_that_is_allowed_is_covered() -> None:
    assert state(terms.Verbatim(True)) is State.COVERED


def test_a_reworded_sentence_is_not_verbatim() -> None:
    text = "Nordhaven's harbour board shut its oldest pier on Monday, as divers found nine cracked piles."
    found = only(scene(pickup(text)).judged(agreed(terms.Verbatim(False))), RuleKind.VERBATIM)
    assert (found.state, found.measured) == (State.COVERED, 0)


def test_shares_and_words_are_held_against_their_bounds_in_both_directions() -> None:
    half = pickup("\n\n".join(SENTENCES[:3]))
    padded = pickup(
        "\n\n".join([*SENTENCES[:1], *("Our own reporter saw much more of it." for _ in range(9))])
    )
    assert state(terms.SourceShare(0.8)) is State.FINDING
    assert state(terms.SourceShare(0.8), half) is State.COVERED
    assert state(terms.TargetShare(0.5), half) is State.FINDING  # little of the item, but all of the article
    assert state(terms.TargetShare(0.5), padded) is State.COVERED
    assert state(terms.Words(50)) is State.FINDING
    assert state(terms.Words(50), pickup(SENTENCES[0])) is State.COVERED


def test_a_bound_that_is_just_reached_is_kept() -> None:
    share = only(scene().judged(agreed(terms.TargetShare(0.1))), RuleKind.TARGET_SHARE)
    taken = scene().judged(agreed(terms.Words(10)))
    words = only(taken, RuleKind.WORDS).measured
    assert words is not None and share.measured is not None
    assert state(terms.Words(int(words))) is State.COVERED
    assert state(terms.Words(int(words) - 1)) is State.FINDING


def test_a_credit_line_is_found_and_its_loss_too() -> None:
    assert state(terms.CreditLine()) is State.COVERED
    assert state(terms.CreditLine(), pickup(BODY)) is State.FINDING


@pytest.mark.parametrize(
    "ending",
    [
        "\n\nPhoto: Kestrel",
        "\n\nKestrel Wire reported on Sunday that the ferries were late.",
        "\n\nSource: Gull Press",
    ],
)
def test_a_picture_credit_a_quoted_wire_or_another_wire_is_no_credit_line(ending: str) -> None:
    assert state(terms.CreditLine(), pickup(BODY + ending)) is State.FINDING


def test_a_credit_must_stand_where_it_was_agreed() -> None:
    at_head = terms.CreditLine((CreditForm.CREDIT_LINE, CreditForm.DATELINE), Where.HEAD)
    assert state(at_head) is State.FINDING
    assert state(at_head, pickup(f"NORDHAVEN (Kestrel) — {BODY}")) is State.COVERED
    assert state(terms.CreditLine(where=Where.FOOT)) is State.COVERED


def test_an_agreed_wording_must_stand_there_as_it_is_but_for_space_and_case() -> None:
    rule = terms.CreditLine(text="Text: Kestrel Wire, Nordhaven")
    assert state(rule) is State.FINDING
    assert state(rule, pickup(BODY + "\n\ntext:  Kestrel Wire,\nNordhaven")) is State.COVERED


def test_the_writers_name_is_kept_in_text_or_byline_field() -> None:
    assert state(terms.Byline()) is State.FINDING
    assert state(terms.Byline(), pickup(byline="Aino Brandt")) is State.COVERED
    assert state(terms.Byline(), pickup(f"By AINO BRANDT\n\n{BODY}")) is State.COVERED
    assert state(terms.Byline(), pickup(byline="Aino Branting")) is State.FINDING


def test_an_item_without_a_writer_asks_for_none() -> None:
    found = scene(pickup(), item(byline=None)).judged(agreed(terms.Byline()))
    assert found == ()


def test_the_place_is_kept_as_a_dateline_not_as_a_mention() -> None:
    assert state(terms.Dateline(), pickup(f"NORDHAVEN (Kestrel) — {BODY}")) is State.COVERED
    assert state(terms.Dateline(), pickup(f"Nordhaven — {BODY}")) is State.COVERED
    assert state(terms.Dateline()) is State.FINDING  # "The harbour board of Nordhaven" is no dateline


def test_changes_beyond_house_style_are_found_and_house_style_is_not() -> None:
    text = BODY.replace("2.3 million", "3.2 million").replace("harbour", "harbor") + CREDIT
    style = garble(text, GarbleKind.SPELLING, "harbour", "harbor")
    number = garble(text, GarbleKind.NUMBER, "2.3 million", "3.2 million")
    only_style = terms.Alterations(Changes.STYLE)
    assert state(only_style, pickup(text), garbles=(style,)) is State.COVERED
    assert state(only_style, pickup(text), garbles=(style, number)) is State.FINDING
    assert state(terms.Alterations(Changes.NONE), pickup(text), garbles=(style,)) is State.FINDING


def test_a_day_put_otherwise_is_a_change_of_time_only() -> None:
    text = BODY.replace("on Monday", "yesterday") + CREDIT
    day = garble(text, GarbleKind.SUBSTITUTION, "on Monday", "yesterday")
    assert state(terms.Alterations(Changes.STYLE), pickup(text), garbles=(day,)) is State.COVERED
    assert state(terms.Alterations(Changes.NONE), pickup(text), garbles=(day,)) is State.FINDING


def test_archive_days_run_from_the_release_to_when_the_copy_was_last_seen() -> None:
    rule = terms.Archive(7)
    assert state(rule) is State.COVERED
    assert state(rule, pickup(captured=at("2025-03-10T11:00:00Z"))) is State.COVERED
    assert state(rule, pickup(captured=at("2025-03-10T13:00:00Z"))) is State.FINDING


def test_a_day_that_doesnt_decide_is_said_to_be_undecided() -> None:
    found = scene(pickup(captured=at("2025-03-10"))).judged(agreed(terms.Archive(7)))
    assert only(found, RuleKind.ARCHIVE).certainty is Certainty.UNDECIDED
    assert "undecided" in found[0].sentence


def test_an_article_before_the_holdback_is_over_is_found() -> None:
    rule = terms.Embargo(4)
    assert state(rule) is State.COVERED
    assert state(rule, pickup(published=at("2025-03-03T15:59:00Z"))) is State.FINDING
    assert state(rule, pickup(published=at("2025-03-03T16:00:00Z"))) is State.COVERED


def test_an_items_own_embargo_goes_before_the_holdback() -> None:
    embargoed = item(extra={"embargo": "2025-03-04T06:00:00Z"})
    assert state(terms.Embargo(), pickup(), embargoed) is State.FINDING
    after = pickup(published=at("2025-03-04T06:00:00Z"))
    assert state(terms.Embargo(), after, embargoed) is State.COVERED
    assert scene().judged(agreed(terms.Embargo())) == ()  # neither an embargo nor a holdback


CORRECTED = item(
    id="pier-2",
    text=item().text.replace("2.3 million", "3.2 million"),
    revises="pier",
    status=Status.CORRECTED,
    published=at("2025-03-03T18:00:00Z"),
)
RULE = terms.Corrections(6, 1)


def test_a_copy_that_still_says_what_was_corrected_is_found() -> None:
    late = pickup(captured=at("2025-03-04T12:00:00Z"))
    found = only(scene(late, item(), CORRECTED).judged(agreed(RULE)), RuleKind.CORRECTIONS)
    assert found.state is State.FINDING and found.certainty is Certainty.TRACED
    assert [one.span.of(late.text) for one in found.exhibits] == [SENTENCES[5]]


def test_a_copy_that_took_the_correction_or_left_the_sentence_out_is_not() -> None:
    seen = at("2025-03-04T12:00:00Z")
    mended = pickup(BODY.replace("2.3 million", "3.2 million"), captured=seen)
    without = pickup("\n\n".join(SENTENCES[:4]), captured=seen)
    assert state(RULE, mended, item(), CORRECTED) is State.COVERED
    assert state(RULE, without, item(), CORRECTED) is State.COVERED


def test_a_copy_is_given_its_hours() -> None:
    in_time = pickup(captured=at("2025-03-03T23:00:00Z"))
    assert state(RULE, in_time, item(), CORRECTED) is State.COVERED


def test_a_copy_never_seen_again_is_undecided_not_late() -> None:
    found = only(scene(pickup(), item(), CORRECTED).judged(agreed(RULE)), RuleKind.CORRECTIONS)
    assert found.state is State.FINDING and found.certainty is Certainty.UNDECIDED


def test_a_killed_item_may_not_be_shown_at_all() -> None:
    kill = item(
        id="pier-3",
        text="Kill the story about the pier.",
        revises="pier",
        status=Status.CANCELED,
        published=at("2025-03-03T21:00:00Z"),
    )
    late = pickup(captured=at("2025-03-03T23:00:00Z"))
    found = only(scene(late, item(), kill).judged(agreed(RULE)), RuleKind.CORRECTIONS)
    assert found.state is State.FINDING
    assert "kill pier-3" in found.sentence
    assert state(RULE, pickup(captured=at("2025-03-03T21:30:00Z")), item(), kill) is State.COVERED


def test_nothing_is_said_of_corrections_where_nothing_was_corrected() -> None:
    assert scene().judged(agreed(RULE)) == ()


def test_an_editors_note_that_came_along_is_found() -> None:
    noted = pickup(f"Eds: Adds the cost of the repair.\n\n{BODY}")
    found = only(scene(noted).judged(agreed(terms.Advisory())), RuleKind.ADVISORY)
    assert found.state is State.FINDING
    assert found.exhibits[0].span.of(noted.text).startswith("Eds:")


@pytest.mark.parametrize("opening", ["The advisory said", "Editors of the Echo", "An advisory board met."])
def test_a_sentence_about_advisories_is_none(opening: str) -> None:
    assert state(terms.Advisory(), pickup(f"{opening} it was cold.\n\n{BODY}")) is State.COVERED


def test_passages_that_the_agreement_marks_are_found_where_they_were_taken() -> None:
    rule = terms.Advisory(("A committee will decide",))
    assert state(rule) is State.FINDING
    assert state(rule, pickup("\n\n".join(SENTENCES[:4]))) is State.COVERED


def test_an_item_for_editors_only_may_not_be_shown() -> None:
    assert state(terms.Advisory(), pickup(), item(extra={"usage": "Not for publication"})) is State.FINDING


def test_a_copy_of_a_licensees_copy_is_republication() -> None:
    third = pickup(id="third", source="argus")
    through = pickup()
    found = scene(third, through, item(), origin=Origin("kestrel", "pier")).judged(
        agreed(terms.Republication(False))
    )
    one = only(found, RuleKind.REPUBLICATION)
    assert one.state is State.FINDING and one.agreement == "echo-2025" and one.licensor == "kestrel"
    assert "The Echo" in one.sentence


def test_a_copy_straight_from_the_wire_is_no_republication() -> None:
    found = scene(pickup(source="argus")).judged(agreed(terms.Republication(False)))
    assert [one.rule for one in found] == [RuleKind.FULL_COPY]


_CONVICTING = re.compile(
    r"\b(?:infring|violat|breach|illegal|unlawful|steal|stole|theft|plagiar|pirat|offen[cd]|guilt)",
    re.IGNORECASE,
)


def test_no_sentence_convicts() -> None:
    everything = agreed(
        terms.Verbatim(False),
        terms.SourceShare(0.1),
        terms.TargetShare(0.1),
        terms.Words(1),
        terms.CreditLine(where=Where.HEAD),
        terms.Byline(),
        terms.Dateline(),
        terms.Alterations(Changes.NONE),
        terms.Archive(0),
        terms.Embargo(24),
        terms.Corrections(0, 0),
        terms.Advisory(("A committee",)),
    )
    text = BODY.replace("2.3 million", "23 million")
    changed = garble(text, GarbleKind.NUMBER, "2.3 million", "23 million")
    found = scene(
        pickup(text, captured=at("2025-03-09T12:00:00Z")), item(), CORRECTED, garbles=(changed,)
    ).judged(everything)
    kinds = {one.rule for one in found if one.state is State.FINDING}
    assert kinds >= {rule.kind for rule in everything.agreements[0].rules} - {RuleKind.CORRECTIONS}
    for one in found:
        assert not _CONVICTING.search(one.sentence), one.sentence
        assert one.sentence.startswith("The Echo runs ")
        assert one.sentence.endswith(".") and ".." not in one.sentence


HERE = {"territory": ("Nordhaven", "Søland")}


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"territory": "Nordhaven"}, State.COVERED),
        ({"country": "SØLAND ; nordhaven"}, State.COVERED),
        ({"territories": ["Nordhaven", "Vellmark"]}, State.FINDING),
        ({"territory": "Vellmark"}, State.FINDING),
        ({}, State.UNMEASURED),
        ({"territory": "", "country": 7}, State.UNMEASURED),
        ({"territory": [None, " "]}, State.UNMEASURED),
    ],
)
def test_a_territory_is_measured_where_the_capture_says_where_it_is_shown(
    told: dict[str, Any], wanted: State
) -> None:
    found = only(scene(pickup(extra=told)).judged(agreed(**HERE)), RuleKind.TERRITORY)
    assert found.state is wanted
    assert ("can’t be measured" in found.sentence) is (wanted is State.UNMEASURED)
    assert (found.rank > 0) is (wanted is not State.UNMEASURED)


def test_a_territory_of_the_whole_world_is_kept_and_none_isnt_asked() -> None:
    assert state_of_world() is State.COVERED
    assert not [one for one in scene().judged(agreed()) if one.rule is RuleKind.TERRITORY]


def state_of_world() -> State:
    found = scene(pickup(extra={"country": "Vellmark"})).judged(agreed(territory=("Worldwide",)))
    return only(found, RuleKind.TERRITORY).state


@pytest.mark.parametrize(
    "rule",
    [
        terms.SourceShare(0.5),
        terms.Byline(),
        terms.Dateline(),
        terms.Archive(3),
        terms.Embargo(4),
        terms.Corrections(6, 1),
    ],
)
def test_a_rule_that_needs_the_item_says_so_where_it_isnt_held(rule: Rule) -> None:
    lost = scene(origin=Origin("kestrel", None), parent=None)
    found = only(lost.judged(agreed(rule)), rule.kind)
    assert (found.state, found.rank, found.exhibits) == (State.UNMEASURED, 0, ())
    assert "can’t be measured: the item isn’t held" in found.sentence


def test_a_rule_of_times_says_so_where_a_time_isnt_known() -> None:
    undated = scene(pickup(published=None, captured=at("2025-03-04T12:00:00Z")))
    early = only(undated.judged(agreed(terms.Embargo(4))), RuleKind.EMBARGO)
    assert early.state is State.UNMEASURED and "the article was published" in early.sentence
    unreleased = scene(pickup(), item(published=None))
    old = only(unreleased.judged(agreed(terms.Archive(3))), RuleKind.ARCHIVE)
    assert old.state is State.UNMEASURED and "the item was published" in old.sentence


def test_what_there_is_nothing_to_measure_of_is_not_listed() -> None:
    plain = scene(pickup(), item(byline=None))
    for rule in (terms.Byline(), terms.Corrections(6, 1), terms.Embargo(0)):
        assert not [one for one in plain.judged(agreed(rule)) if one.rule is rule.kind], rule
