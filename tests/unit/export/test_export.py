"""Exports have the keys and types of FORMATS.md and the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from auditor.domain import (
    Article,
    Derivation,
    Evidence,
    Garble,
    GarbleKind,
    Label,
    Match,
    MatchKind,
    Moment,
    Origin,
    Place,
    Relation,
    Severity,
    Share,
    Source,
    SourceKind,
    Span,
    Stale,
    Status,
    Verdict,
)
from auditor.errors import UsageProblem, WriteProblem
from auditor.export import WHAT, appearing_whole, earlier_place, neutral, rows, write_export
from auditor.registry import Registry

TERN = Source("tern", "Tern Newswire", SourceKind.WIRE)
ECHO = Source("echo", "=Echo", SourceKind.PUBLISHER)
REGISTRY = Registry([TERN, ECHO])
SCHEMAS = Path(__file__).resolve().parents[3] / "docs" / "schemas"

A = Article("a", "A ferry ran aground.", source="tern", published=Moment.parse("2024-02-11T21:20:00Z"))
B = Article(
    "b/é #1", "The ferry ran aground – “so”.", source="echo", title="=SUM(A1)", revises="a", revision=2
)
C = Article("c", "Nothing to do with it.")
DERIVED = Derivation(
    "b/é #1",
    Span(0, 21),
    Place("a", Span(0, 20)),
    Origin("tern", "a"),
    Relation.COPY,
    0.93333333,
    MatchKind.EDITED,
    0.97,
    (Evidence("published_first", "published 43 minutes earlier", 1.23456789),),
)


@dataclass
class Held:
    """The values that a store would give, in its order."""

    held: tuple[Article, ...] = (A, B, C)
    found: tuple[Match, ...] = (
        Match(Place("a", Span(0, 20)), Place("b/é #1", Span(0, 21)), 0.97123456, MatchKind.EDITED),
    )
    derived: tuple[Derivation, ...] = (
        DERIVED,
        replace(
            DERIVED,
            span=Span(22, 28),
            parent=None,
            origin=Origin("meridian", None),
            kind=MatchKind.QUOTATION,
            evidence=(),
        ),
        replace(DERIVED, article="c", relation=Relation.UNDECIDED, origin=Origin(None, None)),
    )
    judged: tuple[Verdict, ...] = (
        Verdict("b/é #1", 0.66666666, 0.6, Label.PARTIALLY, (Share("tern", 0.66666666), Share(None, 0.1))),
    )
    damaged: tuple[Garble, ...] = (
        Garble(
            "b/é #1",
            Span(0, 3),
            GarbleKind.ENTITY,
            Severity.HIGH,
            "-A",
            "The",
            Place("a", Span(0, 1)),
            "b/é #1",
        ),
        Garble("c", Span(0, 7), GarbleKind.BOILERPLATE, Severity.LOW, "", "Nothing", None, "c"),
    )

    outdated: tuple[Stale, ...] = (Stale("c", Span(4, 9), "a", "c", Status.CORRECTED, 3.5),)

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[Article]:
        return self._some(self.held, lambda one: one.id, ids)

    def outlines(self, ids: Iterable[str] | None = None) -> Iterator[Article]:
        return self.articles(ids)

    def verdicts(self, ids: Iterable[str] | None = None) -> Iterator[Verdict]:
        return self._some(self.judged, lambda one: one.article, ids)

    def matches(self, ids: Iterable[str] | None = None) -> Iterator[Match]:
        return self._some(self.found, lambda one: one.a.article, ids)

    def derivations(self, ids: Iterable[str] | None = None) -> Iterator[Derivation]:
        return self._some(self.derived, lambda one: one.article, ids)

    def stale(self, ids: Iterable[str] | None = None) -> Iterator[Stale]:
        return self._some(self.outdated, lambda one: one.article, ids)

    def garbles(self, ids: Iterable[str] | None = None) -> Iterator[Garble]:
        return self._some(self.damaged, lambda one: one.article, ids)

    def _some(
        self, values: tuple[Any, ...], key: Callable[[Any], str], ids: Iterable[str] | None
    ) -> Iterator[Any]:
        wanted = None if ids is None else set(ids)
        return (value for value in values if wanted is None or key(value) in wanted)


def exported(what: str) -> list[dict[str, Any]]:
    return list(rows(what, Held(), REGISTRY))


def test_articles_carry_their_verdict_and_null_where_there_is_none() -> None:
    a, b, _ = exported("articles")
    assert b == {
        "id": "b/é #1",
        "source": "=Echo",
        "source_kind": "publisher",
        "url": None,
        "title": "=SUM(A1)",
        "published_at": None,
        "text_sha256": sha256(B.text.encode()).hexdigest(),
        "length": 29,
        "revision": 2,
        "derived_share": 0.6667,
        "wire_share": 0.6,
        "label": "partially-derived",
        "origins": [{"source": "Tern Newswire", "share": 0.6667}, {"source": None, "share": 0.1}],
    }
    assert (a["source"], a["source_kind"], a["published_at"]) == (
        "Tern Newswire",
        "wire",
        "2024-02-11T21:20:00Z",
    )
    assert (a["derived_share"], a["label"], a["origins"]) == (None, None, [])


def test_the_digest_is_that_of_the_text_in_utf8() -> None:
    (row,) = rows("articles", Held(held=(replace(C, text="abc"),)), REGISTRY)
    assert row["text_sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_lineage_names_sources_and_rounds() -> None:
    copy, inferred, undecided = exported("lineage")
    assert copy == {
        "id": "b/é #1",
        "start": 0,
        "end": 21,
        "parent": {"id": "a", "start": 0, "end": 20},
        "origin": {"source": "Tern Newswire", "id": "a"},
        "relation": "copy",
        "confidence": 0.9333,
        "evidence": [{"kind": "published_first", "detail": "published 43 minutes earlier", "weight": 1.2346}],
    }
    assert (inferred["parent"], inferred["origin"]) == (None, {"source": "meridian", "id": None})
    assert undecided["relation"] == "undecided"


def test_what_is_out_of_date_stands_behind_the_evidence_of_its_passage() -> None:
    copy, _, stale = exported("lineage")
    assert [item["kind"] for item in copy["evidence"]] == ["published_first"]
    assert stale["evidence"][-1] == {
        "kind": "stale",
        "detail": "4–9 carries what is out of date: a was corrected by c 3.5 h before this was last seen",
        "weight": 0.0,
    }


def test_matches_and_garbles_have_the_forms_of_formats() -> None:
    assert exported("matches") == [
        {
            "earlier": {"id": "a", "start": 0, "end": 20},
            "later": {"id": "b/é #1", "start": 0, "end": 21},
            "similarity": 0.9712,
            "kind": "edited",
        }
    ]
    assert exported("garbles")[0] == {
        "id": "b/é #1",
        "start": 0,
        "end": 3,
        "kind": "entity",
        "severity": "high",
        "before": "-A",
        "after": "The",
        "parent": {"id": "a", "start": 0, "end": 1},
        "introduced_by": "b/é #1",
    }


EARLY, LATE, DAY = (Moment.parse(time) for time in ("2024-02-11T08:00:00Z", "2024-02-12", "2024-02-11"))
PAIR = Match(Place("a", Span(0, 9)), Place("b", Span(3, 9)), 1.0, MatchKind.VERBATIM)
A_FROM_B = replace(DERIVED, article="a", parent=Place("b", Span(0, 9)))
B_FROM_A = replace(DERIVED, article="b", parent=Place("a", Span(0, 9)))
RELATED = replace(B_FROM_A, relation=Relation.UNDECIDED)


@pytest.mark.parametrize(
    ("published", "derivations", "first"),
    [
        ({"a": EARLY, "b": LATE}, [A_FROM_B], "a"),
        ({"a": LATE, "b": EARLY}, [B_FROM_A], "b"),
        ({"a": EARLY, "b": DAY}, [A_FROM_B], "b"),
        ({"a": EARLY}, [A_FROM_B], "b"),
        ({}, [A_FROM_B, RELATED], "b"),
        ({}, [RELATED], "a"),
        ({}, [replace(A_FROM_B, relation=Relation.COMMON_SOURCE)], "b"),
        ({}, [A_FROM_B, B_FROM_A], "a"),
        ({}, [replace(B_FROM_A, parent=Place("x", Span(0, 1)))], "a"),
        ({}, [replace(A_FROM_B, parent=Place("x", Span(0, 1)))], "b"),
        ({}, [replace(one, parent=Place("x", Span(0, 1))) for one in (A_FROM_B, B_FROM_A)], "a"),
        ({}, [replace(A_FROM_B, parent=None)], "a"),
        ({}, [], "a"),
    ],
)
def test_times_then_lineage_then_ids_say_which_came_first(
    published: dict[str, Moment], derivations: list[Derivation], first: str
) -> None:
    assert earlier_place(PAIR, published, derivations).article == first


def test_a_match_turned_round_by_the_lineage_keeps_its_spans() -> None:
    held = Held(found=(PAIR,), derived=(A_FROM_B,), held=(replace(A, published=None), replace(C, id="b")))
    (row,) = rows("matches", held, REGISTRY)
    assert row["earlier"] == {"id": "b", "start": 3, "end": 9}
    assert row["later"] == {"id": "a", "start": 0, "end": 9}


@pytest.mark.parametrize("what", WHAT)
def test_every_row_fits_its_published_schema(what: str) -> None:
    schema = json.loads((SCHEMAS / f"{what}.json").read_text())
    for row in exported(what):
        assert list(row) == schema["required"]
        assert_fits(json.loads(json.dumps(row)), schema, what)


TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def assert_fits(value: Any, schema: dict[str, Any], place: str) -> None:
    """The part of JSON Schema that the published schemas use."""
    kinds = schema.get("type", [])
    if kinds:
        allowed = tuple(one for kind in ([kinds] if isinstance(kinds, str) else kinds) for one in TYPES[kind])
        assert isinstance(value, allowed), place
        assert not isinstance(value, bool), place
    if "enum" in schema:
        assert value in schema["enum"], place
    if isinstance(value, str) and "pattern" in schema:
        assert re.search(schema["pattern"], value), place
    if isinstance(value, int | float):
        assert schema.get("minimum", value) <= value <= schema.get("maximum", value), place
    if isinstance(value, list):
        for one in value:
            assert_fits(one, schema["items"], place)
    if isinstance(value, dict):
        assert set(value) == set(schema["properties"]) == set(schema["required"]), place
        for key, one in value.items():
            assert_fits(one, schema["properties"][key], f"{place}.{key}")


def test_what_is_out_of_date_names_the_version_taken_and_the_one_that_changed_it() -> None:
    assert exported("stale") == [
        {
            "id": "c",
            "start": 4,
            "end": 9,
            "taken": "a",
            "current": "c",
            "status": "corrected",
            "hours": 3.5,
        }
    ]


def test_the_same_store_gives_the_same_bytes_and_plain_utf8_lines(tmp_path: Path) -> None:
    for what in (*WHAT, "prov"):
        for name in ("one", "two"):
            write_export(Held(), REGISTRY, what, None, tmp_path / name)
        one = (tmp_path / "one").read_bytes()
        assert one == (tmp_path / "two").read_bytes()
        assert one.endswith(b"\n")
        assert b"\r" not in one
    write_export(Held(), REGISTRY, "articles", "jsonl", tmp_path / "one")
    lines = (tmp_path / "one").read_bytes().split(b"\n")
    assert [json.loads(line)["id"] for line in lines if line] == ["a", "b/é #1", "c"]
    assert "b/é #1".encode() in lines[1]


def test_a_line_separator_in_a_text_ends_no_line(tmp_path: Path) -> None:
    held = Held(held=(replace(A, title="one\u2028two\u0085three\nfour"),))
    write_export(held, REGISTRY, "articles", "jsonl", tmp_path / "out")
    lines = [line for line in (tmp_path / "out").read_text("utf-8").split("\n") if line]
    assert len(lines) == 1
    assert "\u2028" not in lines[0]
    assert json.loads(lines[0])["title"] == "one\u2028two\u0085three\nfour"


def test_csv_has_a_column_for_each_key_and_neutral_cells(tmp_path: Path) -> None:
    for what in WHAT:
        out = tmp_path / what
        count = write_export(Held(), REGISTRY, what, "csv", out)
        header, *lines = csv.reader(io.StringIO(out.read_text("utf-8"), newline=""))
        assert len(lines) == count == len(exported(what))
        assert all(len(line) == len(header) for line in lines)
        assert header == columns(json.loads((SCHEMAS / f"{what}.json").read_text()))
    articles = list(csv.DictReader(io.StringIO((tmp_path / "articles").read_text("utf-8"), newline="")))
    assert articles[1]["title"] == "'=SUM(A1)"
    assert articles[1]["source"] == "'=Echo"
    assert json.loads(articles[1]["origins"])[0]["share"] == 0.6667


def columns(schema: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for key, value in schema["properties"].items():
        found += [f"{key}_{inner}" for inner in value["properties"]] if "properties" in value else [key]
    return found


def test_an_empty_store_gives_a_header_and_no_row(tmp_path: Path) -> None:
    empty = Held((), (), (), (), (), ())
    for what in WHAT:
        assert write_export(empty, REGISTRY, what, "csv", tmp_path / what) == 0
        assert (tmp_path / what).read_text().count("\n") == 1
        assert write_export(empty, REGISTRY, what, "jsonl", tmp_path / what) == 0
        assert (tmp_path / what).read_bytes() == b""


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\tx", "\rx", "\nx", "  =1+1", "＝1", "-1+2|x"]
)
def test_cells_that_begin_like_a_formula_are_neutralised(text: str) -> None:
    assert neutral(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", "A ferry", "-5", "+4.5 %", "-1,000.50", "a=b", "'quoted", "2024-02-11", "– dash"]
)
def test_plain_cells_and_numbers_stay(text: str) -> None:
    assert neutral(text) == text


def test_prov_is_read_by_the_prov_library_and_says_who_took_what_from_whom(tmp_path: Path) -> None:
    from prov.model import ProvDerivation, ProvDocument, ProvEntity

    write_export(Held(), REGISTRY, "prov", None, tmp_path / "prov.json")
    document = ProvDocument.deserialize(str(tmp_path / "prov.json"), format="json")
    entities = {str(one.identifier) for one in document.get_records(ProvEntity)}
    assert entities == {
        "article:a",
        "article:b%2F%C3%A9%20%231",
        "article:c",
        "inferred:meridian",
        "passage:b%2F%C3%A9%20%231/0-21",
        "passage:b%2F%C3%A9%20%231/22-28",
        "passage:c/0-21",
    }
    taken = [
        (*(str(value) for _, value in one.formal_attributes[:2]), str(*one.get_attribute("prov:type")))
        for one in document.get_records(ProvDerivation)
    ]
    child = "b%2F%C3%A9%20%231"
    assert taken == [
        (f"article:{child}", "article:a", "prov:Revision"),
        (f"passage:{child}/0-21", "article:a", "prov:Revision"),
        (f"passage:{child}/0-21", "article:a", "prov:PrimarySource"),
        (f"passage:{child}/22-28", "inferred:meridian", "prov:PrimarySource"),
    ]
    assert "wasAttributedTo(article:a, source:tern)" in document.get_provn()


def test_prov_is_one_line_where_lines_are_asked_for(tmp_path: Path) -> None:
    write_export(Held(), REGISTRY, "prov", "jsonl", tmp_path / "line")
    write_export(Held(), REGISTRY, "prov", "json", tmp_path / "pretty")
    line = (tmp_path / "line").read_text("utf-8")
    assert line.count("\n") == 1
    assert json.loads(line) == json.loads((tmp_path / "pretty").read_text("utf-8"))


def test_an_unknown_export_or_form_is_a_usage_problem(tmp_path: Path) -> None:
    for what, form in (("nothing", None), ("articles", "xml"), ("articles", "json"), ("prov", "csv")):
        with pytest.raises(UsageProblem):
            write_export(Held(), REGISTRY, what, form, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_file_appears_whole_or_the_old_one_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("old")

    def broken() -> None:
        with appearing_whole(out) as stream:
            stream.write("half of ")
            raise ValueError("the rest can't be had")

    with pytest.raises(ValueError, match="the rest"):
        broken()
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    with appearing_whole(out) as stream:
        stream.write("new")
    assert out.read_text() == "new"


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(WriteProblem, match="can't be written"):
        write_export(Held(), REGISTRY, "articles", None, tmp_path / "no" / "such" / "folder" / "out")


def test_without_a_file_rows_go_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_export(Held(), REGISTRY, "lineage")
    out = capfdbinary.readouterr().out
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["b/é #1", "b/é #1", "c"]
    print("more can be written afterwards")
