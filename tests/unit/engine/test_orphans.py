"""A killed job leaves no worker behind that waits for work for ever."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

# Prints the numbers of its workers, then waits to be killed.
JOB = """
import os, time
from auditor.engine.local import Workers
def number(_item):
    time.sleep(0.05)
    return os.getpid()
if __name__ == "__main__":
    with Workers(2) as workers:
        print(*set(workers.map(number, range(40), chunk=1, worth=2)), flush=True)
        time.sleep(600)
"""


def test_workers_end_with_a_job_that_was_killed(tmp_path: Path) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("no /proc to see processes in")
    script = tmp_path / "job.py"
    script.write_text(JOB, encoding="utf-8")
    job = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert job.stdout is not None
    workers = [int(each) for each in job.stdout.readline().split()]
    assert workers
    job.kill()
    job.wait()
    job.stdout.close()
    deadline = time.monotonic() + 20
    while any(map(_is_running, workers)):
        assert time.monotonic() < deadline, "workers outlived their job"
        time.sleep(0.1)


def _is_running(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
