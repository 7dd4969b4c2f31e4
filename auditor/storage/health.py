"""Answers the doctor's questions about a database, each in one line, and never with a password.

Asks without changing anything. Must not know what the doctor makes of the answers.
"""

from __future__ import annotations

from auditor.storage.records import Finding


def examine(url: str) -> tuple[Finding, ...]:
    """What the doctor asks of a database: reachable, ours, revision, integrity, size, writable."""
    raise NotImplementedError
