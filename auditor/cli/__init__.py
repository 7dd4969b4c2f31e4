"""The command line: parses, calls one job, prints. It decides nothing.

Results go to standard output, messages and progress to standard error, so that ``--json`` leaves a
clean stream. Heavy libraries are imported inside the commands: ``auditor --help`` stays quick.
"""

from __future__ import annotations

import os

# Read by numpy when it is first loaded. Its threads wait busily for matrices that one core multiplies sooner:
# of long texts that was half of an alignment. Work is spread over processes instead.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from auditor.cli.app import main

__all__ = ["main"]
