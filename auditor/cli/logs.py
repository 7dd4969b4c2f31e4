"""The log of a job that nobody watches: lines of JSON with the run's number, on a file or standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from auditor.errors import WriteProblem


@contextmanager
def log_lines(path: Path | None, *, otherwise: bool) -> Iterator[Callable[..., None]]:
    """A function to tell what happens: an event and its facts. A ``run`` that was told once is in every line.

    Lines are added to the file at ``path``; without one they go to standard error, or where ``otherwise`` is
    False nowhere. Raises WriteProblem.
    """
    if path is None and not otherwise:
        yield lambda _event, **_facts: None
        return
    if path is None:
        yield _logger(sys.stderr)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", buffering=1) as file:
            yield _logger(file)
    except OSError as error:
        raise WriteProblem(f"the log {path} can't be written: {error.strerror}", "choose another") from error


def _logger(stream: TextIO) -> Callable[..., None]:
    import structlog

    bound = structlog.wrap_logger(
        structlog.PrintLogger(stream),
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False),
        ],
    ).new()

    def tell(event: str, **facts: object) -> None:
        nonlocal bound
        if "run" in facts:
            bound = bound.bind(run=facts.pop("run"))
        bound.info(event, **facts)

    return tell
