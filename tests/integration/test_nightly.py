"""A night's work as an operator meets it: inboxes, the ledger, the same night again, gates, retention."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from auditor.storage import open_store
from auditor.storage.tables import METADATA
from tests.integration.calling import OTHER, WIRE, Call


def deliver(name: str, *rows: dict[str, Any]) -> Path:
    """Put a file of lines into the inbox."""
    path = Path("inbox") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def a_wire(**more: Any) -> dict[str, Any]:
    return {
        "id": "wire/1",
        "text": WIRE,
        "source": "AP",
        "published_at": "2026-03-02T06:00:00Z",
        "captured_at": "2026-03-02T06:05:00Z",
        **more,
    }


def a_copy(**more: Any) -> dict[str, Any]:
    return {
        "id": "site/1",
        "text": WIRE.replace("eleven", "seven"),
        "source": "Hollow Herald",
        "published_at": "2026-03-02T07:10:00Z",
        "captured_at": "2026-03-02T07:20:00Z",
        **more,
    }


def written(*folders: str) -> dict[str, str]:
    """The digest of every file below these folders."""
    return {
        str(path): sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }


def rows(database: str = "sqlite:///auditor.db") -> dict[str, int]:
    """How many rows each table has."""
    from sqlalchemy import func, select

    with open_store(database) as store, store._engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }


def test_a_night_ingests_audits_reports_and_exports(call: Call) -> None:
    deliver("day.jsonl", a_wire(), a_copy())
    night = call("nightly", "--json")
    assert night.code == 0
    counts = night.json["counts"]
    assert (counts["inputs"], counts["stored"], counts["new_stories"], counts["new_pickups"]) == (2, 2, 1, 1)
    assert counts["new_garbles_high"] >= 1
    assert Path("report/index.html").is_file()
    lineage = [json.loads(line) for line in Path("exports/lineage.jsonl").read_text().splitlines()]
    assert {row["parent"]["id"] for row in lineage} == {"wire/1"}
    assert json.loads(Path("exports/changes.json").read_text())["pickups"] == ["site/1"]
    assert "1 new stories" in Path("exports/changes.txt").read_text()
    assert [path.name for path in Path("inbox/.done").iterdir()] == ["day.jsonl"]
    assert not list(Path("inbox").glob("*.jsonl"))


@pytest.mark.parametrize("done", ["move", "mark"])
def test_the_same_night_three_times_adds_no_row_and_writes_the_same_bytes(call: Call, done: str) -> None:
    Path("auditor.toml").write_text(f'[nightly]\ndone = "{done}"\n', encoding="utf-8")
    delivered = [a_wire(), a_copy(), {"id": "site/2", "text": OTHER, "source": "Hollow Herald"}]
    deliver("day.jsonl", *delivered)
    assert call("nightly").code == 0
    before, files = rows(), written("report", "exports")
    for _ in range(2):
        deliver("day.jsonl", *delivered)  # delivered again, the very same
        assert call("nightly").code == 0
        before["run"] += 1  # the record of the night itself, and nothing else
        assert rows() == before
        assert written("report", "exports") == files
    assert ("day.jsonl" in {path.name for path in Path("inbox").iterdir()}) == (done == "mark")


def test_bad_inputs_are_counted_named_and_put_aside_and_the_rest_is_stored(call: Call) -> None:
    deliver("good.jsonl", a_wire())
    deliver("mixed.jsonl", a_copy(), {"text": "no id"})
    Path("inbox/picture.png").write_bytes(b"\x89PNG")
    Path("inbox/empty.txt").write_text("")
    Path("inbox/link.txt").symlink_to("good.jsonl")
    Path("inbox/half.jsonl.part").write_text("{")
    night = call("nightly", "--json")
    counts = night.json["counts"]
    assert night.code == 3
    assert (counts["stored"], counts["rejected"], counts["failed"]) == (2, 4, 0)
    assert counts["inputs"] == sum(counts[each] for each in ("stored", "duplicate", "rejected", "failed"))
    aside = {path.name for path in Path("inbox/.quarantine").iterdir()}
    assert aside == {"mixed.jsonl", "picture.png", "empty.txt", "link.txt"}
    assert {path.name for path in Path("inbox").iterdir() if path.is_file()} == {"half.jsonl.part"}
    status = call("inbox", "status", "--json").json
    reasons = {Path(file["path"]).name: file["reason"] for file in status["quarantined"]}
    assert "1 of 2 not stored" in reasons["mixed.jsonl"]
    assert "deliver the file itself" in reasons["link.txt"]
    assert call("nightly").code == 0


def test_ids_are_paths_below_the_inbox_and_a_manifest_tells_of_later_files_too(call: Call) -> None:
    Path("inbox/monday").mkdir(parents=True)
    Path("inbox/manifest.csv").write_text(
        "file,source,title\nmonday/a.txt,AP,First\nmonday/b.txt,AP,Second\n", encoding="utf-8"
    )
    Path("inbox/monday/a.txt").write_text(WIRE, encoding="utf-8")
    first = call("nightly", "--json")
    assert first.code == 3, "the manifest names a file that isn't there"
    assert "inbox/manifest.csv:3" in first.json["problems"][0]["input"]
    Path("inbox/monday/b.txt").write_text(OTHER, encoding="utf-8")
    assert call("nightly").code == 0
    with open_store("sqlite:///auditor.db") as store:
        assert {(a.id, a.source, a.title) for a in store.articles()} == {
            ("monday/a", "ap", "First"),
            ("monday/b", "ap", "Second"),
        }
    before = rows()
    assert call("nightly").code == 0
    assert rows() == {**before, "run": before["run"] + 1}


def test_a_manifest_that_can_not_be_used_holds_its_inbox_up_until_it_is_mended(call: Call) -> None:
    Path("inbox").mkdir()
    Path("inbox/manifest.csv").write_text("name,source\na.txt,AP\n", encoding="utf-8")
    Path("inbox/a.txt").write_text(WIRE, encoding="utf-8")
    assert call("nightly").code == 3
    again = call("nightly", "--json")
    assert (again.code, again.json["counts"]["held_up"], again.json["counts"]["inputs"]) == (3, 1, 0)
    Path("inbox/manifest.csv").write_text("file,source\na.txt,AP\n", encoding="utf-8")
    assert call("nightly").code == 0
    with open_store("sqlite:///auditor.db") as store:
        assert store.article("a").source == "ap"


def test_a_changed_file_of_the_same_name_is_taken_in_again_and_nothing_is_overwritten(call: Call) -> None:
    deliver("day.jsonl", a_wire())
    call("nightly")
    deliver("day.jsonl", a_copy())
    assert call("nightly", "--json").json["counts"]["stored"] == 1
    assert len(list(Path("inbox/.done").iterdir())) == 2


def test_an_input_that_fails_is_tried_again_and_then_put_aside(call: Call, monkeypatch: Any) -> None:
    from auditor.jobs import deliveries

    deliver("locked.jsonl", a_wire())

    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "digest_of", refused)
        for tries in (1, 2):
            assert call("nightly").code == 3
            waiting = call("inbox", "status", "--json").json["waiting"]
            assert [(file["tries"], file["reason"]) for file in waiting] == [
                (tries, "can't be read: Permission denied")
            ]
        assert call("nightly").code == 3
    assert [f["tries"] for f in call("inbox", "status", "--json").json["quarantined"]] == [3]


def test_what_is_in_quarantine_is_read_again_when_someone_says_so(call: Call, tmp_path: Path) -> None:
    path = deliver("bad.jsonl", {"text": "no id"})
    call("nightly")
    assert not path.exists()
    assert call("inbox", "retry", "nothing.jsonl").code == 1
    assert call("inbox", "retry", "--all").code == 0
    assert path.exists()
    path.write_text(json.dumps(a_wire()) + "\n", encoding="utf-8")
    assert call("nightly", "--json").json["counts"]["stored"] == 1
    deliver("later.jsonl", a_copy())
    assert call("inbox", "quarantine", "inbox/later.jsonl").code == 0
    assert call("nightly", "--json").json["counts"]["inputs"] == 0


def test_standard_input_is_an_input_like_any_other(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from auditor.jobs import intake

    piped = (json.dumps(a_wire()) + "\n").encode()
    monkeypatch.setattr(intake, "standard_input", lambda: io.BytesIO(piped))
    assert call("nightly", "-", "--json").json["counts"]["stored"] == 1
    before = rows()
    assert call("nightly", "-").code == 0
    assert rows() == {**before, "run": before["run"] + 1}


def test_the_gate_is_met_by_tonights_garbles_and_not_by_yesterdays(call: Call) -> None:
    deliver("day.jsonl", a_wire(), a_copy())
    assert call("nightly", "--fail-on", "high").code == 4
    assert call("nightly", "--fail-on", "high").code == 0


def test_half_files_of_a_killed_night_are_swept_away(call: Call) -> None:
    Path("exports").mkdir()
    Path("exports/.lineage.jsonl.a1b2c3d4").write_text("half")
    Path("exports/.gitignore").write_text("somebody's own")
    assert call("nightly").code == 0
    assert {path.name for path in Path("exports").glob(".*")} == {".gitignore"}


def test_steps_can_be_left_out(call: Call) -> None:
    deliver("day.jsonl", a_wire(), a_copy())
    assert call("nightly", "--skip", "report", "--skip", "export", "--skip", "audit").code == 0
    assert not Path("report").exists()
    assert not Path("exports").exists()
    assert call("nightly", "--skip", "ingest", "--json").json["counts"]["new_stories"] == 1


def test_what_changed_is_held_against_the_terms_and_nothing_else(call: Call) -> None:
    deliver("day.jsonl", a_wire(), a_copy())
    assert "findings_new" not in call("nightly", "--json").json["counts"]
    Path("licences").mkdir()
    assert call("nightly", "--json").json["counts"]["findings_articles"] == 1
    found = call("findings", "list", "--json").json
    assert found
    assert "findings_articles" not in call("nightly", "--json").json["counts"]
    deliver("more.jsonl", {"id": "heron", "text": OTHER, "source": "AP"})
    assert call("nightly", "--json").json["counts"]["findings_articles"] == 0
    deliver("again.jsonl", {**a_copy(), "id": "second", "source": "Pier Courier"})
    assert call("nightly", "--json").json["counts"]["findings_articles"] >= 1
    with open_store("sqlite:///auditor.db") as store:
        incremental = [(one.finding, one.version) for one in store.licence_findings()]
    call("findings", "update")
    with open_store("sqlite:///auditor.db") as store:
        assert [(one.finding, one.version) for one in store.licence_findings()] == incremental


def test_a_mistake_in_the_terms_is_told_and_stops_no_other_step(call: Call) -> None:
    deliver("day.jsonl", a_wire(), a_copy())
    Path("licences").mkdir()
    Path("licences/broken.toml").write_text("no = agreement")
    done = call("nightly")
    assert done.code == 2
    assert "broken.toml" in done.err
    assert Path("report/index.html").exists()
    assert Path("exports/changes.json").exists()


def test_runs_tell_what_became_of_each_input(call: Call) -> None:
    deliver("day.jsonl", a_wire(), {"text": "no id"})
    call("nightly")
    listed = call("runs", "list", "--json").json
    assert [run["command"] for run in listed] == ["ingest", "nightly"]
    shown = call("runs", "show", str(listed[0]["run"]), "--json").json
    assert shown["inputs"] == {"stored": 1, "duplicate": 0, "rejected": 1, "failed": 0}
    assert shown["problems"][0]["input"] == "inbox/day.jsonl:2"
    assert "day.jsonl:2" in call("runs", "show", str(listed[0]["run"])).out
    assert call("runs", "show", "99").code == 1
    night = call("runs", "show", str(listed[1]["run"]), "--json").json
    assert night["inputs"] == shown["inputs"], "whoever looks at a night sees what its ingest took in"
    assert night["problems"] == shown["problems"]


def test_a_table_that_is_piped_has_a_row_a_line_and_nothing_cut_off(call: Call) -> None:
    name = f"{'far-below/' * 12}day.jsonl"
    deliver(name, {"text": "no id"})
    call("nightly")
    shown = call("runs", "show", "1").out
    row = next(line for line in shown.splitlines() if name in line)
    assert row.split()[:2] == [f"inbox/{name}:1", "rejected"]
    assert "…" not in shown


def test_metrics_and_log_are_written(call: Call) -> None:
    Path("auditor.toml").write_text(
        '[nightly]\nmetrics = "m/auditor.prom"\nlog = "l/auditor.jsonl"\n', encoding="utf-8"
    )
    deliver("day.jsonl", a_wire(), a_copy())
    call("nightly")
    metrics = Path("m/auditor.prom").read_text()
    assert "auditor_nightly_success 1\n" in metrics
    assert 'auditor_nightly_count{what="stored"} 2\n' in metrics
    lines = [json.loads(line) for line in Path("l/auditor.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines][-1] == "done"
    assert {line["run"] for line in lines} == {1}


def test_a_server_that_is_down_is_one_line_with_a_remedy(call: Call) -> None:
    night = call("nightly", "--database", "postgresql://tarn:s3cret-canary@127.0.0.1:1/none", "-q")
    assert night.code == 1
    assert "doesn't answer" in night.err
    assert "Traceback" not in night.err
    assert "s3cret-canary" not in night.out + night.err


def test_the_doctor_looks_at_lock_inboxes_and_last_night(call: Call) -> None:
    deliver("bad.jsonl", {"text": "no id"})
    call("nightly")
    found = {each["what"]: each for each in call("doctor", "--json").json}
    assert found["lock"]["detail"] == "nobody is at work"
    assert found["inbox"]["ok"]
    assert (found["inbox files"]["ok"], found["inbox files"]["detail"]) == (
        False,
        "0 waiting, 0 done, 1 quarantined",
    )
    assert found["last night"]["ok"]
    assert "done" in found["last night"]["detail"]


def test_a_night_that_was_killed_is_noted_by_the_next_and_its_changes_are_news_again(call: Call) -> None:
    deliver("day.jsonl", a_wire(), a_copy())
    assert call("nightly", "--skip", "report", "--skip", "export").code == 0
    with open_store("sqlite:///auditor.db") as store:  # as if it had been killed before its end was noted
        store.end_run(store.runs()[0].key, "running", {})
    night = call("nightly", "--json", "--fail-on", "high")
    assert night.code == 4, "nobody was told of what the killed night found"
    assert night.json["changes"]["pickups"] == ["site/1"]
    statuses = {run["run"]: run["status"] for run in call("runs", "list", "--json").json}
    assert statuses[1] == "interrupted"
    assert call("nightly", "--fail-on", "high").code == 0
