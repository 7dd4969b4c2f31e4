"""Reads the agreements of a folder: a TOML file each, and ``defaults.toml`` for what holds without one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.errors import ConfigProblem
from auditor.licensing import Agreement, Defaults, Terms
from auditor.licensing.conflicts import Conflict, conflicts, strangers
from auditor.licensing.odrl import odrl
from auditor.licensing.reading import Mistake, line_of, read_agreement, read_defaults
from auditor.registry import Registry

DEFAULTS_FILE = "defaults.toml"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a folder of terms holds: the agreements that can be read, and everything wrong or unclear."""

    terms: Terms
    mistakes: tuple[Mistake, ...]
    conflicts: tuple[Conflict, ...]
    sources: Mapping[str, str]  # the files' texts by agreement

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "agreements": [agreement.as_dict() for agreement in self.terms.agreements],
            "mistakes": [
                {"file": m.file, "line": m.line, "key": m.key, "message": m.message, "remedy": m.remedy}
                for m in self.mistakes
            ],
            "conflicts": [
                {"agreements": [c.one, c.other], "licensees": list(c.licensees), "rules": list(c.rules)}
                for c in self.conflicts
            ],
        }


def check_licences(folder: Path, registry: Registry) -> Checked:
    """Read every file of a folder and say all that is wrong. Raises ConfigProblem where it can't be read.

    A folder that isn't there holds no agreement.
    """
    agreements: list[Agreement] = []
    mistakes: list[Mistake] = []
    sources: dict[str, str] = {}
    defaults = Defaults()
    for path, text in _files(folder):
        if path.name == DEFAULTS_FILE:
            defaults, found = read_defaults(text, str(path))
        else:
            agreement, found = read_agreement(text, str(path))
            if agreement:
                agreements.append(agreement)
                sources[agreement.id] = text
                found = tuple(_strangers(agreement, str(path), text, registry))
        mistakes += found
    terms = Terms(tuple(agreements), defaults)
    return Checked(terms, tuple(mistakes), tuple(conflicts(agreements, registry)), sources)


def load_terms(folder: Path, registry: Registry) -> Checked:
    """The terms of a folder, all of them right. Raises ConfigProblem for the first mistake.

    Findings made with half of the terms would say of licensees that they have no licence.
    """
    checked = check_licences(folder, registry)
    if checked.mistakes:
        first = checked.mistakes[0]
        more = len(checked.mistakes) - 1
        raise ConfigProblem(
            f"{first}{f'; and {more} more' if more else ''}", "auditor licences check names them all"
        )
    return checked


def export_odrl(terms: Terms, registry: Registry, out: Path | None) -> None:
    """Write the agreements as ODRL in JSON-LD, to a file or to standard output. Raises WriteProblem."""
    from auditor.export.writing import write_lines

    write_lines([json.dumps(odrl(terms, registry), ensure_ascii=False, indent=2) + "\n"], out)


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    if not folder.exists():
        return
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
        for path in paths:
            yield path, path.read_text(encoding="utf-8")
    except OSError as problem:
        name = problem.filename or folder
        raise ConfigProblem(f"{name}: {problem.strerror}", "make it readable") from problem
    except UnicodeDecodeError as problem:
        raise ConfigProblem(f"{folder}: a file isn't UTF-8", "save it as UTF-8") from problem


def _strangers(agreement: Agreement, file: str, text: str, registry: Registry) -> Iterator[Mistake]:
    for key, name in strangers(agreement, registry):
        yield Mistake(
            file,
            line_of(text, key),
            key,
            f"no source is registered under {name!r}",
            "auditor sources list names them all; add it to auditor.toml or with auditor sources add",
        )
