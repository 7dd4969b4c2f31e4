"""Findings are superseded and never lost, terms are kept by version, and the log of decisions only grows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from sqlalchemy import text

from auditor.domain import Article, Moment, Place, Source, Span
from auditor.errors import NotFound, UsageProblem
from auditor.licensing import Certainty, Exhibit, Finding, RuleKind, State
from auditor.licensing.decisions import Decision, Entry, broken
from auditor.storage import Store
from auditor.storage.accounts import Account, Assignment
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


ADA = Account("ada", "reviewer", "$argon2id$…", Moment.parse("2025-03-04T10:00:00Z"))


def test_accounts_are_kept_by_name_and_only_their_password_and_end_change(store: Store) -> None:
    store.add_account(ADA)
    store.add_account(replace(ADA, name="Bo"))
    with pytest.raises(UsageProblem):
        store.add_account(ADA)
    assert [one.name for one in store.accounts()] == ["Bo", "ada"]
    later = Moment.parse("2025-05-01T00:00:00Z")
    store.change_account("ada", password="other")
    store.change_account("ada", disabled=later)
    assert store.account("ada") == replace(ADA, password="other", disabled=later)
    assert store.account("Bo") == replace(ADA, name="Bo")
    assert store.account("cy\x00") is None
    with pytest.raises(NotFound):
        store.change_account("cy", password="x")


def test_assignments_are_added_and_the_last_one_holds(store: Store) -> None:
    when = Moment.parse("2025-03-04T10:00:00Z")
    first = store.assign(Assignment(0, when, "c-1", "ada", "bo"))
    store.assign(Assignment(0, when, "c-2", "bo", "bo"))
    last = store.assign(Assignment(0, when, "c-1", None, "ada"))
    assert (first.number, last.number) == (1, 3)
    assert list(store.assignments("c-1")) == [first, last]
    assert [one.case for one in store.assignments()] == ["c-1", "c-2", "c-1"]


def test_outlines_of_decisions_are_the_log_in_short(store: Store) -> None:
    entries = [store.add_decision(replace(ENTRY, reviewer=name)) for name in ("ada", "bo")]
    assert list(store.decision_outlines()) == [
        (one.number, one.finding, one.version, one.case, one.decision.value, one.reviewer) for one in entries
    ]


def test_bytes_are_kept_with_the_revision_that_has_their_text(store: Store, run: int) -> None:
    raw = b"<p>text of copy</p>" * 99 + bytes(range(256))
    newer = Article("copy", "another text")
    store.add([("in/copy.html", newer)], run=run)
    given = [("copy", "text of copy", "in/old.html", b"old"), ("copy", "another text", "in/copy.html", raw)]
    assert store.put_captures([*given, ("copy", "no such text", "x", b"x"), ("none", "y", "y", b"y")]) == 2
    assert store.put_captures([("copy", "another text", "in/again.html", b"later")]) == 0
    (found,) = store.captures(["copy", "item", "none"])
    assert (found.article, found.revision, found.name) == ("copy", 2, "in/copy.html")
    assert (found.content, found.digest, found.length) == (raw, sha256(raw).hexdigest(), len(raw))


def test_bytes_go_when_retention_takes_their_text_and_dont_come_back(store: Store, run: int) -> None:
    store.put_sources([Source("echo", "The Echo")])
    article = Article("page", "what it says", "echo", captured=Moment.parse("2020-01-01"))
    store.add([("page.html", article)], run=run)
    captures = [
        ("page", "what it says", "page.html", b"<p>what it says</p>"),
        ("copy", "text of copy", "c", b"c"),
    ]
    assert store.put_captures(captures) == 2
    store.remove_texts(["echo"], date(2021, 1, 1), at=Moment.parse("2025-01-01T00:00:00Z"))
    kept, gone = store.captures(["page", "copy"])
    assert kept.content == b"c"
    assert (gone.content, gone.length) == (None, 19)
    assert gone.digest == sha256(b"<p>what it says</p>").hexdigest()
    assert store.put_captures(captures) == 0
