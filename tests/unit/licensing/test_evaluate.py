"""Which terms an article is held against, what its findings are called, and how sure they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from auditor.domain import MatchKind, Origin, Relation
from auditor.licensing import Certainty, Defaults, RuleKind, State, Terms, finding_of, terms, triage
from tests.unit.licensing.sample import (
    BODY,
    CREDIT,
    INFERRED,
    SENTENCES,
    YEAR,
    agreed,
    at,
    item,
    pickup,
    scene,
)

NOTHING = Terms()


def test_a_full_copy_without_agreement_is_more_than_80_percent_and_125_words() -> None:
    (found,) = scene().judged(NOTHING)
    assert found.rule is RuleKind.FULL_COPY
    assert found.agreement is None and found.terms == NOTHING.defaults.digest


def test_most_of_a_short_item_is_an_excerpt() -> None:
    short = item(text="NORDHAVEN (Kestrel) — " + "\n\n".join(SENTENCES[:3]))
    (found,) = scene(pickup("\n\n".join(SENTENCES[:3])), short).judged(NOTHING)
    assert found.rule is RuleKind.EXCERPT


def test_a_part_of_an_item_is_an_excerpt_and_a_sentence_nothing() -> None:
    (found,) = scene(pickup("\n\n".join(SENTENCES[:4]))).judged(NOTHING)
    assert found.rule is RuleKind.EXCERPT
    assert scene(pickup(SENTENCES[0])).judged(NOTHING) == ()


def test_an_agreement_that_ended_is_named_and_no_longer_holds() -> None:
    ended = agreed(terms.Words(1), valid_until=date(2025, 3, 2))
    (found,) = scene().judged(ended)
    assert found.rule is RuleKind.FULL_COPY
    assert "Echo 2025 (open to 2025-03-02)" in found.sentence


def test_the_last_day_of_an_agreement_is_within_it() -> None:
    (found,) = scene().judged(agreed(terms.Words(1), valid_until=date(2025, 3, 3)))
    assert found.rule is RuleKind.WORDS


def test_an_article_of_unknown_time_is_held_against_a_dated_agreement_with_doubt() -> None:
    (found,) = scene(pickup(published=None)).judged(agreed(terms.Words(1), **YEAR))
    assert found.certainty is Certainty.UNDECIDED


def test_a_licensee_is_known_by_its_address_too() -> None:
    child = pickup(source=None, url="https://www.echo.example/pier")
    (found,) = scene(child).judged(agreed(terms.Words(1)))
    assert found.rule is RuleKind.WORDS


def test_one_owner_is_covered_and_the_wire_itself_is_nothing() -> None:
    (found,) = scene(pickup(source="kestrel-extra")).judged(NOTHING)
    assert (found.rule, found.state) == (RuleKind.SAME_OWNER, State.COVERED)
    assert scene(pickup(source="kestrel")).judged(NOTHING) == ()


def test_text_of_a_publisher_counts_only_where_it_licenses_text() -> None:
    own = item(source="argus", text=BODY)
    taking = scene(pickup(), own, origin=Origin("argus", "pier"))
    assert taking.judged(NOTHING) == ()
    assert taking.judged(agreed(terms.Words(1), licensor="argus"))[0].rule is RuleKind.WORDS


def test_a_statement_that_both_quote_is_no_use() -> None:
    shared = scene(kind=MatchKind.QUOTATION, relation=Relation.COMMON_SOURCE)
    assert shared.judged(NOTHING) == ()


def test_an_inferred_origin_says_so_and_ranks_below_a_traced_one() -> None:
    inferred = scene(origin=Origin("kestrel", None), **INFERRED)
    (found,) = inferred.judged(agreed(terms.Words(1)))
    (traced,) = scene().judged(agreed(terms.Words(1)))
    assert found.certainty is Certainty.INFERRED and "inferred" in found.sentence
    assert found.rank < traced.rank
    assert "Kestrel Wire’s text" in found.sentence and "Kestrel Wire’s item" in traced.sentence


def test_an_undecided_relation_says_so_and_ranks_lowest() -> None:
    (found,) = scene(relation=Relation.UNDECIDED).judged(agreed(terms.Words(1)))
    (inferred,) = scene(origin=Origin("kestrel", None), **INFERRED).judged(agreed(terms.Words(1)))
    assert found.certainty is Certainty.UNDECIDED
    assert found.rank < inferred.rank


def test_names_stay_while_the_version_follows_text_and_terms() -> None:
    (before,) = scene().judged(agreed(terms.Words(10)))
    (again,) = scene().judged(agreed(terms.Words(10)))
    (other_terms,) = scene().judged(agreed(terms.Words(20)))
    (other_text,) = scene(pickup(BODY + CREDIT + " and others")).judged(agreed(terms.Words(10)))
    assert before == again and before.digest == again.digest
    assert before.id == other_terms.id == other_text.id
    assert len({before.digest, other_terms.digest, other_text.digest}) == 3


def test_a_finding_survives_being_written_and_read() -> None:
    for found in scene().judged(agreed(terms.Words(10), terms.CreditLine())):
        assert finding_of(found.as_dict()) == found


def test_a_pair_of_texts_rejected_by_a_reviewer_never_comes_up_again() -> None:
    (found,) = scene().judged(NOTHING)
    assert scene().judged(NOTHING, rejected=frozenset(found.pairs)) == ()
    changed = scene(pickup(BODY + CREDIT + " and more")).judged(NOTHING, rejected=frozenset(found.pairs))
    assert changed, "another text is another pair"


def test_a_source_is_triaged_at_ten_full_copies_in_thirty_days() -> None:
    (found,) = scene().judged(NOTHING)
    first = datetime(2025, 3, 1, tzinfo=UTC)
    copies = [replace(found, article=f"copy-{n}") for n in range(10)]
    dense = {one.article: first + timedelta(days=3 * n) for n, one in enumerate(copies)}
    sparse = {one.article: first + timedelta(days=4 * n) for n, one in enumerate(copies)}
    assert triage(copies, dense, NOTHING) == {"echo": (10, True)}
    assert triage(copies, sparse, NOTHING) == {"echo": (8, False)}
    assert triage(copies, dense, Terms(defaults=Defaults(triage_copies=11))) == {"echo": (10, False)}


def test_an_undated_article_doesnt_count_for_triage() -> None:
    (found,) = scene(pickup(published=at("2025-03-03"))).judged(NOTHING)
    assert triage([found], {}, NOTHING) == {}
