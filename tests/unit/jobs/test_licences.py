"""A folder of agreements: what can be read, what is wrong in it, and that half of it is never used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.assets import example_dir
from auditor.config import load_settings
from auditor.errors import ConfigProblem
from auditor.jobs.licences import check_licences, export_odrl, load_terms
from auditor.jobs.sources import registry_of

SETTINGS = load_settings(config=example_dir() / "auditor.toml")
REGISTRY = registry_of(None, SETTINGS.sources)
GOOD = 'licensor = "Tern Newswire"\nlicensees = ["Daily Heap"]\n[rules]\nwords = 50\n'


def test_the_examples_agreements_are_right() -> None:
    checked = check_licences(example_dir() / "licences", REGISTRY)
    assert checked.mistakes == () and checked.conflicts == ()
    assert [one.id for one in checked.terms.agreements] == ["meridian-regional", "tern-extracts"]


def test_a_folder_that_isnt_there_holds_nothing(tmp_path: Path) -> None:
    assert load_terms(tmp_path / "none", REGISTRY).terms.agreements == ()


def test_half_of_the_terms_is_never_used(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "wrong.toml").write_text(GOOD.replace("50", "fifty"), encoding="utf-8")
    with pytest.raises(ConfigProblem, match=r"wrong\.toml:4"):
        load_terms(tmp_path, REGISTRY)


def test_a_name_that_nobody_has_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(GOOD.replace("Daily Heap", "Dayly Heap"), encoding="utf-8")
    (mistake,) = check_licences(tmp_path, REGISTRY).mistakes
    assert (mistake.line, mistake.key) == (2, "licensees")


def test_overlaps_are_shown_and_defaults_read(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "two.toml").write_text(GOOD.replace("50", "60"), encoding="utf-8")
    (tmp_path / "defaults.toml").write_text("triage_copies = 3\n", encoding="utf-8")
    checked = check_licences(tmp_path, REGISTRY)
    assert [conflict.rules for conflict in checked.conflicts] == [("words",)]
    assert checked.terms.defaults.triage_copies == 3


def test_a_file_that_isnt_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(ConfigProblem, match="UTF-8"):
        check_licences(tmp_path, REGISTRY)


def test_odrl_is_written_as_json(tmp_path: Path) -> None:
    checked = load_terms(example_dir() / "licences", REGISTRY)
    export_odrl(checked.terms, REGISTRY, tmp_path / "out.jsonld")
    graph = json.loads((tmp_path / "out.jsonld").read_text(encoding="utf-8"))
    assert len(graph["@graph"]) == 2
