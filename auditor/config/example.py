"""The settings file that ``auditor init`` writes: every setting, commented out, with its default."""

from __future__ import annotations

from pathlib import Path

from auditor.errors import WriteProblem

EXAMPLE = """\
# Settings of auditor. Flags go before the environment (AUDITOR_…), that before this file.
# `auditor config show` prints what is in force and who said so.

# The store: a SQLite file, or postgresql://user@host/name
# database = "sqlite:///auditor.db"

# Where `auditor report` writes
# report = "report"

# How many processes an audit uses (default: one for each core)
# processes = 2

# The zone that reports show times in
# time_zone = "UTC"

# The folder of agreements, a TOML file each (`auditor licences check`)
# licences = "licences"

# Keep the bytes that each article was read from, for evidence packs: a page is several times its text
# captures = false

# Decisions on findings that hold only once a second reviewer made the same
# second_sign_off = []

# What `auditor nightly` does. Every step can be left out; they are taken in this order.
# [nightly]
# steps = ["ingest", "audit", "findings", "changes", "prune", "report", "export"]
# inbox = ["inbox"]        # folders that captures are delivered to
# done = "move"            # what is stored goes to .done in its inbox; "mark": it stays where it is
# tries = 3                # how often an input that failed is read before it is put aside
# exports = "exports"      # where exports and changes are written
# export = ["articles", "matches", "lineage", "garbles"]
# format = "jsonl"         # or "csv"
# fail_on = "high"         # exit code 4 where new garbles of that severity were found
# stale_after = 900        # seconds of silence after which a job's lock counts as a dead one's
# metrics = "auditor.prom" # a file for the text collector of Prometheus' node exporter
# log = "auditor.jsonl"    # a file for the log; without it, standard error where that is no terminal

# How many days texts are kept; digests, offsets and decisions stay. Without this table, for ever.
# [nightly.retention]
# ap = 30
# "*" = 3650               # everyone else's

# Sources beyond those that are shipped (`auditor sources list`); a shipped key given here replaces it.
# [sources.my-wire]
# name = "My Wire"
# kind = "wire"            # wire, publisher, aggregator or unknown
# domains = ["mywire.example"]
# aliases = ["My Wire Agency"]
# credits = ["with material from My Wire"]
# datelines = ["MyWire"]
"""


def write_example(path: Path) -> bool:
    """Write the file unless one stands there; says whether it was written. Raises WriteProblem."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            return False
        with path.open("x", encoding="utf-8") as file:
            file.write(EXAMPLE)
    except OSError as problem:
        raise WriteProblem(f"{path}: {problem.strerror}", "choose a folder that can be written") from problem
    return True
