"""A pack is the same whenever it is made, checks itself without the store, and shows any tampering."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from auditor.assets import example_dir
from auditor.domain import Moment
from auditor.errors import InputRejected, NotFound
from auditor.jobs.audit import audit
from auditor.jobs.evidence import pack
from auditor.jobs.evidence_check import MANIFEST, check_pack
from auditor.jobs.findings import Filter, list_findings, update_findings
from auditor.jobs.ingest import ingest
from auditor.jobs.review import decide
from auditor.licensing import RuleKind
from auditor.licensing.decisions import Decision
from auditor.registry import Registry
from auditor.storage import Store, open_store

NOW = Moment.parse("2025-01-02T03:04:05Z")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Path:
    file = tmp_path_factory.mktemp("evidence") / "auditor.db"
    with open_store(f"sqlite:///{file}") as store:
        ingest(store, registry, [example_dir() / "articles"], captures=True)
        audit(store, registry)
        update_findings(store, registry, example_dir() / "licences")
    return file


@pytest.fixture
def store(audited: Path, tmp_path: Path) -> Iterator[Store]:
    copy = tmp_path / "auditor.db"
    copy.write_bytes(audited.read_bytes())
    with open_store(f"sqlite:///{copy}") as opened:
        decide(opened, [_case(opened, "heap-hoard")], Decision.NEEDS_INFORMATION, reviewer="bo", at=NOW)
        decide(
            opened,
            [_case(opened, "courier-dam")],
            Decision.UNLICENSED,
            reviewer="ada",
            at=NOW,
            note="<b>seen",
        )
        yield opened


def _case(store: Store, article: str) -> str:
    return next(one.finding.case for one in list_findings(store) if one.finding.article == article)


@pytest.fixture
def packed(store: Store, registry: Registry, tmp_path: Path) -> Path:
    out = tmp_path / "case.zip"
    pack(store, registry, _case(store, "courier-dam"), out)
    return out


def test_a_pack_holds_the_case_and_is_whole(store: Store, packed: Path) -> None:
    checked = check_pack(packed)
    assert checked.problems == ()
    assert checked.case == _case(store, "courier-dam")
    with zipfile.ZipFile(packed) as archive:
        case = json.loads(archive.read("case.json"))
        told = {one["id"]: one for one in case["texts"]}
        assert archive.read(told["courier-dam"]["file"]).decode() == store.article("courier-dam").text
        assert archive.read(told["meridian-dam"]["file"]).decode() == store.article("meridian-dam").text
        assert told["courier-dam"]["published_at"] == "2024-03-05T13:15:00Z"
        assert b"source_share = 0.6" in b"".join(
            archive.read(name) for name in archive.namelist() if name.endswith(".toml")
        )
        page = archive.read("evidence.html").decode()
        log = archive.read("decisions.jsonl").decode()
        for name in ("courier-dam", "meridian-dam"):
            raw = told[name]["raw_bytes"]
            original = next((example_dir() / "articles").glob(f"{raw['input'].partition(':')[0]}"))
            line = int(raw["input"].partition(":")[2] or 0)
            content = original.read_bytes()
            assert archive.read(raw["file"]) == (content.splitlines()[line - 1] if line else content)
    assert "Aldermos" in page and "without the credit line" in page
    assert "&lt;b&gt;seen" in page and "<b>seen" not in page
    assert "bo" not in {json.loads(line).get("reviewer") for line in log.splitlines()}, "another case's"


def test_the_same_case_gives_the_same_bytes(store: Store, registry: Registry, packed: Path) -> None:
    again = packed.with_name("again.zip")
    decide(
        store,
        [_case(store, "lantern-hoard")],
        Decision.LICENSED,
        reviewer="cy",
        at=NOW,
    )
    listed = list_findings(store, Filter(rules=frozenset((RuleKind.DATELINE,))))
    finding = next(one.finding for one in listed if one.finding.article == "courier-dam")
    pack(store, registry, finding.id, again)
    assert again.read_bytes() == packed.read_bytes()


def _rewritten(packed: Path, out: Path, changed: dict[str, bytes | None]) -> Path:
    """The pack with some files replaced, taken out (None) or added."""
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w") as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            content = changed[name] if name in changed else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return out


def test_each_file_changed_or_taken_out_is_caught_and_named(packed: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert len(files) > 9
    for name, content in files.items():
        changed = _rewritten(packed, tmp_path / "changed.zip", {name: content + b" "})
        assert any(problem.startswith(name) for problem in check_pack(changed).problems), name
        if name != MANIFEST:
            without = _rewritten(packed, tmp_path / "without.zip", {name: None})
            assert f"{name}: missing" in check_pack(without).problems


def test_what_was_added_or_made_anew_is_caught(packed: Path, tmp_path: Path) -> None:
    added = _rewritten(packed, tmp_path / "added.zip", {"texts/9.txt": b"more"})
    assert check_pack(added).problems == ("texts/9.txt: was not packed with the others",)
    assert check_pack(packed, expected=check_pack(packed).digest).problems == ()
    assert check_pack(packed, expected="0" * 64).problems


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("findings.json", b"60%", b"90%"),
        ("decisions.jsonl", b'"unlicensed"', b'"licensed"'),
        ("texts/1.txt", b"Aldermos", b"Aldermoss"),
        ("captures/1.txt", b"Aldermos", b"Aldermoss"),
        ("case.json", b"courier-dam", b"courier-dim"),
    ],
)
def test_a_manifest_made_to_fit_doesnt_hide_a_change(
    packed: Path, tmp_path: Path, name: str, old: bytes, new: bytes
) -> None:
    from hashlib import sha256

    from auditor.jobs.evidence_check import json_bytes

    with zipfile.ZipFile(packed) as archive:
        content = archive.read(name)
        manifest = json.loads(archive.read(MANIFEST))
    assert old in content
    content = content.replace(old, new)
    manifest["files"][name] = sha256(content).hexdigest()
    forged = _rewritten(packed, tmp_path / "forged.zip", {name: content, MANIFEST: json_bytes(manifest)})
    assert check_pack(forged).problems


def test_a_text_that_was_removed_is_said_to_be_gone(store: Store, registry: Registry, packed: Path) -> None:
    gone = store.article("meridian-dam")
    store.remove_texts(["meridian-wire"], date(2100, 1, 1), at=Moment.parse("2025-06-01T00:00:00Z"))
    update = update_findings(store, registry, example_dir() / "licences")
    assert update.kept > 0 and update.superseded == 0
    out = packed.with_name("purged.zip")
    pack(store, registry, _case(store, "courier-dam"), out)
    assert check_pack(out).problems == ()
    with zipfile.ZipFile(out) as archive:
        told = {one["id"]: one for one in json.loads(archive.read("case.json"))["texts"]}
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert told["meridian-dam"]["file"] is None
    assert told["meridian-dam"]["removed_at"] == "2025-06-01T00:00:00Z"
    assert gone.text[2000:2080].encode() not in everything
    assert told["meridian-dam"]["raw_bytes"]["file"] is None
    assert len(told["meridian-dam"]["raw_bytes"]["sha256"]) == 64
    assert told["courier-dam"]["raw_bytes"]["file"] is not None


def test_what_is_no_pack_is_refused(store: Store, registry: Registry, packed: Path, tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"no zip")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(packed.read_bytes()[:-40])
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    for name in ("no.zip", "cut.zip", "other.zip", "none.zip"):
        with pytest.raises(InputRejected):
            check_pack(tmp_path / name)
    with pytest.raises(NotFound):
        pack(store, registry, "c-unknown", tmp_path / "x.zip")
