"""The example's agreements over the example's articles: every rule finds something, decisions hold."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pytest

from auditor.assets import example_dir
from auditor.domain import Moment
from auditor.errors import NotFound, UsageProblem
from auditor.jobs.audit import audit
from auditor.jobs.findings import Filter, list_findings, show_finding, source_counts, update_findings
from auditor.jobs.findings_export import COLUMNS, export_findings
from auditor.jobs.ingest import ingest
from auditor.jobs.licences import load_terms
from auditor.jobs.report import report
from auditor.jobs.review import count_cases, decide, verify
from auditor.licensing import Certainty, RuleKind, State
from auditor.licensing.decisions import Decision
from auditor.registry import Registry
from auditor.storage import Store, open_store

LICENCES = example_dir() / "licences"
NOW = Moment.parse("2025-01-02T03:04:05Z")
SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "schemas" / "findings.json"


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Path:
    file = tmp_path_factory.mktemp("findings") / "auditor.db"
    with open_store(f"sqlite:///{file}") as store:
        ingest(store, registry, [example_dir() / "articles"])
        audit(store, registry)
        update_findings(store, registry, LICENCES)
    return file


@pytest.fixture
def store(audited: Path, tmp_path: Path) -> Iterator[Store]:
    copy = tmp_path / "auditor.db"
    copy.write_bytes(audited.read_bytes())
    with open_store(f"sqlite:///{copy}") as opened:
        yield opened


def one_of(store: Store, rule: RuleKind, article: str) -> Any:
    wanted = Filter(rules=frozenset((rule,)))
    return next(one for one in list_findings(store, wanted) if one.finding.article == article)


def test_every_rule_finds_something(store: Store) -> None:
    assert {one.finding.rule for one in list_findings(store)} == set(RuleKind) - {RuleKind.SAME_OWNER}


def test_findings_are_of_whom_they_should_be(store: Store) -> None:
    assert one_of(store, RuleKind.REPUBLICATION, "heap-dam").finding.agreement == "meridian-regional"
    assert one_of(store, RuleKind.FULL_COPY, "herald-dam").finding.agreement is None
    stale = one_of(store, RuleKind.CORRECTIONS, "ledger-mill").finding
    assert stale.certainty is Certainty.UNDECIDED
    text = store.article("ledger-mill").text
    assert ["48 million" in exhibit.span.of(text) for exhibit in stale.exhibits] == [True]
    articles = {one.finding.article for one in list_findings(store)}
    assert "observer-marrows" not in articles
    assert "ledger-ferry" not in articles, "a shared quotation is no use"


def test_what_is_covered_stands_apart(store: Store) -> None:
    covered = list(list_findings(store, Filter(state=State.COVERED)))
    taken = {(one.finding.article, one.finding.rule) for one in covered}
    stale = Filter(rules=frozenset((RuleKind.CORRECTIONS,)))
    assert "courier-mill" not in {one.finding.article for one in list_findings(store, stale)}
    assert ("courier-mill", RuleKind.CREDIT) in taken, "its dateline credits the wire"


def test_the_same_terms_again_change_nothing(store: Store, registry: Registry) -> None:
    before = list(list_findings(store))
    summary = update_findings(store, registry, LICENCES)
    assert (summary.new, summary.superseded) == (0, 0)
    assert list(list_findings(store)) == before


def test_changed_terms_supersede_and_make_decisions_stale(
    store: Store, registry: Registry, tmp_path: Path
) -> None:
    words = one_of(store, RuleKind.WORDS, "heap-hoard")
    other = one_of(store, RuleKind.SOURCE_SHARE, "courier-dam")
    decide(store, [words.finding.id, other.finding.id], Decision.UNLICENSED, reviewer="ada", at=NOW)
    for path in LICENCES.glob("*.toml"):
        text = path.read_text(encoding="utf-8").replace("words = 100", "words = 120")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    update_findings(store, registry, tmp_path)
    again, untouched = (
        one_of(store, RuleKind.WORDS, "heap-hoard"),
        one_of(store, RuleKind.SOURCE_SHARE, "courier-dam"),
    )
    assert again.finding.id == words.finding.id and again.finding.bound == 120
    assert again.standing == "unlicensed (stale)"
    assert untouched.standing == "unlicensed"
    old, new = show_finding(store, words.finding.id)
    assert (old.superseded, new.superseded, old.finding.bound) == (True, False, 100)
    assert [one.finding.id for one in list_findings(store, Filter(undecided_only=True))].count(
        again.finding.id
    ) == 1
    terms = store.terms_of([old.finding.terms, new.finding.terms])
    assert sorted("words = 100" in one.written for one in terms) == [False, True]


def test_a_false_match_never_comes_up_again_until_it_is_taken_back(store: Store, registry: Registry) -> None:
    copy = one_of(store, RuleKind.FULL_COPY, "herald-dam").finding
    (entry,) = decide(store, [copy.id], Decision.FALSE_MATCH, reviewer="ada", at=NOW, note="not ours")
    update_findings(store, registry, LICENCES)
    update_findings(store, registry, LICENCES)
    assert copy.article not in {one.finding.article for one in list_findings(store)}
    assert show_finding(store, copy.id)[0].superseded
    decide(store, [copy.id], Decision.UNLICENSED, reviewer="bo", at=NOW, after=entry.number)
    update_findings(store, registry, LICENCES)
    assert one_of(store, RuleKind.FULL_COPY, "herald-dam").finding == copy


def test_the_later_reviewer_must_have_seen_the_earlier_ones_decision(store: Store) -> None:
    finding = one_of(store, RuleKind.WORDS, "heap-hoard").finding
    (first,) = decide(store, [finding.id], Decision.LICENSED, reviewer="ada", at=NOW)
    with pytest.raises(UsageProblem, match="ada decided licensed"):
        decide(store, [finding.id], Decision.UNLICENSED, reviewer="bo", at=NOW)
    decide(store, [finding.id], Decision.UNLICENSED, reviewer="bo", at=NOW, after=first.number)
    assert one_of(store, RuleKind.WORDS, "heap-hoard").standing == "unlicensed"


def test_a_case_is_decided_as_a_whole_or_not_at_all(store: Store) -> None:
    finding = one_of(store, RuleKind.WORDS, "heap-hoard").finding
    with pytest.raises(NotFound):
        decide(store, [finding.case, "c-unknown"], Decision.LICENSED, reviewer="ada", at=NOW)
    assert verify(store).entries == 0
    written = decide(store, [finding.case], Decision.LICENSED, reviewer="ada", at=NOW)
    assert len(written) > 3
    checked = verify(store)
    assert (checked.entries, checked.last, checked.problems) == (len(written), written[-1].digest, ())


def test_exports_fit_the_published_schema_and_hold_no_formula(store: Store, tmp_path: Path) -> None:
    decide(
        store,
        [one_of(store, RuleKind.WORDS, "heap-hoard").finding.id],
        Decision.LICENSED,
        reviewer="=cmd()",
        at=NOW,
    )
    listed = list(list_findings(store))
    count = export_findings(listed, "json", tmp_path / "f.json")
    rows = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))
    assert len(rows) == count
    _fits(rows, json.loads(SCHEMA.read_text(encoding="utf-8")), "$")
    export_findings(listed, "csv", tmp_path / "f.csv")
    with (tmp_path / "f.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert tuple(header) == COLUMNS and len(lines) == count
    assert not any(cell.startswith(("=", "+", "@")) for line in lines for cell in line)
    export_findings(listed, "xlsx", tmp_path / "f.xlsx")
    with zipfile.ZipFile(tmp_path / "f.xlsx") as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row>") == count + 1
    with pytest.raises(UsageProblem):
        export_findings(listed, "xlsx", None)


def test_sources_are_counted_and_none_is_triaged_for_one_copy(store: Store, registry: Registry) -> None:
    terms = load_terms(LICENCES, registry).terms
    rows = {row.source: row for row in source_counts(store, registry, terms)}
    assert (rows["Harrowmere Herald"].full_copies, rows["Harrowmere Herald"].is_triaged) == (1, False)
    strict = replace(terms, defaults=replace(terms.defaults, triage_copies=1))
    assert source_counts(store, registry, strict)[0].source == "Harrowmere Herald"


_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def _fits(value: Any, schema: dict[str, Any], place: str) -> None:
    """The part of JSON Schema that the published schema uses."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds:
        assert any(isinstance(value, _TYPES[kind]) for kind in kinds), place
        assert not isinstance(value, bool) or "boolean" in kinds, place
    if "enum" in schema:
        assert value in schema["enum"], place
    if isinstance(value, list):
        for one in value:
            _fits(one, schema["items"], place)
    if isinstance(value, dict):
        assert set(value) == set(schema["properties"]) == set(schema["required"]), place
        for key, one in value.items():
            _fits(one, schema["properties"][key], f"{place}.{key}")


def test_cases_are_counted_apart_by_how_far_they_are_decided(
    store: Store, registry: Registry, tmp_path: Path
) -> None:
    def counted(*second: str) -> tuple[int, ...]:
        found = count_cases(store, second)
        assert found is not None
        return astuple(found)

    cases = {one.finding.case for one in list_findings(store)}
    assert counted() == (len(cases), 0, 0, 0, 0)
    copy = one_of(store, RuleKind.FULL_COPY, "herald-dam").finding
    decide(store, [copy.case], Decision.FALSE_MATCH, reviewer="ada", at=NOW)
    decide(
        store,
        [one_of(store, RuleKind.WORDS, "heap-hoard").finding.case],
        Decision.LICENSED,
        reviewer="ada",
        at=NOW,
    )
    assert counted() == (len(cases) - 2, 2, 0, 0, 0)
    assert counted("licensed") == (len(cases) - 1, 1, 1, 0, 0)
    update_findings(store, registry, LICENCES, second=("false-match",))
    assert copy.article in {one.finding.article for one in list_findings(store)}, "two must say so"
    update_findings(store, registry, LICENCES)
    assert counted() == (len(cases) - 2, 1, 0, 0, 1)
    report(store, registry, tmp_path / "report", time_zone="UTC", second=())
    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert f"{len(cases) - 2} open, 1 decided, 1 set aside as false matches" in page
