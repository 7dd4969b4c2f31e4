"""Findings are superseded and never lost, terms are kept by version, and the log of decisions only grows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from auditor.domain import Article, Moment, Place, Span
from auditor.licensing import Certainty, Exhibit, Finding, RuleKind, State
from auditor.licensing.decisions import Decision, Entry, broken
from auditor.storage import Store
from auditor.storage.engines import writing
from auditor.storage.licence_findings import Replaced, StoredTerms

WORDS = Finding(
    id="f-1",
    case="c-1",
    article="copy",
    source="echo",
    licensor="kestrel",
    item="item",
    rule=RuleKind.WORDS,
    state=State.FINDING,
    agreement="echo-2025",
    terms="ab" * 32,
    measured=212,
    bound=150,
    unit="words",
    sentence="The Echo runs 212 words.",
    exhibits=(Exhibit(Span(0, 4), Place("item", Span(3, 7))), Exhibit(Span(5, 6))),
    certainty=Certainty.TRACED,
    confidence=0.9,
    rank=50,
    story="s",
    pairs=(("12" * 32, "34" * 32),),
)
CREDIT = replace(WORDS, id="f-2", rule=RuleKind.CREDIT, rank=70)
ENTRY = Entry(
    0,
    Moment.parse("2025-03-04T10:00:00Z"),
    "ada",
    "f-1",
    WORDS.digest,
    "c-1",
    Decision.LICENSED,
    "see the contract of \x00 May",
    WORDS.pairs,
)


@pytest.fixture
def run(store: Store) -> int:
    number = store.begin_run("test", {})
    store.add([(name, Article(name, f"text of {name}")) for name in ("item", "copy")], run=number)
    return number


def test_findings_come_back_as_they_were_the_gravest_first(store: Store, run: int) -> None:
    assert store.replace_licence_findings(["copy"], [WORDS, CREDIT], run=run) == Replaced(2, 0, 0)
    assert [one.finding for one in store.licence_findings()] == [CREDIT, WORDS]
    assert [one.finding for one in store.licence_findings(["item"])] == []
    assert store.found_articles() == ("copy",)


def test_what_is_found_again_is_no_new_version(store: Store, run: int) -> None:
    store.replace_licence_findings(["copy"], [WORDS], run=run)
    surer = replace(WORDS, confidence=0.95, rank=52, story="other")
    assert store.replace_licence_findings(["copy"], [surer], run=run) == Replaced(0, 0, 1)
    assert [one.finding for one in store.licence_findings()] == [surer]
    assert len(store.finding_versions("f-1")) == 1


def test_what_changed_or_went_is_kept_as_superseded(store: Store, run: int) -> None:
    store.replace_licence_findings(["copy"], [WORDS, CREDIT], run=run)
    later = store.begin_run("test", {})
    longer = replace(WORDS, measured=230)
    assert store.replace_licence_findings(["copy"], [longer], run=later) == Replaced(1, 2, 0)
    assert [one.finding for one in store.licence_findings()] == [longer]
    first, second = store.finding_versions("f-1")
    assert (first.finding, first.superseded, second.superseded) == (WORDS, later, None)
    assert {one.finding.id for one in store.finding_versions("c-1")} == {"f-1", "f-2"}


def test_terms_are_kept_by_version(store: Store, run: int) -> None:
    one, other = StoredTerms("a", "x", "{}", 'name = "x"'), StoredTerms("b", None, "{}", "")
    store.put_terms([one, other, one], run=run)
    store.put_terms([one], run=run)
    assert store.terms_of(["a", "b", "c"]) == (one, other)


def test_the_log_is_chained_and_only_grows(store: Store) -> None:
    first = store.add_decision(ENTRY)
    second = store.add_decision(replace(ENTRY, reviewer="bo", finding="f-2"))
    assert (first.number, second.number) == (1, 2)
    assert second.previous == first.digest
    log = list(store.decisions())
    assert log == [first, second]
    assert list(broken(log)) == []
    assert list(store.decisions("f-2")) == [second]
    assert list(store.decisions("c-1")) == log


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE decision SET decision = 'unlicensed' WHERE number = 2",
        "UPDATE decision SET reviewer = 'eve' WHERE number = 1",
        "UPDATE decision SET at = '2025-03-03T10:00:00Z' WHERE number = 3",
        "DELETE FROM decision WHERE number = 2",
        "DELETE FROM decision WHERE number = 1",
        "UPDATE decision SET digest = previous WHERE number = 3",
    ],
)
def test_a_change_behind_its_back_breaks_the_chain(store: Store, tampering: str) -> None:
    for reviewer in ("ada", "bo", "cy"):
        store.add_decision(replace(ENTRY, reviewer=reviewer))
    with writing(store._engine, store._address) as connection:
        connection.execute(text(tampering))
    assert list(broken(store.decisions()))
