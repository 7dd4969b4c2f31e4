"""A program for the tests: nights on one store, each begun again until it ends by itself.

    python nights.py FOLDER DATABASE SEED NIGHTS ARTICLES FAULTS…

FAULTS are drawn from for each attempt: ``kill`` (SIGKILL at a random moment), ``full`` (no file may grow
beyond a random size, as on a full disk), ``cut`` (the server ends the job's connections), ``bad`` (files
nobody can read are delivered too). Without any, it is the run that the others are held against; ``mark``
leaves done files where they are. Prints what happened as JSON. Every attempt is a fork of this process, which
did a small night itself before: that spares each attempt half of its time, in which there is nothing to kill.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import alembic.command  # noqa: F401 - here once, not in every fork
import psycopg

from auditor.cli.logs import log_lines
from auditor.config import Nightly, Settings
from auditor.errors import AuditorError
from auditor.jobs.nightly import nightly
from auditor.report import write  # noqa: F401
from tests.faults.captures import deliver, deliver_bad

# An attempt that an error ended in order, and one that ended in a way that no user should see.
TOLD, UNTOLD = 1, 99
# Bytes that a file may have on a "full" disk: what SQLite needs to open a store, and less than a night needs.
ROOM = (33_000, 200_000)
# Seconds before the first whole night was seen: shorter than any. Attempts under a fault of one night.
FIRST, MOST = 0.3, 8
# Articles of the night that each attempt is spared the beginning of.
WARMING = 12
GRACE = 1.15  # attempts are killed at moments up to this many times as long as the last whole night took


def settings_of(folder: Path, database: str) -> Settings:
    """Settings of a night in that folder."""
    rules = Nightly(
        inbox=(folder / "inbox",),
        exports=folder / "exports",
        metrics=folder / "metrics.prom",
        log=folder / "log.jsonl",
        tries=100,
    )
    return Settings(database, folder / "report", 1, "UTC", nightly=rules)


def attempt(settings: Settings, fault: str, dice: random.Random, whole: float) -> tuple[str, float]:
    """Run a night in a fork under a fault; how it ended and how long it took."""
    began = time.monotonic()
    child = os.fork()
    if not child:
        _run(settings, dice.randrange(*ROOM) if fault == "full" else None)
    if fault in {"kill", "cut"}:
        time.sleep(dice.uniform(0, whole * GRACE))
        if fault == "kill":
            os.kill(child, signal.SIGKILL)
        else:
            _cut(settings.database)
    status = os.waitpid(child, 0)[1]
    took = time.monotonic() - began
    if os.WIFSIGNALED(status):
        return f"signal {os.WTERMSIG(status)}", took
    return {0: "ended", TOLD: "told"}.get(os.WEXITSTATUS(status), "untold"), took


def _run(settings: Settings, limit: int | None) -> None:
    try:
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        with log_lines(settings.nightly.log if limit is None else None, otherwise=False) as log:
            nightly(settings, log=log)
    except AuditorError as error:
        sys.stderr.write(f"told: {error.message}\n")
        os._exit(TOLD)
    except BaseException:  # noqa: BLE001 - a fork must never go on as if it were its parent
        traceback.print_exc()
        os._exit(UNTOLD)
    os._exit(0)


def _cut(database: str) -> None:
    """Let the server end every connection to the database but this one."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def warm_up() -> None:
    """Import, compile and remember whatever a night does, by one elsewhere that nothing befalls."""
    with tempfile.TemporaryDirectory(prefix="auditor-warm-") as name:
        folder = Path(name)
        deliver(folder / "inbox", 1, 0, WARMING)
        nightly(settings_of(folder, f"sqlite:///{folder / 'warm.db'}"))


def main(folder: Path, database: str, seed: int, nights: int, articles: int, faults: list[str]) -> None:
    """The nights, one after another."""
    warm_up()
    dice = random.Random(seed + 1)
    happened: Counter[str] = Counter()
    settings = settings_of(folder, database)
    if "mark" in faults:
        faults.remove("mark")
        settings = replace(settings, nightly=replace(settings.nightly, done="mark"))
    drawn = [fault for fault in faults if fault != "bad"]
    whole, seconds = FIRST, 0.0
    for night in range(nights):
        deliver(folder / "inbox", seed, night, articles)
        if "bad" in faults:
            happened["bad files"] += deliver_bad(folder / "inbox", night, dice)
        ended = ""
        tries = 0
        while ended != "ended":
            tries += 1
            fault = dice.choice(drawn) if drawn and tries < MOST else ""
            if tries == 1 and "kill" in drawn:
                fault = "kill"  # something befalls every night
            ended, took = attempt(settings, fault, dice, whole)
            happened[f"{fault or 'none'}: {ended}"] += 1
            seconds += took
            if fault == "" and ended == "told":
                raise SystemExit("a night without a fault failed")
            if ended == "untold":
                raise SystemExit("an error that no user should see")
            if ended == "ended":
                whole = max(took, whole / 2)
    print(json.dumps({"happened": happened, "seconds": round(seconds, 1)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), sys.argv[6:])
