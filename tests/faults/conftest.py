"""Nights that go wrong, in a short form and in a long one (AUDITOR_FAULTS=long, see `make faults`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

IS_LONG = os.environ.get("AUDITOR_FAULTS") == "long"
NIGHTS = Path(__file__).parent / "nights.py"


@dataclass(frozen=True)
class Ended:
    """What a run of nights left: what happened to it, and everything that must not depend on that."""

    happened: Counter[str]
    seconds: float
    content: dict[str, Any] = field(repr=False)

    def count(self, *endings: str) -> int:
        """How many attempts ended so."""
        return sum(count for name, count in self.happened.items() if name.endswith(endings))


def nights(folder: Path, database: str, seed: int, count: int, articles: int, *faults: str) -> Ended:
    """Run nights in that folder and read what they left."""
    folder.mkdir(exist_ok=True)
    words = [str(NIGHTS), str(folder), database, str(seed), str(count), str(articles), *faults]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-6000:]}"
    assert "Traceback" not in done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    return Ended(Counter(told["happened"]), told["seconds"], content(folder, database))


def content(folder: Path, database: str) -> dict[str, Any]:
    """The exports as written, the stories, the texts, and what is known of each article."""
    from auditor.fingerprint import FINGERPRINT_VERSION
    from auditor.storage import open_store

    with open_store(database) as store:
        prints = sorted(
            (store.ids_of([key])[key], packed)
            for chunk in store.fingerprint_chunks(FINGERPRINT_VERSION, 1000)
            for key, packed in chunk
        )
        assert len(prints) == store.count(), "each article has fingerprints that can be compared"
        return {
            **{file.name: file.read_bytes() for file in sorted((folder / "exports").glob("*.jsonl"))},
            "stories": sorted((story.title, story.articles) for story in store.stories()),
            "texts": {article.id: article.text for article in store.articles()},
            "verdicts": list(store.verdicts()),
            "derivations": list(store.derivations()),
            "garbles": list(store.garbles()),
            "fingerprints": prints,
            "known": sorted(
                (known.article, known.parents, known.derives, known.garbles, known.stale)
                for known in store.known_before()
            ),
        }


def expect_sound(folder: Path, database: str) -> None:
    """Nothing is corrupt, the ledger's sums hold, no input is lost, no lock and no litter is left."""
    from auditor.domain import Disposition
    from auditor.jobs.locking import LOCK
    from auditor.storage import InboxState, examine, open_store

    assert [finding for finding in examine(database) if not finding.ok] == []
    with open_store(database) as store:
        assert store.holder(LOCK) is None
        assert not store.without_verdict()
        for run in store.runs():
            rows = store.counts(run.key)
            if run.command == "ingest" and run.status == "done":
                told = {each: run.counts[each.value] for each in Disposition}
                assert rows == told
                assert run.counts["inputs"] == sum(rows.values())
            assert run.status != "running", run
        stored = {o.article for o in store.outcomes() if o.disposition is Disposition.STORED}
        assert stored == set(store.article_ids()), "each article has its line in the ledger, and no other has"
        states = store.inbox_counts()
        assert states[InboxState.WAITING] == 0
        known = {file.path for file in store.inbox_files()}
    inbox = folder / "inbox"
    lying = {path for path in inbox.rglob("*") if path.is_file()}
    found = {str(inbox / _below(path.relative_to(inbox))) for path in lying}
    assert found == known, "every file that was delivered lies somewhere, and is known"
    assert not (inbox / ".taking").exists()
    assert not list(folder.glob("exports/.*"))


def _below(path: Path) -> Path:
    return Path(*path.parts[1:]) if path.parts[0] in {".done", ".quarantine"} else path


@pytest.fixture
def is_long() -> bool:
    """Is it the long form?"""
    return IS_LONG
