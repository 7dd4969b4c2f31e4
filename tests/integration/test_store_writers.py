"""Several programs writing one store at once: nothing is lost, nothing doubled, no lock error is seen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from auditor.domain import Article, Disposition
from auditor.errors import StoreProblem
from auditor.storage import examine, open_store

WRITERS, BATCHES, SIZE = 8, 6, 10

# Each writer brings articles of its own and, in every batch, one that all of them bring. All of them
# open the store that isn't there yet. They are forks of one program, which only spares their imports.
FORKED = f"""
import os, sys, traceback
import alembic.command, auditor.storage.store
from auditor.domain import Article
from auditor.storage import open_store

def write(url, writer):
    with open_store(url) as store:
        run = store.begin_run("writer", {{"writer": writer}})
        for batch in range({BATCHES}):
            names = [f"{{writer}}-{{batch}}-{{n}}" for n in range({SIZE})]
            own = [(name, Article(name, "text " * 50)) for name in names]
            common = ("common", Article(f"common-{{batch}}", "the same text"))
            store.add([*own, common], run=run)
            store.put_fingerprints([(name, b"packed") for name in names], 1)
        store.end_run(run, "done", {{}})

for writer in range({WRITERS}):
    if os.fork() == 0:
        try:
            write(sys.argv[1], writer)
        except BaseException:
            traceback.print_exc()
        os._exit(0)
for _ in range({WRITERS}):
    os.wait()
"""


def test_eight_writers_at_once_on_a_new_store(database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKED, database], capture_output=True, text=True, check=True, timeout=180
    )
    assert done.stderr == ""
    with open_store(database) as store:
        assert store.count() == WRITERS * BATCHES * SIZE + BATCHES
        assert [run.status for run in store.runs()] == ["done"] * WRITERS
        counts = [store.counts(run.key) for run in store.runs()]
        assert [sum(each.values()) for each in counts] == [BATCHES * (SIZE + 1)] * WRITERS
        assert sum(each[Disposition.STORED] for each in counts) == store.count()
        assert sum(each[Disposition.DUPLICATE] for each in counts) == (WRITERS - 1) * BATCHES
        assert store.unexamined(1) == [f"common-{batch}" for batch in range(BATCHES)]
    assert all(finding.ok for finding in examine(database))


def test_a_writer_that_waits_too_long_is_told_in_one_line(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.storage.engines.WAIT_SECONDS", 1)
    with open_store(database) as holder, open_store(database) as waiter, holder.transaction():
        with pytest.raises(StoreProblem, match="was in use") as caught:
            waiter.begin_run("test", {})
        assert "wait for the other writer" in caught.value.remedy


KILLED = """
import os, signal, sys
from auditor.domain import Article
from auditor.storage import open_store
with open_store(sys.argv[1]) as store:
    with store.transaction():
        store.add([(str(n), Article(f"half-{n}", "text " * 100)) for n in range(500)], run=1)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_writer_leaves_no_half_batch_and_blocks_nobody(database: str) -> None:
    with open_store(database) as store:
        run = store.begin_run("test", {})
        store.add([("whole", Article("whole", "text"))], run=run)
        subprocess.run([sys.executable, "-c", KILLED, database], check=False, timeout=60)
        assert store.article_ids() == ["whole"]
        assert [outcome.name for outcome in store.outcomes()] == ["whole"]
        store.add([("next", Article("next", "text"))], run=run)
        assert store.count() == 2
    assert all(finding.ok for finding in examine(database))


def test_a_reader_sees_one_state_while_a_writer_works(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with open_store(url) as writer, open_store(url) as reader, writer.transaction():
        run = writer.begin_run("test", {})
        writer.add([("input", Article("it", "text"))], run=run)
        assert reader.count() == 0
        assert writer.count() == 1
