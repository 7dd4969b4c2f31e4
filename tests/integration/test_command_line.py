"""The command line as a user meets it: exit codes, clean streams, one-line errors, the whole way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.assets import example_dir
from auditor.storage import open_store
from tests.integration.calling import OTHER, WIRE, Call


def jsonl(path: Path, *rows: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_a_copy_is_found_from_ingest_to_export(call: Call, tmp_path: Path) -> None:
    rows = [
        {"id": "wire/1", "text": WIRE, "source": "AP", "published_at": "2026-03-02T06:00:00Z"},
        {"id": "site/1", "text": WIRE, "source": "Hollow Herald", "published_at": "2026-03-02T07:10:00Z"},
        {"id": "site/2", "text": OTHER, "source": "Hollow Herald", "published_at": "2026-03-02T08:00:00Z"},
    ]
    taken = call("ingest", jsonl(tmp_path / "in.jsonl", *rows), "--json")
    assert (taken.code, taken.json["stored"]) == (0, 3)
    assert call("audit", "--json").json["stories"] == 1

    lineage = [json.loads(line) for line in call("export", "lineage", "--format", "jsonl").out.splitlines()]
    assert {row["id"] for row in lineage} == {"site/1"}
    assert {row["parent"]["id"] for row in lineage} == {"wire/1"}
    assert {(row["origin"]["source"], row["relation"]) for row in lineage} == {("AP", "copy")}
    articles = {row["id"]: row for row in map(json.loads, call("export", "articles").out.splitlines())}
    assert articles["site/1"]["label"] == "wholly-derived"
    assert articles["site/2"]["label"] == "non-derived"
    assert articles["wire/1"]["source_kind"] == "wire"


def test_every_input_is_counted_and_bad_ones_are_named_with_exit_code_3(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    jsonl(path, {"id": "a", "text": WIRE}, {"id": "a", "text": WIRE}, {"text": "no id"})
    with path.open("a") as file:
        file.write("{broken\n")
    taken = call("ingest", str(path), "--json")
    assert taken.code == 3
    counts = {key: taken.json[key] for key in ("stored", "duplicate", "rejected", "failed")}
    assert counts == {"stored": 1, "duplicate": 1, "rejected": 2, "failed": 0}
    assert "in.jsonl:3" in taken.err
    assert "in.jsonl:4" in taken.err


def test_a_second_audit_changes_nothing(call: Call, tmp_path: Path) -> None:
    call("ingest", jsonl(tmp_path / "in.jsonl", {"id": "a", "text": WIRE}, {"id": "b", "text": WIRE}))
    call("audit")
    before = [call("export", what).out for what in ("articles", "matches", "lineage", "garbles")]
    again = call("audit", "--json").json
    assert (again["examined"], again["traced"]) == (0, 0)
    assert [call("export", what).out for what in ("articles", "matches", "lineage", "garbles")] == before


def test_check_says_where_a_pasted_text_comes_from_and_stores_nothing(call: Call, tmp_path: Path) -> None:
    call(
        "ingest",
        jsonl(
            tmp_path / "in.jsonl",
            {"id": "wire/1", "text": WIRE, "source": "AP", "published_at": "2026-03-02T06:00:00Z"},
        ),
    )
    call("audit")
    pasted = tmp_path / "pasted.txt"
    pasted.write_text(WIRE.replace("eleven months", "seven months"), encoding="utf-8")
    found = call("check", str(pasted), "--json").json
    assert {passage["parent"]["id"] for passage in found["passages"]} == {"wire/1"}
    assert any(garble["kind"] == "number" for garble in found["garbles"])
    assert len(call("export", "articles").out.splitlines()) == 1


def test_check_says_that_a_time_was_assumed_and_takes_a_known_one(call: Call, tmp_path: Path) -> None:
    row = {"id": "wire/1", "text": WIRE, "source": "AP", "published_at": "2026-03-02T06:00:00Z"}
    call("ingest", jsonl(tmp_path / "in.jsonl", row))
    call("audit")
    pasted = tmp_path / "pasted.txt"
    pasted.write_text(WIRE, encoding="utf-8")

    def evidence(*options: str) -> str:
        passages = call("check", str(pasted), "--json", *options).json["passages"]
        return " ".join(item["detail"] for passage in passages for item in passage["evidence"])

    assert "isn't known" in evidence() and "earlier" not in evidence()
    assert "40 minutes earlier" in evidence("--published", "2026-03-02T06:40:00Z")
    known = call("check", str(pasted), "--source", "washingtonpost.com", "--json").json
    assert known["source"] == "Washington Post"
    assert call("check", str(pasted), "--source", "nobody at all").code == 1
    assert call("check", str(pasted), "--published", "yesterday").code == 2


def test_trace_and_check_say_why_nothing_was_found(call: Call, tmp_path: Path) -> None:
    call("ingest", jsonl(tmp_path / "in.jsonl", {"id": "a", "text": OTHER}))
    assert call("trace", "a", "--json").json["reason"] == "not audited yet"
    call("audit")
    assert call("trace", "a", "--json").json["reason"].startswith("no other article")
    pasted = tmp_path / "pasted.txt"
    pasted.write_text(WIRE, encoding="utf-8")
    assert "Nothing derived was found" in call("check", str(pasted)).out


def test_what_is_only_looked_at_may_hold_what_no_database_stores(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WIRE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("\0Before. " + WIRE, encoding="utf-8")
    compared = call("compare", "a.txt", "b.txt", "--json")
    assert compared.code == 0 and json.loads(compared.out)["matches"]
    call("ingest", jsonl(tmp_path / "in.jsonl", {"id": "a", "text": WIRE}))
    call("audit")
    assert call("check", "b.txt", "--json").json["passages"]
    assert call("ingest", "b.txt").code == 3, "what is stored may not"


def test_compare_prints_the_interchange_form_in_the_order_of_the_list(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(WIRE, encoding="utf-8")
    (folder / "b.txt").write_text("Before. " + WIRE, encoding="utf-8")
    (folder / "c.txt").write_text(OTHER, encoding="utf-8")
    (folder / "pairs.tsv").write_text("a.txt\tc.txt\na.txt\tb.txt\n", encoding="utf-8")
    printed = call("compare", "--pairs", str(folder / "pairs.tsv"), "--json")
    first, second = map(json.loads, printed.out.splitlines())
    assert (first["a"], first["b"], first["matches"]) == ("a.txt", "c.txt", [])
    assert second["matches"][0]["a"][0] == 0
    assert second["matches"][0]["b"][0] == len("Before. ")
    assert second["matches"][0]["kind"] == "verbatim"


def test_a_pair_that_cannot_be_read_is_named_and_the_rest_goes_on(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WIRE, encoding="utf-8")
    (tmp_path / "pairs.tsv").write_text("a.txt\tgone.txt\na.txt\ta.txt\n", encoding="utf-8")
    printed = call("compare", "--pairs", "pairs.tsv", "--json")
    assert printed.code == 3
    assert "gone.txt" in printed.err
    assert len(printed.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("trace", "nobody"), 1, "no store"),
        (("export", "articles"), 1, "auditor init"),
        (("--database", "mysql://x/y", "audit"), 2, "mysql"),
        (("--config", "gone.toml", "audit"), 2, "gone.toml"),
        (("compare", "a.txt"), 2, "two texts"),
        (("check", "gone.txt"), 1, "gone.txt"),
    ],
)
def test_an_error_is_one_line_with_its_remedy_and_its_exit_code(
    call: Call, words: tuple[str, ...], code: int, named: str
) -> None:
    failed = call(*words)
    assert failed.code == code
    assert named in failed.err
    assert len(failed.err.strip().splitlines()) == 1
    assert "Traceback" not in failed.err
    assert failed.out == ""


def test_the_database_may_be_named_before_or_after_the_command(call: Call, tmp_path: Path) -> None:
    rows = jsonl(tmp_path / "in.jsonl", {"id": "a", "text": OTHER})
    call("ingest", rows, "--database", "sqlite:///one.db")
    call("--database", "sqlite:///two.db", "ingest", rows)
    assert (tmp_path / "one.db").is_file()
    assert (tmp_path / "two.db").is_file()
    assert not (tmp_path / "auditor.db").exists()


def test_a_password_is_shown_nowhere(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    canary = "c4n4ry-word"
    monkeypatch.setenv("AUDITOR_DATABASE", f"postgresql://me:{canary}@127.0.0.1:1/none")
    for words in (("config", "show"), ("doctor",), ("audit",), ("config", "show", "--json")):
        shown = call(*words)
        assert canary not in shown.out + shown.err


def test_init_writes_settings_once_and_makes_the_store(call: Call, tmp_path: Path) -> None:
    assert call("init").code == 0
    settings = tmp_path / "auditor.toml"
    assert (tmp_path / "auditor.db").is_file()
    settings.write_text("processes = 1\n", encoding="utf-8")
    call("init")
    assert settings.read_text(encoding="utf-8") == "processes = 1\n"


def test_the_settings_file_that_init_writes_can_be_read_with_every_line_in_force(
    call: Call, tmp_path: Path
) -> None:
    call("init")
    path = tmp_path / "auditor.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    in_force = [
        line[2:] if line.startswith(("# ", "#\t")) and ("=" in line or "[" in line) else line
        for line in lines
    ]
    path.write_text("\n".join(line for line in in_force if "`" not in line), encoding="utf-8")
    shown = {row["name"]: row["value"] for row in call("config", "show", "--json").json}
    assert shown["sources"] == "my-wire"


def test_sources_are_listed_found_by_any_name_and_added(call: Call, tmp_path: Path) -> None:
    assert call("sources", "show", "The Associated Press", "--json").json["name"] == "AP"
    assert call("sources", "show", "https://www.reuters.com/x", "--json").json["name"] == "Reuters"
    assert call("sources", "add", "Tarn Wire", "--kind", "wire", "--domain", "tarn.example").code == 0
    assert call("sources", "show", "tarn.example", "--json").json["kind"] == "wire"
    more = tmp_path / "more.toml"
    more.write_text('[sources.heron-post]\nname = "Heron Post"\n', encoding="utf-8")
    assert call("sources", "import", str(more)).code == 0
    listed = {row["key"] for row in call("sources", "list", "--json").json}
    assert {"ap", "tarn-wire", "heron-post"} <= listed


def test_a_shipped_source_is_not_replaced_by_adding(call: Call) -> None:
    refused = call("sources", "add", "My AP", "--key", "ap")
    assert refused.code == 2
    assert "auditor.toml" in refused.err


def test_doctor_finds_a_healthy_store_well_and_a_missing_one_wrong(call: Call) -> None:
    assert call("doctor").code == 1
    call("init")
    examined = call("doctor", "--json")
    assert examined.code == 0, examined.out
    assert all(row["ok"] for row in examined.json)


def test_db_commands_tell_the_revision(call: Call) -> None:
    call("init")
    revision = call("db", "current", "--json").json
    assert revision["current"] == revision["expected"]
    assert call("db", "check").code == 0
    assert call("db", "upgrade").code == 0


def test_demo_goes_the_whole_way_and_a_second_time_changes_nothing(call: Call, tmp_path: Path) -> None:
    first = call("demo")
    assert first.code == 0, first.err
    report = tmp_path / "demo" / "report" / "index.html"
    assert report.is_file()
    assert str(report.relative_to(tmp_path)) in first.out
    before = {path: path.read_bytes() for path in sorted((tmp_path / "demo" / "report").rglob("*.html"))}
    second = call("demo")
    assert second.code == 0
    assert "0 stored" in second.out
    after = {path: path.read_bytes() for path in sorted((tmp_path / "demo" / "report").rglob("*.html"))}
    assert after == before


def test_the_example_collection_can_be_ingested_by_hand(call: Call) -> None:
    taken = call(
        "--config", str(example_dir() / "auditor.toml"), "ingest", str(example_dir() / "articles"), "--json"
    )
    assert taken.code == 0, taken.err
    assert taken.json["rejected"] == 0


def test_a_story_is_written_as_one_page_or_printed(call: Call, tmp_path: Path) -> None:
    call("demo", "--quiet")
    database = f"sqlite:///{tmp_path / 'demo' / 'auditor.db'}"
    with open_store(database) as store:
        story = next(iter(store.stories())).id
    page = call("report", "--database", database, "--story", story, "--single-file", "--out", "story.html")
    assert page.code == 0, page.err
    assert (tmp_path / "story.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    missing = call("report", "--database", database, "--story", "nobody")
    assert missing.code == 1
    assert "nobody" in missing.err


def test_garbles_are_listed_filtered_and_gated(call: Call, tmp_path: Path) -> None:
    changed = WIRE.replace("eleven months", "seven months").replace("Odile", "Odine")
    rows = [
        {"id": "wire/1", "text": WIRE, "source": "AP", "published_at": "2026-03-02T06:00:00Z"},
        {"id": "site/1", "text": changed, "source": "Hollow Herald", "published_at": "2026-03-02T07:10:00Z"},
    ]
    call("ingest", jsonl(tmp_path / "in.jsonl", *rows))
    call("audit")
    every = call("garbles", "--json").json
    assert {"number", "entity"} <= {row["kind"] for row in every}
    numbers = call("garbles", "--kind", "number", "--json").json
    assert {row["kind"] for row in numbers} == {"number"}
    assert "[seven" in numbers[0]["context"]
    assert call("garbles", "--no-style", "--json").json == [row for row in every if row["kind"] != "spelling"]
    assert call("garbles", "--source", "AP", "--json").json == []
    assert call("garbles", "--since", "2026-03-03", "--json").json == []
    assert call("garbles", "--kind", "number", "--fail-on", "high").code == 4
    assert call("garbles", "--kind", "spelling", "--fail-on", "high").code == 0
    assert call("garbles", "--since", "yesterday").code == 2
    shown = call("garbles")
    assert "Hollow Herald" in shown.out
