"""The command line: parses, calls one job, prints. It decides nothing.

Results go to standard output, messages and progress to standard error, so that ``--json`` leaves a
clean stream. Heavy libraries are imported inside the commands: ``auditor --help`` stays quick.
"""

from __future__ import annotations

from auditor.cli.app import main

__all__ = ["main"]
