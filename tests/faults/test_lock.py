"""One night at a time: the second is told who is at it, a dead one's lock is taken over, a sleeper stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from auditor.domain import Moment
from auditor.errors import AlreadyRunning
from auditor.jobs.locking import LOCK, Watched, is_dead, locked, machine, now
from auditor.jobs.nightly import nightly
from auditor.jobs.progress import Silent
from auditor.storage import Holder, Store, open_store
from tests.faults.captures import deliver
from tests.faults.nights import settings_of

pytestmark = pytest.mark.faults

STALE = 900
ARTICLES = 6

HOLDING = """
import sys, time
from auditor.jobs.locking import locked
from auditor.storage import open_store
with open_store(sys.argv[1]) as store, locked(store, "nightly", stale_after=900):
    print("held", flush=True)
    time.sleep(600)
"""


def holder(**more: object) -> Holder:
    mine = Holder(LOCK, "t", "nightly", "tarn", machine(), os.getpid(), now(), now())
    return replace(mine, **more)  # type: ignore[arg-type]


def ago(seconds: int) -> Moment:
    at = now().earliest - timedelta(seconds=seconds)
    return Moment(at, at)


def test_a_second_night_says_who_is_at_it_and_a_killed_one_is_taken_over(database: str) -> None:
    open_store(database).close()
    first = subprocess.Popen([sys.executable, "-c", HOLDING, database], stdout=subprocess.PIPE, text=True)
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        words = [sys.executable, "-m", "auditor", "nightly", "--database", database]
        second = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/")
        assert second.returncode == 1
        assert "already running: nightly on" in second.stderr
        assert f"process {first.pid}" in second.stderr
        assert "Traceback" not in second.stderr
    finally:
        first.send_signal(signal.SIGKILL)
        first.communicate()
    with open_store(database) as store, locked(store, "nightly", stale_after=STALE) as lock:
        assert lock.taken_from is not None
        assert lock.taken_from.pid == first.pid


def test_who_is_dead() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    parent = os.getppid()
    assert not is_dead(holder(pid=parent), now(), STALE), "it runs, and was heard of"
    assert is_dead(holder(pid=gone.pid), now(), STALE), "its process is gone"
    assert is_dead(holder(), now(), STALE), "it had our number, and we don't hold it"
    assert not is_dead(holder(pid=gone.pid, machine="elsewhere"), now(), STALE), "it can't be asked"
    assert not is_dead(holder(pid=gone.pid, machine=""), now(), STALE)
    assert is_dead(holder(pid=parent, heartbeat=ago(STALE + 1)), now(), STALE), "it was silent for too long"
    assert is_dead(holder(pid=parent, heartbeat=ago(-STALE - 1)), now(), STALE), "a clock that was wrong"
    assert not is_dead(holder(machine="elsewhere", heartbeat=ago(STALE - 5)), now(), STALE)


def test_a_lock_is_given_back_however_the_block_ends(store: Store) -> None:
    with pytest.raises(ValueError, match="broken"), locked(store, "audit", stale_after=STALE):
        raise ValueError("broken")
    assert store.holder(LOCK) is None


def test_a_sleeper_whose_lock_was_taken_over_can_write_nothing_more(store: Store) -> None:
    """It was suspended for longer than the lock waits; another one is at work when it wakes."""
    with locked(store, "nightly", stale_after=STALE) as sleeper:
        woken = Watched(sleeper, Silent())
        woken.step("inputs", 1, None)
        store.take_lock(holder(token="other", pid=1), lambda _: True)
        with pytest.raises(AlreadyRunning, match="taken over by nightly on tarn"), store.transaction():
            sleeper.expect()
            store.begin_run("nightly", {})
        sleeper.beat()
        with pytest.raises(AlreadyRunning):
            woken.step("inputs", 2, None)
    assert store.runs() == ()
    found = store.holder(LOCK)
    assert found is not None
    assert found.token == "other", "what is another's by now is not given back"


def test_a_holder_gives_signs_of_life(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.jobs.locking.BEATS", STALE * 20)  # some 50 ms between two
    monkeypatch.setattr("auditor.jobs.locking.now", lambda: ago(-5))
    with locked(store, "nightly", stale_after=STALE):
        before = time.monotonic()
        while time.monotonic() - before < 20:
            found = store.holder(LOCK)
            assert found is not None
            if found.heartbeat != found.started:
                return
            monkeypatch.setattr("auditor.jobs.locking.now", lambda: ago(-9))
            time.sleep(0.05)
        pytest.fail("no sign of life in 20 seconds")


def test_a_night_that_is_asked_to_end_records_itself_and_gives_its_lock_back(
    database: str, tmp_path: Path
) -> None:
    """As systemd and Kubernetes ask."""
    deliver(tmp_path / "inbox", 3, 0, ARTICLES)
    words = [sys.executable, "-m", "auditor", "nightly", "--database", database, "--processes", "1"]
    root = Path(__file__).resolve().parent.parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    night = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment)
    assert night.stderr is not None
    assert '"started"' in night.stderr.readline()
    night.send_signal(signal.SIGTERM)
    log = night.communicate()[1]
    assert night.returncode == 128 + signal.SIGTERM
    assert '"failed"' in log
    assert "Traceback" not in log
    with open_store(database) as store:
        assert store.holder(LOCK) is None
        assert [run.status for run in store.runs() if run.command == "nightly"] == ["failed"]
    subprocess.run(words, capture_output=True, check=True, cwd=tmp_path, env=environment)
    with open_store(database) as store:
        assert store.count() == ARTICLES
        assert not store.without_verdict()


def test_a_night_that_is_asked_to_end_as_it_begins_records_itself_too(database: str, tmp_path: Path) -> None:
    def asked(event: str, **_: object) -> None:
        if event == "started":
            raise SystemExit(128 + signal.SIGTERM)

    with pytest.raises(SystemExit):
        nightly(settings_of(tmp_path, database), log=asked)
    with open_store(database) as store:
        assert store.holder(LOCK) is None
        assert [run.status for run in store.runs()] == ["failed"]


def test_an_audit_by_hand_waits_for_nobody_and_says_so(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'a.db'}"
    with open_store(database) as store, locked(store, "nightly", stale_after=STALE):
        words = [sys.executable, "-m", "auditor", "audit", "--database", database]
        other = subprocess.run(words, capture_output=True, text=True, check=False)
        assert other.returncode == 1
        assert "already running: nightly" in other.stderr
