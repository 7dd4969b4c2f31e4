"""On a full disk a night fails in one line, what stood stands, and the next night does what was left."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from auditor.storage import examine, open_store
from tests.faults.captures import deliver
from tests.faults.conftest import content

pytestmark = pytest.mark.faults

ARTICLES = 12
# More than fits into a write-ahead log of that many bytes, into which the run's record does.
MANY, ROOM = 60, 48_000


# The command on a disk that has no room left just when the report is written.
FULL_FOR_REPORTS = """
import resource, sys
from auditor.cli import main
from auditor.jobs import nightly

def report(*given, before=nightly.report, **named):
    room = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, room[1]))
    try:
        return before(*given, **named)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, room)

nightly.report = report
main(sys.argv[1:])
"""


def call(
    folder: Path, *words: str, largest: int | None = None, program: str = ""
) -> subprocess.CompletedProcess[str]:
    """The command in that folder; no file may grow beyond ``largest`` bytes, as on a disk that is full."""

    def limit() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    root = Path(__file__).resolve().parent.parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root), "AUDITOR_PROCESSES": "1"}
    return subprocess.run(
        [sys.executable, *(("-c", program) if program else ("-m", "auditor")), *words],
        cwd=folder,
        env=environment,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )


def files(folder: Path) -> dict[str, str]:
    """The digest of every file of the report."""
    return {str(p): sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def expect_one_line(done: subprocess.CompletedProcess[str]) -> None:
    """It failed with the exit code of a full disk, one line of trouble and no traceback."""
    assert done.returncode == 5, done.stderr
    assert "Traceback" not in done.stderr
    errors = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert len(errors) == 1, done.stderr


def test_a_full_disk_while_storing_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "nights"
    deliver(folder / "inbox", 3, 0, ARTICLES)
    assert call(folder, "nightly", "-q").returncode == 0
    before, report = content(folder, f"sqlite:///{folder / 'auditor.db'}"), files(folder / "report")
    deliver(folder / "inbox", 3, 1, MANY)
    full = call(folder, "nightly", "-q", largest=ROOM)
    expect_one_line(full)
    url = f"sqlite:///{folder / 'auditor.db'}"
    assert [finding for finding in examine(url) if not finding.ok] == []
    assert content(folder, url)["texts"] == before["texts"]
    assert files(folder / "report") == report, "the old report stands"
    again = call(folder, "nightly", "--json")
    assert again.returncode == 0
    assert json.loads(again.stdout)["counts"]["stored"] == MANY


def test_a_full_disk_while_reporting_leaves_the_old_report_and_the_retry_works(tmp_path: Path) -> None:
    folder = tmp_path / "nights"
    deliver(folder / "inbox", 4, 0, ARTICLES)
    assert call(folder, "nightly", "-q").returncode == 0
    report, exports = files(folder / "report"), files(folder / "exports")
    deliver(folder / "inbox", 4, 1, ARTICLES)
    assert call(folder, "nightly", "-q", "--skip", "report", "--skip", "export").returncode == 0
    full = call(folder, "nightly", "-q", "--skip", "ingest", "--skip", "audit", program=FULL_FOR_REPORTS)
    expect_one_line(full)
    assert "the old report still stands" in full.stderr
    assert files(folder / "report") == report
    assert files(folder / "exports") == exports
    assert call(folder, "nightly", "-q").returncode == 0
    with open_store(f"sqlite:///{folder / 'auditor.db'}") as store:
        pages = "".join(page.read_text() for page in (folder / "report").rglob("*.html"))
        assert all(name.split("/")[-1] in pages for name in store.article_ids())
