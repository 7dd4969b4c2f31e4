"""What tests of the command line share: calling it, and two invented texts with nothing in common."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from auditor.cli import main

WIRE = (
    "The council of Tarn Hollow voted on Monday to close the old swing bridge for eleven months while its "
    "bearings are replaced, the mayor Odile Varga said.\n"
    "Ferries will carry foot passengers from first light until midnight, and lorries take the hill road."
)
OTHER = (
    "A heron nested on the chimney of the brewery for the fourth spring, to the delight of its workers, who "
    "have put up a small camera and a box in which passers-by may leave a name for the young."
)
SETTINGS = ("AUDITOR_DATABASE", "AUDITOR_PROCESSES", "AUDITOR_REPORT", "AUDITOR_NIGHTLY")


class Called(NamedTuple):
    """What a call of the command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Called]


def caller(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls the command here, without settings of the environment; ``given`` is its standard input."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, given: str | None = None) -> Called:
        if given is not None:
            monkeypatch.setattr("sys.stdin", io.StringIO(given))
        code = 0
        try:
            main(list(words))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        captured = capsys.readouterr()
        return Called(code, captured.out, captured.err)

    return run
