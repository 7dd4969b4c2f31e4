"""The set-up finds what is there, installs what can be installed, and else says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

# what the scripts themselves call; nothing of what they look for
NEEDED = ("awk", "bash", "dirname", "env", "ls", "sort")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of commands like that of a machine on which nothing was installed."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in NEEDED:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return folder


def _command(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!{shutil.which('bash')}\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def _run(script: Path, *arguments: str, path: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(script), *arguments],
        env={"PATH": str(path), **extra},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_without_a_python_the_remedy_is_said(bare: Path, checkout: Path, tmp_path: Path) -> None:
    _command(bare, "python3", "exit 1")  # as one that is too old does
    done = _run(checkout / ".ci" / "make-environment", str(tmp_path / "venv"), path=bare)
    assert done.returncode == 1
    assert done.stderr.startswith("error: no Python of 3.11 or later")
    assert "make PYTHON=" in done.stderr


def test_a_named_postgresql_is_taken(bare: Path, checkout: Path, tmp_path: Path) -> None:
    server = tmp_path / "server"
    server.mkdir()
    for name in ("initdb", "postgres", "pg_ctl"):
        _command(server, name, "")
    done = _run(checkout / ".ci" / "find-postgresql", path=bare, AUDITOR_POSTGRESQL=str(server))
    assert (done.returncode, done.stdout) == (0, f"{server}\n")


@pytest.fixture
def scripts(checkout: Path, tmp_path: Path) -> Path:
    """A copy of the scripts that finds neither this checkout's environment nor this machine's /usr."""
    copy = tmp_path / "project" / ".ci"
    shutil.copytree(checkout / ".ci", copy)
    for name in ("find-chromium", "find-postgresql"):
        script = copy / name
        text = script.read_text(encoding="utf-8")
        script.write_text(text.replace(" /usr/", f" {tmp_path}/usr/"), encoding="utf-8")
    return copy


def test_a_missing_postgresql_is_installed_where_that_is_possible(bare: Path, scripts: Path) -> None:
    chmod = shutil.which("chmod")
    programs = [str(bare / name) for name in ("initdb", "postgres", "pg_ctl")]
    made = "\n".join(f"echo > {program}; {chmod} +x {program}" for program in programs)
    _command(bare, "id", "echo 0")
    _command(bare, "apt-get", f'[ "$1" = install ] || exit 0\n{made}')
    done = _run(scripts / "find-postgresql", path=bare)
    assert (done.returncode, done.stdout) == (0, f"{bare}\n"), done.stderr


@pytest.mark.parametrize(
    ("script", "named"), [("find-chromium", "AUDITOR_CHROMIUM"), ("find-postgresql", "AUDITOR_POSTGRESQL")]
)
def test_what_can_not_be_installed_is_asked_for(script: str, named: str, bare: Path, scripts: Path) -> None:
    done = _run(scripts / script, path=bare)
    assert done.returncode == 1
    assert "error: no " in done.stderr
    assert named in done.stderr


def test_continuous_integration_runs_what_a_person_runs(checkout: Path) -> None:
    script = checkout / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text(encoding="utf-8")
