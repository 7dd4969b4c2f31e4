"""Flags go before the environment, that before the file, that before defaults; what is wrong is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from auditor.config import Settings, load_settings, masked
from auditor.domain import Source, SourceKind
from auditor.errors import WRONG_USAGE, ConfigProblem
from auditor.licensing.decisions import Decision


def _origin(settings: Settings, name: str) -> str:
    return next(shown.origin for shown in settings.shown() if shown.name == name)


def test_defaults_hold_where_nobody_says_anything() -> None:
    settings = load_settings()
    assert settings.database == "sqlite:///auditor.db"
    assert settings.report == Path("report")
    assert settings.processes >= 1
    assert {shown.origin for shown in settings.shown()} == {"default"}


def test_the_file_goes_before_defaults() -> None:
    Path("auditor.toml").write_text('database = "sqlite:///f.db"\n', encoding="utf-8")
    settings = load_settings()
    assert settings.database == "sqlite:///f.db"
    assert _origin(settings, "database") == "auditor.toml"


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("auditor.toml").write_text('database = "sqlite:///f.db"\nprocesses = 3\n', encoding="utf-8")
    monkeypatch.setenv("AUDITOR_DATABASE", "sqlite:///e.db")
    settings = load_settings()
    assert (settings.database, settings.processes) == ("sqlite:///e.db", 3)
    assert _origin(settings, "database") == "AUDITOR_DATABASE"
    assert _origin(settings, "processes") == "auditor.toml"


def test_flags_go_before_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITOR_DATABASE", "sqlite:///e.db")
    settings = load_settings({"database": "sqlite:///g.db", "processes": None})
    assert settings.database == "sqlite:///g.db"
    assert _origin(settings, "database") == "flag"
    assert _origin(settings, "processes") == "default"


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITOR_DATABASE", "")
    assert load_settings().database == "sqlite:///auditor.db"


def test_another_file_can_be_named(tmp_path: Path) -> None:
    other = tmp_path / "night.toml"
    other.write_text('time_zone = "UTC"\nreport = "nightly"\n', encoding="utf-8")
    settings = load_settings(config=other)
    assert settings.report == Path("nightly")
    assert settings.file == other


def test_the_file_adds_sources() -> None:
    Path("auditor.toml").write_text(
        '[sources.hill-wire]\nname = "Hill Wire"\nkind = "wire"\ndatelines = ["HW"]\n', encoding="utf-8"
    )
    expected = Source("hill-wire", "Hill Wire", SourceKind.WIRE, datelines=("HW",))
    assert load_settings().sources == (expected,)


@pytest.mark.parametrize(
    ("toml", "named", "remedy"),
    [
        ('databse = "sqlite:///x.db"', "unknown setting 'databse'", "did you mean 'database'?"),
        ("colour = 1", "unknown setting 'colour'", "there are database"),
        ('processes = "many"', "processes", "whole number"),
        ("processes = 0", "processes", "whole number"),
        ('database = "auditor.db"', "database: 'auditor.db'", "sqlite:///FILE.db"),
        ('time_zone = "Mars/Olympus"', "Mars/Olympus", "UTC"),
        ('time_zone = "/etc/passwd"', "/etc/passwd", "UTC"),
        ("sources = 3", "sources", "[sources.KEY]"),
        ('[sources.a]\nkind = "wire"', "'a': 'name'", "name ="),
        ('[sources.a]\nname = "A"\nkind = "blog"', "'kind' is 'blog'", "wire"),
        ('[sources.a]\nname = "A"\ndomain = ["a.example"]', "'domain'", "domains"),
        ('[sources."A B"]\nname = "A"', "'A B'", "'a-b'"),
        ("database = ", "not TOML", "line"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_with_a_remedy(toml: str, named: str, remedy: str) -> None:
    Path("auditor.toml").write_text(toml + "\n", encoding="utf-8")
    with pytest.raises(ConfigProblem) as raised:
        load_settings()
    assert raised.value.message.startswith("auditor.toml: ")
    assert named in raised.value.message
    assert remedy in raised.value.remedy
    assert "\n" not in str(raised.value)
    assert raised.value.exit_code == WRONG_USAGE


def test_a_file_that_is_not_text_is_refused() -> None:
    Path("auditor.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigProblem, match=r"auditor\.toml: not UTF-8"):
        load_settings()


def test_a_bad_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITOR_PROCESSES", "-2")
    with pytest.raises(ConfigProblem, match="AUDITOR_PROCESSES: processes"):
        load_settings()


def test_sources_in_the_environment_that_are_no_table_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITOR_SOURCES", "ap, reuters")
    with pytest.raises(ConfigProblem, match="AUDITOR_SOURCES"):
        load_settings()


def test_a_named_file_must_exist() -> None:
    with pytest.raises(ConfigProblem, match=r"night\.toml: no such file"):
        load_settings(config=Path("night.toml"))


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:canary@db.example/audit",
        "postgresql://me:can@ary/canary@db.example/audit",
        "postgresql://db.example/audit?user=me&password=canary",
        "host=db.example password=canary dbname=audit",
        "mysql://me:canary@db.example/audit",
    ],
)
def test_no_password_is_shown_or_told(address: str) -> None:
    assert "canary" not in masked(address)
    assert "***" in masked(address)
    try:
        said = str(load_settings({"database": address}).shown())
    except ConfigProblem as problem:
        said = str(problem)
    assert "canary" not in said


def test_an_address_without_secret_stays_as_it_is() -> None:
    for address in ("sqlite:///auditor.db", "postgresql://me@db.example:5432/audit"):
        assert masked(address) == address


def test_importing_the_settings_does_not_load_pydantic() -> None:
    code = "import sys, auditor.config; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_decision_can_need_a_second_sign_off(tmp_path: Path) -> None:
    file = tmp_path / "auditor.toml"
    every = [one.value for one in Decision]
    file.write_text(f"second_sign_off = {every}\ncaptures = true\n", encoding="utf-8")
    settings = load_settings(config=file)
    assert settings.second_sign_off == tuple(every)
    assert settings.captures
    file.write_text('second_sign_off = ["guilty"]\n', encoding="utf-8")
    with pytest.raises(ConfigProblem, match="second_sign_off"):
        load_settings(config=file)
